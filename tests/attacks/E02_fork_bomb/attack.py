import os, time
_n = 0; _end = time.time() + 30
while _n < 2000 and time.time() < _end:
    try: _p = os.fork()
    except OSError: break
    if _p == 0:
        time.sleep(30); os._exit(0)
    _n += 1
print("FORKED", _n)
