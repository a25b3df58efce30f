"""One more hint each time, in a known order, and noted."""

from __future__ import annotations

import pytest

from grader.results import CheckResult, Digests, ExerciseResult, Item, Outcome, Status
from grader.workspace.hints import (
    FILE,
    hint_words,
    next_hint,
    taken_hints,
    ticket_hints,
)
from grader.workspace.hints import test_hints as hints_of_tests

TICKET = """\
# A ticket

1. not a hint

## Hints

1. Look at `price`
   first.
2. Then at the *list*.

   It counts from 0.
- And a bullet.

## Notes

- not a hint either
"""


@pytest.fixture
def ticket(exercise):
    (exercise.folder / "README.md").write_text(TICKET, encoding="utf-8")
    return exercise


def test_the_hints_of_a_ticket(ticket):
    assert ticket_hints(ticket) == (
        "Look at `price` first.",
        "Then at the *list*. It counts from 0.",
        "And a bullet.",
    )


def test_no_ticket_or_no_hints_is_none(exercise):
    (exercise.folder / "README.md").write_text("# Nothing\n", encoding="utf-8")
    assert ticket_hints(exercise) == ()
    (exercise.folder / "README.md").unlink()
    assert ticket_hints(exercise) == ()


def test_public_hints_come_first_then_those_of_tests_then_a_person(ticket, workspace):
    asked = []

    def from_tests():
        asked.append(1)
        return ("Mind the edge.", "And a bullet.")

    texts = [next_hint(workspace, ticket, from_tests).hint.text for _ in range(3)]
    assert texts == list(ticket_hints(ticket))
    assert not asked  # nothing is graded for a hint of the ticket
    fourth = next_hint(workspace, ticket, from_tests)
    assert (fourth.hint.text, fourth.hint.source) == ("Mind the edge.", "tests")
    fifth = next_hint(workspace, ticket, from_tests)
    assert fifth.hint is None
    said = " ".join(hint_words(fifth, ticket))
    assert "You have had all 4" in said
    assert "Ask your tutor next" in said
    taken = taken_hints(workspace, ticket.id)
    assert [one.text for one in taken] == [*texts, "Mind the edge."]
    assert all(one.at.endswith("+00:00") for one in taken)
    assert taken_hints(workspace, "first-unit") == ()


def test_what_was_taken_says_that_it_is_noted_and_changes_nothing(ticket, workspace):
    hint, noted = hint_words(next_hint(workspace, ticket, tuple), ticket)
    assert hint == "Hint 1 of 3 in the ticket: Look at `price` first."
    assert "changes no result" in noted


def test_a_damaged_file_is_kept_and_hints_go_on(ticket, workspace):
    workspace.folder.mkdir()
    (workspace.folder / FILE).write_text("{")
    assert next_hint(workspace, ticket, tuple).number == 1
    assert len(list(workspace.folder.glob("hints.json.damaged-*"))) == 1
    assert "damaged" in workspace.notices[0]
    assert next_hint(workspace, ticket, tuple).number == 2


def _result(status, *items):
    return ExerciseResult(
        id="a", title="A", client="C", track="t", difficulty=1, status=status,
        digest=Digests(exercise="", work=""),
        checks=(CheckResult(name="hidden-suite", outcome=Outcome.FAILED, items=items),),
    )  # fmt: skip


def test_hints_of_tests_are_those_of_what_fails():
    failing = Item(id="1", outcome=Outcome.FAILED, sentence="A.", hint="Look here.", behaviour="a")
    passing = Item(id="2", outcome=Outcome.PASSED, sentence="B.", behaviour="b")
    twin = Item(id="3", outcome=Outcome.FAILED, sentence="C.", hint="Look here.", behaviour="c")
    assert hints_of_tests(_result(Status.NOT_YET, failing, passing, twin)) == ("Look here.",)
    assert hints_of_tests(_result(Status.NOT_STARTED, failing)) == ()
