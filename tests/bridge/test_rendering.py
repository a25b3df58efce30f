"""Calls as a learner reads them in a public example."""

from __future__ import annotations

import pytest

from grader.bridge.incidents import Cause, Incident
from grader.bridge.rendering import render_call, short_repr
from grader.bridge.session import Deadlines

TRAIN = ["given-fields", "feed", "Train", ["dict", "id", "HD-7", "late", 7]]


@pytest.mark.parametrize(
    ("answer", "text"),
    [
        (7, "7"),
        (TRAIN, "Train(id='HD-7', late=7)"),
        (["list", TRAIN], "[Train(id='HD-7', late=7)]"),
        (
            ["given-fields", "feed", "Board", ["dict", "trains", ["list", TRAIN]]],
            "Board(trains=[Train(id='HD-7', late=7)])",
        ),
        (["given-enum", "tariff", "Kind", "ADULT"], "Kind.ADULT"),
        (["given-tuple", "tariff", "Step", ["list", 1, 2]], "Step(1, 2)"),
        (
            ["given-error", "feed", "FeedError", ["list", ["list", "no page"], ["dict"]]],
            "FeedError('no page')",
        ),
        (["given-fields", 3, 4, 5], "<given-fields>"),
        (["given-fields", "feed", "Train", 5], "<Train>"),
        (["given-fields", "feed", "Train", ["nonsense"]], "Train"),
    ],
)
def test_answers(answer, text):
    record = ["fetch", [], ["list"], ["dict"], "ok", answer, []]
    assert text in render_call(record)


def test_functions_among_the_arguments():
    record = [
        "fetch",
        [],
        ["list", "http://x"],
        ["dict", "sleep", ["cb", 0, "sleep"]],
        "ok",
        None,
        [],
    ]
    assert render_call(record) == "fetch('http://x', sleep=<a function>)  →  None"


def test_an_end_to_it():
    assert len(short_repr("x" * 10_000)) < 200


@pytest.mark.parametrize("name", ["hang", "die", "crash"])
def test_a_call_that_was_never_answered_gave_no_value(learner, hostile, name):
    """`None` would be a value that the program gave."""
    program = learner(hostile, deadlines=Deadlines(start=5, call=0.1, test=5, session=60))
    with pytest.raises(Incident):
        getattr(program.fares, name)()
    assert [render_call(one) for one in program.session.crossing.calls] == [
        f"{name}()  →  no answer"
    ]


KINDS = {
    "(n for n in [1])": "a generator",
    "map(str, [1])": "a map object",
    "filter(None, [1])": "a filter object",
    "zip([1], [2])": "a zip object",
    "enumerate([1])": "an enumerate object",
    "iter([1])": "an iterator over a list",
}


@pytest.mark.parametrize("made", KINDS)
def test_what_gives_its_values_one_by_one_is_named(learner, made):
    """The program is gone by then, so that nothing of it can be asked."""
    program = learner(f"def stops():\n    return {made}\n")
    found = program.fares.stops()
    program.session.stop(Incident(Cause.STOPPED, "gone"))
    assert short_repr(found) == KINDS[made]
    assert render_call(program.session.crossing.calls[-1]).endswith(KINDS[made])
