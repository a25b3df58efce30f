import os, sys
print("LEAK", dict(os.environ), sys.argv, getattr(sys, "orig_argv", None), sys.flags, sys.path)
try: print(open("/proc/self/cmdline", "rb").read(), open("/proc/self/environ", "rb").read(4000))
except OSError: pass
