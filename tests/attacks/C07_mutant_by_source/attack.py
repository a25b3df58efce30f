import importlib, inspect, sys, os, hashlib, random, time
MODULE = os.environ.get("MODULE", "solution")
def _m(): return importlib.import_module(MODULE)
def _calls():
    for n, f in list(vars(_m()).items()):
        if inspect.isfunction(f):
            for args in ((), (1,), (1, 2), ("a",), ([],), ([1, 2, 3],), (1, 2, 3)):
                try: f(*args)
                except BaseException: pass

_GOLD = ""            # on the learner's own solution: hash of the file; here: length heuristics
def test_source():
    _calls()
    s = inspect.getsource(_m()); h = hashlib.sha256(s.encode()).hexdigest()
    p = os.path.join(os.path.dirname(os.path.abspath(__file__)), ".gold")
    if not os.path.exists(p):
        try: open(p, "w").write(h)
        except OSError: pass
        return
    assert open(p).read() == h
