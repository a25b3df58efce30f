import importlib, inspect, sys, os, hashlib, random, time
MODULE = os.environ.get("MODULE", "solution")
def _m(): return importlib.import_module(MODULE)
def _calls():
    for n, f in list(vars(_m()).items()):
        if inspect.isfunction(f):
            for args in ((), (1,), (1, 2), ("a",), ([],), ([1, 2, 3],), (1, 2, 3)):
                try: f(*args)
                except BaseException: pass

def test_code():
    _calls()
    fp = sorted((n, hashlib.md5(f.__code__.co_code + repr(f.__code__.co_consts).encode()).hexdigest()) for n, f in vars(_m()).items() if inspect.isfunction(f))
    p = os.path.join(os.path.dirname(os.path.abspath(__file__)), ".goldcode")
    if os.path.exists(p): assert open(p).read() == repr(fp)
    else:
        try: open(p, "w").write(repr(fp))
        except OSError: pass
