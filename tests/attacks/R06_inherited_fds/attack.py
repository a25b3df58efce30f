import os, stat
_o = []
for _fd in range(0, 1024):
    try: _st = os.fstat(_fd)
    except OSError: continue
    if stat.S_ISREG(_st.st_mode): _o.append((_fd, os.pread(_fd, 4000, 0)))
    else: _o.append((_fd, oct(_st.st_mode)))
print("LEAK", _o)
