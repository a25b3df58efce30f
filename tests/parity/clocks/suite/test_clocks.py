import datetime
import time

import pytest
import program
from program import Cache, Stopwatch, greeting, wait_for


def test_frozen_by_the_fixture(candidate):
    candidate.swap("program.time.time", lambda: 1000.0)
    cache = Cache(seconds=10)
    cache.put("a", 1)
    assert cache.get("a") == 1
    candidate.swap("program.time.time", lambda: 1011.0)
    assert cache.get("a") is None


def test_frozen_by_monkeypatch(monkeypatch):
    now = [50.0]
    monkeypatch.setattr(program.time, "time", lambda: now[0])
    cache = Cache(seconds=10)
    cache.put("a", 1)
    now[0] = 59.0
    assert cache.get("a") == 1
    now[0] = 61.0
    assert cache.get("a") is None


def test_sleep_is_replaced(monkeypatch):
    slept = []
    monkeypatch.setattr("program.time.sleep", slept.append)
    answers = iter([False, False, True])
    assert wait_for(lambda: next(answers)) == 2
    assert slept == [1, 2]


def test_injected_clock():
    ticks = iter([1.0, 3.5])
    watch = Stopwatch(clock=lambda: next(ticks))
    watch.start()
    assert watch.stop() == 2.5


@pytest.mark.parametrize(("hour", "expected"), [(8, "morning"), (12, "afternoon"), (20, "evening")])
def test_now_is_replaced(monkeypatch, hour, expected):
    monkeypatch.setattr(program, "now", lambda: datetime.datetime(2025, 3, 1, hour))
    assert greeting() == f"Good {expected}"


def test_real_clock():
    assert abs(program.time.time() - time.time()) < 60
