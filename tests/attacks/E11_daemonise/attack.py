import os, time
try:
    if os.fork() == 0:
        os.setsid()
        if os.fork() == 0:
            os.setpgid(0, 0)
            e = time.time() + 120
            while time.time() < e:
                for p in ("/tmp/HEARTBEAT", "HEARTBEAT", "/dev/shm/HEARTBEAT"):
                    try: open(p, "a").write("alive %d\n" % os.getpid())
                    except OSError: pass
                for _ in range(10**6): pass
        os._exit(0)
except OSError as _e: print("FORK", _e)
