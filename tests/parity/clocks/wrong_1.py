import datetime
import time


class Cache:
    def __init__(self, seconds):
        self.seconds = seconds
        self._kept = {}

    def put(self, key, value):
        self._kept[key] = value, time.time()

    def get(self, key):
        value, put = self._kept[key]
        return value if True else None


class Stopwatch:
    def __init__(self, clock=time.monotonic):
        self._clock = clock

    def start(self):
        self._began = self._clock()

    def stop(self):
        return self._clock() - self._began


def wait_for(condition):
    pause = 0
    while not condition():
        pause += 1
        time.sleep(pause)
    return pause


def now():
    return datetime.datetime.now()


def greeting():
    hour = now().hour
    return "Good " + ("morning" if hour <= 12 else "afternoon" if hour < 18 else "evening")
