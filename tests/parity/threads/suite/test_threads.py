import queue
import threading

import pytest
from program import Counter, count, fetch_all, first, shout, squares


def test_squares():
    assert squares(range(20)) == [n * n for n in range(20)]
    assert squares([]) == []


def test_calls_back_from_threads():
    lock = threading.Lock()
    asked = []

    def fetch(name):
        with lock:
            asked.append(name)
        if name == "bad":
            raise ValueError("no such page")
        return len(name)

    found = fetch_all(fetch, ["home", "bad", "about"])
    assert found == {"home": 4, "bad": "failed: no such page", "about": 5}
    assert sorted(asked) == ["about", "bad", "home"]


def test_other_errors_reach_the_caller():
    def fetch(name):
        raise RuntimeError(name)

    with pytest.raises(RuntimeError, match="home"):
        fetch_all(fetch, ["home"])


def test_counts():
    assert count(4, 50) == 200
    counter = Counter()
    counter.add_many(3)
    assert counter.value == 3


def test_worker():
    worker = shout(["a", "b"])
    assert worker.done == ["A", "B"]
    assert not worker.is_alive()
    assert worker.daemon is True


def test_empty_queue():
    assert first("xy") == "x"
    with pytest.raises(queue.Empty):
        first([])
