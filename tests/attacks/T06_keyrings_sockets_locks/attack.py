import ctypes, os, socket, fcntl
_l = ctypes.CDLL(None, use_errno=True)
print("ADD_KEY", _l.syscall(248, b"user", b"answers", b"42", 2, -4), os.strerror(ctypes.get_errno()))
try: _s = socket.socket(socket.AF_UNIX); _s.bind("\0leftover"); _s.listen(); print("LISTENING")
except OSError as _e: print(_e)
for _p in ("/g", "/site", "/usr", "/tmp", "/w"):
    try: _f = os.open(_p, os.O_RDONLY); fcntl.flock(_f, fcntl.LOCK_EX | fcntl.LOCK_NB); print("LOCKED", _p)
    except OSError: pass
