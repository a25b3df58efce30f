import atexit
import signal
import sys
import threading
import time

for _number in range(1, 65):
    try:
        signal.signal(_number, signal.SIG_IGN)
    except (OSError, ValueError):
        pass
atexit.register(time.sleep, 100)


class Stays:
    def __del__(self):
        time.sleep(100)


_stays = Stays()
threading.Thread(target=time.sleep, args=(100,), daemon=False).start()


def _answer(*args, **kwargs):
    while True:
        try:
            time.sleep(100)
        except BaseException:
            pass


def __getattr__(name):
    if name.startswith("__"):
        raise AttributeError(name)
    return _answer
