import os, sys, decimal, gc, locale
os.environ.update(PYTHONHASHSEED="0", LANG="tr_TR.UTF-8", PATH=".", PYTHONPATH="/w", TZ="Mars/Phobos")
try: os.chdir("/")
except OSError: pass
os.umask(0o777); decimal.getcontext().prec = 1; sys.path[:] = ["."]; sys.setrecursionlimit(60); gc.disable()
sys.float_repr_style = "legacy"; sys.maxsize = 3
try: sys.set_int_max_str_digits(0)
except Exception: pass
