import os
import time

if __name__ != "__main__" and os.fork() == 0:
    os.setsid()
    time.sleep(60)
