"""What is told of an exception: by its built-in kind where tests are hidden, else in full."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from grader.bridge.reasons import explain

PROGRAM = """
import decimal, json

class FareError(ValueError):
    pass

class Worst(FareError):
    pass

class Own(Exception):
    pass

class Hard(BaseException):
    pass

class Lookup(LookupError):
    pass

class Mixed(KeyError, OSError):
    pass

def fail(name):
    raise {
        "own": Own("x"), "fare": FareError("x"), "worst": Worst("x"), "hard": Hard("x"),
        "lookup": Lookup("x"), "key": KeyError("x"), "zero": ZeroDivisionError(),
        "json": json.JSONDecodeError("x", "x", 0), "decimal": decimal.InvalidOperation("x"),
        "plain": Exception("x"), "todo": NotImplementedError(), "file": FileNotFoundError(2, "x"),
    }[name]
"""
HIDDEN = {
    "own": "an exception",
    "fare": "a ValueError",
    "worst": "a ValueError",
    "hard": "an exception",
    "lookup": "a LookupError",
    "key": "a KeyError",
    "zero": "a ZeroDivisionError",
    "json": "a ValueError",
    "decimal": "an ArithmeticError",
    "plain": "an exception",
    "file": "a FileNotFoundError",
}


def _told(program: Any, name: str) -> Any:
    with pytest.raises(BaseException) as caught:
        program.fares.fail(name)
    return explain(program.session, None, caught.value)


@pytest.mark.parametrize("name", HIDDEN)
def test_of_a_hidden_test_the_built_in_kind(learner: Callable[..., Any], name: str) -> None:
    told = _told(learner(PROGRAM, public=False), name)
    assert (told.text, told.where) == (f"your program raised {HIDDEN[name]}", "")


@pytest.mark.parametrize(("name", "kind"), [("fare", "a FareError"), ("key", "a KeyError")])
def test_of_a_public_test_name_and_line(learner: Callable[..., Any], name: str, kind: str) -> None:
    told = _told(learner(PROGRAM), name)
    assert told.text == f"your program raised {kind}"
    assert told.where.startswith("fares.py, line ")


def test_what_is_not_written_yet_is_told_so(learner: Callable[..., Any]) -> None:
    told = _told(learner(PROGRAM, public=False), "todo")
    assert (told.text, told.where) == ("this part is not written yet", "")
