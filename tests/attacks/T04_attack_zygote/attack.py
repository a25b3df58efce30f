import os, signal, resource, glob
for _p in {1, os.getppid()}:
    for _s in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP, signal.SIGPIPE, signal.SIGCHLD, signal.SIGUSR1, signal.SIGSTOP, signal.SIGKILL):
        try: os.kill(_p, _s); print("SENT", _p, _s)
        except OSError as _e: pass
    try: print("PRLIMIT", resource.prlimit(_p, resource.RLIMIT_NOFILE, (3, 3)))
    except Exception as _e: print(repr(_e))
    for _f in glob.glob("/proc/%d/fd/*" % _p):
        try: print("OPENED", _f, os.open(_f, os.O_RDWR))
        except OSError: pass
