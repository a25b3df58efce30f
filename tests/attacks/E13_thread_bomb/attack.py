import threading, time
_n = 0
try:
    for _n in range(2000): threading.Thread(target=time.sleep, args=(30,), daemon=True).start()
except (RuntimeError, MemoryError) as _e: print("THREADS", _n, _e)
