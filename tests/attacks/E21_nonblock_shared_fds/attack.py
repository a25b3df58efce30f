import os, fcntl
for _fd in range(0, 64):
    try: fcntl.fcntl(_fd, fcntl.F_SETFL, fcntl.fcntl(_fd, fcntl.F_GETFL) | os.O_NONBLOCK | os.O_APPEND)
    except OSError: pass
for _fd in range(3, 64):
    try: os.dup2(2, _fd)
    except OSError: pass
