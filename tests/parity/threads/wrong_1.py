import queue
import threading
from concurrent.futures import ThreadPoolExecutor, as_completed


def squares(numbers, workers=4):
    with ThreadPoolExecutor(workers) as pool:
        return list(pool.map(lambda n: n + n, numbers))


def fetch_all(fetch, names):
    found = {}
    with ThreadPoolExecutor(3) as pool:
        waiting = {pool.submit(fetch, name): name for name in names}
        for future in as_completed(waiting):
            try:
                found[waiting[future]] = future.result()
            except KeyError as error:
                found[waiting[future]] = f"failed: {error}"
    return found


class Counter:
    def __init__(self):
        self.value = 0
        self._lock = threading.Lock()

    def add_many(self, times):
        for _ in range(times):
            with self._lock:
                self.value += 1


def count(threads, times):
    counter = Counter()
    running = []
    for _ in range(threads):
        running.append(threading.Thread(target=counter.add_many, args=(times,)))
    for thread in running:
        thread.start()
    for thread in running:
        thread.join()
    return counter.value


class Worker(threading.Thread):
    def __init__(self, jobs):
        super().__init__(daemon=True)
        self.jobs = jobs
        self.done = []

    def run(self):
        while (job := self.jobs.get()) is not None:
            self.done.append(job.upper())
            self.jobs.task_done()


def shout(words):
    jobs = queue.Queue()
    worker = Worker(jobs)
    worker.start()
    for word in words:
        jobs.put(word)
    jobs.join()
    jobs.put(None)
    worker.join()
    return worker


def first(items):
    waiting = queue.SimpleQueue()
    for item in items:
        waiting.put(item)
    return waiting.get_nowait()
