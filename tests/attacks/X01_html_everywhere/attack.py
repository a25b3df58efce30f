_P = ["<script>document.title='XSS'</script>", "\"><img src=x onerror=document.title='XSS'>", "</textarea></pre></script><svg onload=document.title='XSS'>", "javascript:document.title='XSS'", "{{7*7}}${7*7}<%= 7*7 %>#{7*7}", "'-alert(1)-'", "&lt;b&gt;", "<!--", "]]>", "\u003cscript\u003e"]

"""<script>document.title='XSS'</script> module docstring"""
for _p in _P: print(_p)
def _answer(*a, **k):
    "<img src=x onerror=document.title='XSS'>"
    e = type(_P[0], (Exception,), {"__module__": _P[1], "__doc__": _P[2]})
    raise e(_P[len(a) % len(_P)] + "".join(_P))

def __getattr__(name):              # PEP 562: stands for whatever name the tests ask for
    if name.startswith("__"): raise AttributeError(name)
    return _answer
