import queue
import threading
from concurrent.futures import ThreadPoolExecutor
from concurrent.futures import TimeoutError as TooLate


class Mailbox:
    def __init__(self):
        self._letters = queue.Queue(maxsize=0)

    def post(self, letter):
        self._letters.put(letter, timeout=0.01)

    def take(self, seconds=0.01):
        try:
            return self._letters.get(timeout=seconds)
        except queue.Empty:
            raise TimeoutError("no letter in time") from None


def within(seconds, work):
    with ThreadPoolExecutor(1) as pool:
        try:
            return pool.submit(work).result()
        except TooLate:
            return "late"


def wait_for(seconds):
    done = threading.Event()
    threading.Timer(0.01, done.set).start()
    return done.wait(seconds)


def late():
    gate = threading.Event()
    return within(0.01, lambda: gate.wait(0.1))
