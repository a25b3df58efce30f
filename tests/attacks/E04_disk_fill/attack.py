import os, tempfile
_t = 0
for _d in dict.fromkeys((os.getcwd(), tempfile.gettempdir(), "/tmp", "/var/tmp", "/dev/shm", os.path.expanduser("~"))):
    for _i in range(64):
        if _t >= 2048: break
        try:
            with open(os.path.join(_d, "fill_%d" % _i), "wb") as _f:
                for _ in range(32): _f.write(b"\0" * (1 << 20)); _t += 1
        except OSError as _e: print("FILL", _d, _e); break
print("FILLED MiB", _t)
