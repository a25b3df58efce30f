import os
_k = []; _t = 0; _b = b"x" * (8 << 20)
try:
    while _t < 2048:
        _fd = os.memfd_create("m"); _k.append(_fd)
        os.write(_fd, _b); os.write(_fd, _b) if _t % 16 == 0 else None
        _t += 8
except OSError as _e: print("MEMFD", _e)
print("MEMFD MiB", _t)
