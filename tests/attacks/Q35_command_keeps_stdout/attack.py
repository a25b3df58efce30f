import os
import sys
import time

if __name__ == "__main__":
    print(7731001250, flush=True)
    try:
        if os.fork() == 0:
            os.setsid()
            time.sleep(120)
    except OSError:
        time.sleep(120)
    os._exit(0)
