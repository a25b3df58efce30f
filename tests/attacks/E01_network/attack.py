import socket, glob, os
def _try(n, f):
    try: print("NET", n, "OK", f())
    except Exception as e: print("NET", n, "denied", repr(e)[:100])
for _p in (22, 80, 443, 631, 2375, 5432, 8000, 8080, 8888): _try("tcp %d" % _p, lambda: socket.create_connection(("127.0.0.1", _p), 0.2))
_try("udp", lambda: socket.socket(socket.AF_INET, socket.SOCK_DGRAM).sendto(b"x", ("127.0.0.1", 9)))
_try("dns", lambda: socket.getaddrinfo("localhost", 80))
_try("listen", lambda: socket.create_server(("127.0.0.1", 0)).getsockname())
for _u in (glob.glob("/run/*.sock") + glob.glob("/run/user/*/bus") + glob.glob("/tmp/.X11-unix/*") + ["/var/run/docker.sock", "/run/dbus/system_bus_socket"])[:20]:
    _try(_u, lambda: socket.socket(socket.AF_UNIX).connect(_u))
_try("abstract", lambda: socket.socket(socket.AF_UNIX).connect("\0/tmp/.X11-unix/X0"))
