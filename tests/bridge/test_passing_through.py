"""A failed check of the suite's comes back out of the learner's code; no call ends a loop."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Callable, Iterator
from typing import Any

import hypothesis
import pytest
from hypothesis import strategies

from grader.bridge.fixture import Candidate

PROGRAM = """
import contextlib

class Catching:
    def __enter__(self):
        return self
    def __exit__(self, *error):
        return True
    async def __aenter__(self):
        return self
    async def __aexit__(self, *error):
        return True

class Replacing:
    def __enter__(self):
        return self
    def __exit__(self, *error):
        raise KeyError("another")

class Plain:
    def __init__(self):
        self.left = 0
    def __enter__(self):
        return self
    def __exit__(self, *error):
        self.left += 1

@contextlib.contextmanager
def catching():
    try:
        yield
    except BaseException:
        pass

def swallow(function, *args):
    try:
        return function(*args)
    except BaseException as error:
        return None

def swallow_most(function):
    try:
        function()
    except Exception:
        pass

def turn(function):
    try:
        function()
    except BaseException as error:
        raise KeyError("another") from error

def group(function):
    try:
        function()
    except BaseException as error:
        raise BaseExceptionGroup("all", [error])

def late(function):
    try:
        function()
    except BaseException as error:
        kept.append(error)

kept = []

def raise_kept():
    raise kept[0]

def let_through(function):
    try:
        function()
    finally:
        kept.append("cleaned")

def take(numbers):
    found = []
    try:
        for number in numbers:
            found.append(number)
    except BaseException:
        pass
    return found

def fail_here():
    assert False, "the program's own"

def stop(*args):
    raise StopIteration(5)

def stop_async(*args):
    raise StopAsyncIteration

def leave(*args):
    raise GeneratorExit

class Stopping:
    def __add__(self, other):
        raise StopIteration
    def __getitem__(self, index):
        raise StopIteration
    def __iter__(self):
        raise StopIteration
    @property
    def size(self):
        raise StopIteration
    async def later(self):
        raise StopAsyncIteration

def numbers():
    got = yield 1
    yield got
    return "end"

class Steps:
    def __next__(self):
        raise StopIteration
    def __iter__(self):
        return self
"""


@pytest.fixture
def fares(program: Any) -> Any:
    return program.fares


@pytest.fixture
def program(learner: Callable[..., Any]) -> Any:
    return learner(PROGRAM)


def fails() -> None:
    assert [1] == [2], "the suite's own"


def fails_by_pytest() -> None:
    pytest.fail("the suite's own")


def numbers() -> Iterator[int]:
    yield 1
    raise AssertionError("the suite's own")


async def entering(manager: Any) -> None:
    async with manager:
        fails()


def within(manager: Any) -> None:
    with manager:
        fails()


# -- failed checks

WAYS: dict[str, Callable[[Any], Any]] = {
    "callback": lambda fares: fares.swallow(fails),
    "callback, Exception only": lambda fares: fares.swallow_most(fails),
    "pytest.fail": lambda fares: fares.swallow(fails_by_pytest),
    "another in its place": lambda fares: fares.turn(fails),
    "within a group": lambda fares: fares.group(fails),
    "later": lambda fares: (fares.late(fails), fares.raise_kept()),
    "iterator": lambda fares: fares.take(numbers()),
    "generator expression": lambda fares: fares.take(fails() for _ in "a"),
    "with": lambda fares: within(fares.Catching()),
    "with, by a generator": lambda fares: within(fares.catching()),
    "with, another in its place": lambda fares: within(fares.Replacing()),
    "async with": lambda fares: asyncio.run(entering(fares.Catching())),
    "exit stack": lambda fares: within(stacked(fares.Catching())),
    "through two calls": lambda fares: fares.swallow(lambda: fares.swallow(fails)),
    "lent": lambda fares: fares.swallow(Candidate(fares._session).lend(Spy(), "seen").target.seen),
}


class Spy:
    def seen(self) -> None:
        fails()


@contextlib.contextmanager
def stacked(manager: Any) -> Iterator[None]:
    with contextlib.ExitStack() as stack:
        stack.enter_context(manager)
        yield


@pytest.mark.parametrize("way", WAYS)
def test_a_failed_check_of_the_suite_cannot_be_caught(program: Any, way: str) -> None:
    with pytest.raises((AssertionError, pytest.fail.Exception), match="the suite's own"):
        WAYS[way](program.fares)
    assert program.session.passing.caught


def test_what_comes_out_by_itself_is_no_matter(program: Any) -> None:
    with pytest.raises(AssertionError, match="the suite's own"):
        program.fares.let_through(fails)
    assert list(program.fares.kept) == ["cleaned"]
    plain = program.fares.Plain()
    with pytest.raises(AssertionError, match="the suite's own"):
        within(plain)
    assert plain.left == 1
    assert not program.session.passing.caught


def test_the_next_test_begins_anew(program: Any) -> None:
    with contextlib.suppress(AssertionError):
        program.fares.swallow(fails)
    program.again()
    assert not program.session.passing.caught


def test_other_exceptions_of_the_suite_may_be_caught(program: Any) -> None:
    def refuses() -> None:
        raise ValueError("no")

    def interrupts() -> None:
        raise KeyboardInterrupt

    def leaves() -> None:
        raise SystemExit(3)

    for function in (refuses, interrupts, leaves):
        assert program.fares.swallow(function) is None
    with program.fares.Catching():
        raise ValueError("no")
    assert not program.session.passing.caught


def test_an_interrupt_of_the_suites_passes_the_learners_except_exception(program: Any) -> None:
    def interrupts() -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        program.fares.swallow_most(interrupts)
    assert program.fares.swallow(lambda: 7) == 7, "the conversation goes on"


def test_a_failed_assertion_of_the_programs_own_may_be_caught(program: Any) -> None:
    assert program.fares.swallow(program.fares.fail_here) is None
    assert program.fares.swallow(lambda: program.fares.fail_here()) is None
    assert not program.session.passing.caught


def test_what_the_program_is_meant_to_catch(program: Any) -> None:
    Candidate(program.session).may_catch(AssertionError)
    assert program.fares.swallow(fails) is None
    assert not program.session.passing.caught


def test_a_skip_within_a_callback_skips(program: Any) -> None:
    with pytest.raises(pytest.skip.Exception):
        program.fares.swallow(lambda: pytest.skip("not here"))
    assert not program.session.passing.caught


def test_property_tests_assume_within_a_callback(program: Any) -> None:
    tried = []

    def look(number: int) -> int:
        hypothesis.assume(number > 5)
        return number

    @hypothesis.settings(max_examples=30, database=None, deadline=None)
    @hypothesis.given(strategies.integers(0, 10))
    def runs(number: int) -> None:
        tried.append(program.fares.swallow(look, number))

    runs()
    assert tried
    assert all(number > 5 for number in tried)


# -- ends of loops

ENDS: dict[str, Callable[[Any], Any]] = {
    "map": lambda fares: list(map(fares.stop, [1, 2])),
    "for": lambda fares: [number for number in map(fares.stop, [1])],  # noqa: C416
    "all": lambda fares: all(map(fares.stop, [1])),
    "filter": lambda fares: list(filter(fares.stop, [1])),
    "call until": lambda fares: list(iter(fares.stop, None)),
    "async": lambda fares: fares.stop_async(),
    "generator exit": lambda fares: fares.leave(),
    "operator": lambda fares: list(map(fares.Stopping().__add__, [1])),
    "item": lambda fares: list(map(fares.Stopping().__getitem__, [1])),
    "iter": lambda fares: list(map(iter, [fares.Stopping()])),
    "attribute": lambda fares: [one.size for one in [fares.Stopping()]],
    "coroutine": lambda fares: asyncio.run(awaited(fares.Stopping().later())),
}


async def awaited(found: Any) -> Any:
    return await found


@pytest.mark.parametrize("way", ENDS)
def test_no_call_ends_a_loop_of_the_suite(fares: Any, way: str) -> None:
    with pytest.raises(RuntimeError, match=r"Stop|GeneratorExit"):
        ENDS[way](fares)


def test_it_is_the_programs_error(fares: Any) -> None:
    with pytest.raises(RuntimeError) as caught:
        fares.stop()
    assert type(caught.value.__cause__) is StopIteration
    assert caught.value.__dict__["_where"].startswith("fares.py, line")


def test_steps_of_iterators_end_as_they_do(fares: Any) -> None:
    made = fares.numbers()
    assert next(made) == 1
    assert made.send(7) == 7
    with pytest.raises(StopIteration) as caught:
        made.send(None)
    assert caught.value.value == "end"
    assert list(fares.Steps()) == []
    with pytest.raises(StopIteration):
        fares.Steps().__next__()
