"""Exceptions of the learner's as the suite meets them."""

from __future__ import annotations

import decimal
from collections.abc import Callable
from typing import Any

import pytest

SOURCE = '''
import csv, decimal, os, sys

class FareError(ValueError):
    def __init__(self, message, zone=None):
        super().__init__(message)
        self.zone = zone

class ZoneError(FareError):
    """A zone that isn't there."""

class Base(Exception):
    pass

class Mixed(Base, LookupError):
    pass

class Silent(Exception):
    def __str__(self):
        return "a text of its own"

class Master(ValueError, KeyError, TypeError, OSError, AssertionError):
    pass

class Two(KeyError, ValueError):
    pass

class Related(FileNotFoundError, OSError):
    pass

class Stop(BaseException):
    pass

class Leave(SystemExit):
    pass

class Interrupt(KeyboardInterrupt):
    pass

class Skipped(BaseException):
    __module__ = "_pytest.outcomes"

class Exit(Exception):
    __module__ = "pytest"

class Incident(BaseException):
    __module__ = "grader.bridge.incidents"

class NoFile(OSError):
    pass

def fail(how):
    if how == "cause":
        try:
            int("x")
        except ValueError as error:
            raise FareError("wrapped", 3) from error
    if how == "context":
        try:
            int("x")
        except ValueError:
            raise FareError("meanwhile")
    if how == "none":
        try:
            int("x")
        except ValueError:
            raise FareError("alone") from None
    if how == "open":
        open("/nowhere/at/all")
    if how == "decode":
        b"\\xff".decode()
    if how == "group":
        raise ExceptionGroup("several", [ValueError(1), FareError("x")])
    if how == "decimal":
        decimal.Decimal("x")
    if how == "csv":
        csv.reader([], dialect="nothing")
    if how == "zip":
        list(zip([1], [], strict=True))
    if how == "recursion":
        fail("recursion")
    if how == "memory":
        raise MemoryError
    if how == "attribute":
        fail.nothing
    if how == "key":
        {}["zone"]
    if how == "assert":
        assert 1 == 2, "no"
    if how == "stop":
        raise StopIteration(5)
    if how == "quit":
        sys.exit("bye")
    if how == "code":
        sys.exit(3)
    if how == "interrupt":
        raise KeyboardInterrupt
    if how == "generator-exit":
        raise GeneratorExit
    if how == "object":
        raise FareError(object())
    if how == "own-arguments":
        raise FareError({"zone": (1, 2)})
    raise {
        "fare": FareError("no fare", 7), "zone": ZoneError("no zone"), "mixed": Mixed("m"),
        "silent": Silent(1), "master": Master("x"), "two": Two("x"), "related": Related("x"),
        "own-stop": Stop("x"), "leave": Leave(0), "own-interrupt": Interrupt(),
        "skip": Skipped("x"),
        "exit": Exit("x"), "incident": Incident("x"), "no-file": NoFile(2, "gone", "a.csv"),
    }[how]

def give(how):
    try:
        fail(how)
    except BaseException as error:
        return error

def context():
    class Hidden(Exception):
        pass
    raise Hidden("inside")
'''


@pytest.fixture
def program(learner: Callable[..., Any]) -> Any:
    return learner(SOURCE)


@pytest.fixture
def fares(program: Any) -> Any:
    return program.fares


def raised(fares: Any, how: str) -> Any:
    """What `fares.fail(how)` raises."""
    try:
        fares.fail(how)
    except BaseException as error:
        return error
    raise AssertionError("nothing was raised")


# -- the learner's own classes


def test_own_exceptions_are_caught_by_their_class_and_its_bases(fares: Any) -> None:
    for expected in (fares.FareError, ValueError, Exception):
        with pytest.raises(expected):
            fares.fail("fare")
    with pytest.raises(fares.FareError):
        fares.fail("zone")
    error = raised(fares, "zone")
    assert type(error) is fares.ZoneError
    assert type(error).__name__ == "ZoneError"
    assert issubclass(fares.ZoneError, fares.FareError)
    assert not isinstance(raised(fares, "fare"), fares.ZoneError)


def test_own_exceptions_have_text_arguments_and_attributes(fares: Any) -> None:
    error = raised(fares, "fare")
    assert str(error) == "no fare"
    assert error.args == ("no fare",)
    assert error.zone == 7
    assert repr(error) == "FareError('no fare')"
    assert str(raised(fares, "silent")) == "a text of its own"
    with pytest.raises(fares.FareError, match="no fare"):
        fares.fail("fare")
    error.zone = 8
    assert error.zone == 8


def test_arguments_that_are_objects(fares: Any) -> None:
    assert raised(fares, "own-arguments").args == ({"zone": (1, 2)},)
    (argument,) = raised(fares, "object").args
    assert type(argument).__name__ == "object"


def test_classes_with_a_base_of_their_own_and_a_built_in_one(fares: Any) -> None:
    error = raised(fares, "mixed")
    assert isinstance(error, fares.Mixed)
    assert isinstance(error, LookupError)


def test_exceptions_can_be_made_by_the_suite(fares: Any) -> None:
    error = fares.FareError("mine", zone=4)
    assert (error.zone, error.args) == (4, ("mine",))
    assert isinstance(error, ValueError)
    with pytest.raises(fares.FareError) as caught:
        raise error
    assert caught.value is error


def test_where_it_was_raised_is_known(fares: Any) -> None:
    line = SOURCE.splitlines().index("    raise {") + 1
    where = raised(fares, "fare").__dict__["_where"]
    assert where.startswith("fares.py, line ")
    assert int(where.rpartition(" ")[2]) >= line


@pytest.mark.parametrize(
    ("how", "cause", "context"), [("cause", True, True), ("context", False, True)]
)
def test_causes(fares: Any, how: str, cause: bool, context: bool) -> None:
    error = raised(fares, how)
    assert isinstance(error, fares.FareError)
    assert isinstance(error.__cause__, ValueError) is cause
    assert isinstance(error.__context__, ValueError) is context


def test_a_cause_that_was_taken_away(fares: Any) -> None:
    assert raised(fares, "none").__cause__ is None


def test_a_class_that_nobody_can_name(fares: Any) -> None:
    with pytest.raises(Exception, match="inside") as caught:
        fares.context()
    assert type(caught.value).__name__ == "Hidden"
    assert not isinstance(caught.value, ValueError)


def test_an_exception_can_be_a_value(fares: Any) -> None:
    error = fares.give("fare")
    assert isinstance(error, fares.FareError)
    assert error.zone == 7
    assert isinstance(fares.give("key"), KeyError)


# -- built-in ones


@pytest.mark.parametrize(
    ("how", "kind", "args"),
    [
        ("key", KeyError, ("zone",)),
        ("zip", ValueError, ("zip() argument 2 is shorter than argument 1",)),
        ("memory", MemoryError, ()),
        ("assert", AssertionError, ("no",)),
        ("stop", RuntimeError, ("your program raised StopIteration",)),
        ("decode", UnicodeDecodeError, ("utf-8", b"\xff", 0, 1, "invalid start byte")),
    ],
)
def test_built_in_exceptions_are_the_real_ones(
    fares: Any, how: str, kind: type, args: tuple[Any, ...]
) -> None:
    error: BaseException = raised(fares, how)
    assert type(error) is kind
    assert error.args == args


def test_other_built_in_exceptions(fares: Any) -> None:
    assert isinstance(raised(fares, "recursion"), RecursionError)
    assert isinstance(raised(fares, "attribute"), AttributeError)
    assert isinstance(raised(fares, "decimal"), decimal.InvalidOperation)


def test_errors_of_the_system_know_their_file(fares: Any) -> None:
    error = raised(fares, "open")
    assert isinstance(error, FileNotFoundError)
    assert error.errno == 2
    assert error.filename == "/nowhere/at/all"
    assert error.args == (2, "No such file or directory")
    assert "No such file" in str(error)
    own = raised(fares, "no-file")
    assert isinstance(own, fares.NoFile)
    assert (own.errno, own.strerror, own.filename) == (2, "gone", "a.csv")


def test_groups(fares: Any) -> None:
    error = raised(fares, "group")
    assert isinstance(error, ExceptionGroup)
    assert isinstance(error.exceptions[0], ValueError)
    assert isinstance(error.exceptions[1], fares.FareError)


# -- those that would stop more than a test


def test_leaving_the_program_is_an_exception_like_others(fares: Any) -> None:
    with pytest.raises(SystemExit) as caught:
        fares.fail("quit")
    assert caught.value.code == "bye"
    with pytest.raises(SystemExit) as caught:
        fares.fail("code")
    assert caught.value.code == 3


@pytest.mark.parametrize(
    "how", ["interrupt", "own-interrupt", "skip", "exit", "incident", "own-stop"]
)
def test_no_exception_of_the_learners_can_steer_the_examiner(
    program: Any, how: str, incident: Any
) -> None:
    error = raised(program.fares, how)
    assert not isinstance(error, KeyboardInterrupt | SystemExit | GeneratorExit | incident)
    for kind in (pytest.skip.Exception, pytest.fail.Exception, pytest.exit.Exception):
        assert not isinstance(error, kind)
    assert program.session.log.incident is None
    assert program.fares.give("key").args == ("zone",)


# -- one class for every expectation


def test_a_class_of_many_unrelated_bases_is_a_plain_exception(program: Any) -> None:
    error = raised(program.fares, "master")
    assert isinstance(error, program.fares.Master)
    for kind in (ValueError, KeyError, TypeError, OSError, AssertionError):
        assert not isinstance(error, kind)
    assert isinstance(raised(program.fares, "two"), Exception)
    assert not isinstance(raised(program.fares, "two"), KeyError | ValueError)
    assert program.session.mirrors.flattened == {"Master", "Two"}


def test_related_bases_are_one_line(program: Any) -> None:
    assert isinstance(raised(program.fares, "related"), FileNotFoundError)
    assert not program.session.mirrors.flattened


def test_bases_that_are_joined_further_down_are_seen_through(learner: Callable[..., Any]) -> None:
    program = learner("""
        class A(ValueError): pass
        class B(KeyError): pass
        class Both(A, B): pass
        class Deeper(Both): pass
        def fail():
            raise Deeper("x")
    """)
    error = raised_by(program.fares.fail)
    assert not isinstance(error, ValueError | KeyError)
    assert "Both" in program.session.mirrors.flattened


def test_text_and_arguments_of_an_exception_that_was_not_raised(fares: Any) -> None:
    error = fares.give("silent")
    assert (str(error), error.args, repr(error)) == ("a text of its own", (1,), "Silent(1)")


def raised_by(action: Callable[[], Any]) -> BaseException:
    try:
        action()
    except BaseException as error:
        return error
    raise AssertionError("nothing was raised")


def test_a_class_that_says_it_is_another(learner: Callable[..., Any]) -> None:
    fares = learner("""
        class Fake(Exception):
            pass
        Fake.__name__ = Fake.__qualname__ = "ValueError"
        Fake.__module__ = "builtins"
        class Everything(Exception):
            __class__ = KeyError
        def fail():
            raise Fake("x")
        def pretend():
            raise Everything("x")
    """).fares
    assert not isinstance(raised_by(fares.pretend), KeyError)
    # What a class is called is the candidate's word: to raise ValueError it need only do so.
    assert isinstance(raised_by(fares.fail), Exception)


def test_classes_made_in_one_test_are_forgotten_in_the_next(learner: Callable[..., Any]) -> None:
    """Each copy of the program numbers what it makes anew."""
    program = learner("""
        def first():
            class First(ValueError): pass
            raise First("x")
        def second():
            class Second(KeyError): pass
            raise Second("x")
    """)
    one = raised_by(program.fares.first)
    program.again()
    other = raised_by(program.fares.second)
    assert (type(one).__name__, type(other).__name__) == ("First", "Second")
    assert isinstance(other, KeyError)
    assert not isinstance(other, ValueError)
