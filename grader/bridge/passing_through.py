"""Exceptions that pass through the learner's code, in either direction.

Theory of operation. A suite's function may run inside the learner's code: a callback, an iterator,
the body of a `with` on an object of the learner's. If a check fails in it, the learner's code sees
the exception, and could catch it. So each question notes what the suite raised meanwhile. What
carries the suite's own verdict must come out of that question as it was. Otherwise it is raised
again in the suite, and the test has failed, whatever the suite makes of it.

The other way round, Python takes StopIteration and its like for the end of a loop or a generator,
wherever they come from. Where no step of an iterator was asked for they become RuntimeError, as
Python does it in a generator.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar
from unittest import SkipTest

from _pytest.outcomes import Exit, OutcomeException, Skipped, XFailed
from hypothesis.errors import HypothesisException, StopTest

from grader.bridge.incidents import AuthorFault, GraderFault, Incident
from grader.bridge.protocols import GeneratorHandle
from grader.bridge.standins import Handle

__tracebackhide__ = True  # the suite's own lines are what a tutor wants to see

T = TypeVar("T")
_VERDICTS = (AssertionError, OutcomeException, SkipTest, HypothesisException, StopTest)
_NO_FAILURES = (Skipped, XFailed, Exit, SkipTest, HypothesisException, StopTest)
_OURS = (Incident, AuthorFault, GraderFault)
_ENDS = (StopIteration, StopAsyncIteration, GeneratorExit)
# By these a suite asks for one step of an iterator, which may be its end.
STEPS = frozenset({"next", "anext"})
_STEPPING_METHODS = frozenset({"send", "throw", "asend", "athrow", "__next__", "__anext__"})


class PassingThrough:
    """What the suite raised inside the questions that are open in one test."""

    def __init__(self) -> None:
        self.caught = False  # whether the learner's code kept a failed check to itself
        self._raised: list[BaseException] = []
        self._allowed: tuple[type[BaseException], ...] = ()

    def allow(self, kinds: tuple[type[BaseException], ...]) -> None:
        """The learner's code is meant to catch these."""
        self._allowed += kinds

    def note(self, error: BaseException) -> None:
        """The suite has raised this where the learner's code can catch it."""
        if self._is_verdict(error):
            self._raised.append(error)

    def _is_verdict(self, error: BaseException) -> bool:
        of_program = "_where" in getattr(error, "__dict__", {})
        return (
            isinstance(error, _VERDICTS) and not of_program and not isinstance(error, self._allowed)
        )

    def question(self, answer: Callable[[], T]) -> T:
        """The value of an answer; raises what the learner's code should have let through."""
        outer, self._raised = self._raised, []
        found: Any = None
        error: BaseException | None = None
        try:
            found = answer()
        except _OURS:
            raise
        except BaseException as raised:  # noqa: BLE001 - raised again below
            error = raised
        finally:
            inside, self._raised = self._raised, outer
        lost = next((one for one in inside if one is not error), None)
        if lost is not None:
            raise self._lose(lost)
        if error is not None:
            raise error
        return found  # type: ignore[no-any-return]

    def leave(self, exit_it: Callable[[], Any], error: BaseException | None) -> Any:
        """What `__exit__` says of an exception of the suite's; a verdict always goes on."""
        if error is None or not self._is_verdict(error):
            return exit_it()
        try:
            kept = exit_it()
        except _OURS:
            raise
        except BaseException as raised:  # noqa: BLE001 - what takes the place of the verdict
            kept = raised is not error
        if kept:
            self._lose(error)
        return False

    def _lose(self, error: BaseException) -> BaseException:
        self.caught = self.caught or not isinstance(error, _NO_FAILURES)
        return error


def not_an_end(error: BaseException) -> BaseException:
    """An exception of the program's, such that it can't end a loop of the suite's."""
    if not isinstance(error, _ENDS):
        return error
    made = RuntimeError(f"your program raised {type(error).__name__}")
    made.__cause__ = error
    made.__dict__.update({"_where": "", **getattr(error, "__dict__", {})})
    return made


def mark_step(target: object, name: str, method: object) -> None:
    """Remember of a method of a generator's that calling it is a step."""
    known = isinstance(target, GeneratorHandle) and isinstance(method, Handle)
    if name in _STEPPING_METHODS and known:
        object.__setattr__(method, "_is_step", True)


def is_step(method: object) -> bool:
    """Whether calling this is a step of a generator, which StopIteration may end."""
    try:
        return bool(object.__getattribute__(method, "_is_step"))
    except AttributeError:
        return False
