"""`get_type_hints` of a learner's program: text that it made is never evaluated in the examiner."""

from __future__ import annotations

import collections.abc
import inspect
import typing
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, Literal

import pytest

from grader.bridge import type_hints
from grader.bridge.candidate import hints
from grader.bridge.candidate.codec import CodecError


@pytest.fixture
def installed() -> Iterator[Callable[[Any], None]]:
    before = typing.get_type_hints, inspect.get_annotations
    yield type_hints.install
    typing.get_type_hints, inspect.get_annotations = before


PROGRAM = """
    from __future__ import annotations
    import os
    from typing import Annotated, Literal, Optional

    WHERE = []

    def mark(*_):
        WHERE.append(os.getpid())
        return int

    def pid():
        return os.getpid()

    def price(
        zones: mark(), kind: Literal["adult", "child"], stop: Optional["str"] = None
    ) -> "int":
        return zones

    def far(metres: Annotated[int, "metres"]) -> list[int]:
        return []

    def written():
        def made(a):
            return a
        made.__annotations__ = {"a": "mark()", "b": "list['mark()']"}
        return made

    def kept(text):
        def made(a):
            return a
        made.__annotations__ = {"a": list[text]}
        return made
"""


def test_hints_that_are_text_are_evaluated_in_the_program_alone(
    learner: Callable[..., Any], installed: Callable[[Any], None]
) -> None:
    fares = (program := learner(PROGRAM)).fares
    installed(program.session)
    found = typing.get_type_hints(fares.price)
    assert found["zones"] is int
    assert found["kind"] == Literal["adult", "child"]
    assert found["stop"] == typing.Optional[str]  # noqa: UP045
    assert typing.get_type_hints(fares.written()) == {"a": int, "b": list[int]}
    assert inspect.get_annotations(fares.price, eval_str=True)["return"] is int
    assert set(fares.WHERE) == {fares.pid()}


def test_what_stands_beside_a_hint_is_given_when_asked_for(
    learner: Callable[..., Any], installed: Callable[[Any], None]
) -> None:
    program = learner(PROGRAM)
    installed(program.session)
    found = typing.get_type_hints(program.fares.far, include_extras=True)
    assert found == {"metres": typing.Annotated[int, "metres"], "return": list[int]}
    assert typing.get_type_hints(program.fares.far)["metres"] is int


def test_text_of_the_programs_that_would_act_here_does_nothing(
    learner: Callable[..., Any], installed: Callable[[Any], None], tmp_path: Path
) -> None:
    """It names a file of the examiner's test, which evaluating it would make."""
    target = tmp_path / "made"
    program = learner(PROGRAM)
    installed(program.session)
    text = (
        f"open({str(target)!r}, 'w') if {program.fares.pid()} != __import__('os').getpid() else 1"
    )
    for ask in (typing.get_type_hints, inspect.get_annotations, inspect.signature):
        made = program.fares.kept(text)
        try:
            ask(made)
        except Exception:
            pass
        program.again()
    assert not target.exists()


FORGED = {
    "union": ["hint", "union", 0],
    "list": ["hint", "of", 1, 0],
    "optional": ["hint", "typing", "Optional", 0],
    "union of typing": ["hint", "typing", "Union", 0],
    "generic": ["hint", "typing", "List", 0],
    "annotated": ["hint", "typing", "Annotated", 2],
    "a name that is called": ["hint", "typing", "get_type_hints", 0],
    "a name with parts": ["hint", "typing", "ForwardRef", 0],
    "abstract": ["hint", "abc", "__builtins__"],
    "none": ["hint", "none", 0],
    "union of nothing": ["hint", "union", 3],
    "list of nothing": ["hint", "typing", "List", 3],
}


@pytest.mark.parametrize("name", FORGED)
def test_no_forged_hint_keeps_a_text_to_be_evaluated(name: str) -> None:
    parts = [("made()",), list, ("made()", 1), ()]
    with pytest.raises(CodecError):
        hints.value(FORGED[name], lambda found: parts[found] if type(found) is int else found)


@pytest.mark.parametrize("name", hints._ABSTRACT)
def test_each_abstract_class_is_the_librarys(name: str) -> None:
    assert hints.value(["hint", "abc", name], lambda _: ()) is getattr(collections.abc, name)


def test_a_choice_of_texts_stays_one() -> None:
    found = hints.value(["hint", "typing", "Literal", 0], lambda _: ("made()", "b"))
    assert typing.get_args(found) == ("made()", "b")
