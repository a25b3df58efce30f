import logging
import sys
import threading
import time


def _hold():
    logging._lock.acquire()
    sys.stdout.write("x")
    while True:
        time.sleep(1)


for _ in range(5):
    threading.Thread(target=_hold).start()
