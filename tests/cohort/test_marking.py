"""What waits for a tutor, in which order, and what a judgement changes."""

from __future__ import annotations

from datetime import UTC, datetime

from grader.cohort.marking import apply_judgements, evidence_of, waiting
from grader.evidence import Mode
from grader.gradebook import StoredJudgement
from grader.results import Status


def judge(book, who, work, criterion, level, at=None):
    at = at or datetime.now(UTC)
    made = StoredJudgement(who, "small", work, criterion, level, "tutor-1", at, "it is there")
    book.judge(made)


def names(queue):
    return [(one.criterion, one.apprentice) for one in queue]


def test_criterion_by_criterion_over_all_apprentices(exercise, book, graded):
    _, work = graded("heron-1", "one = 1\n")
    graded("heron-2", "two = 2\n")
    assert names(waiting(book, [exercise])) == [
        ("choices", "heron-1"), ("choices", "heron-2"), ("names", "heron-1"), ("names", "heron-2")
    ]  # fmt: skip
    assert names(waiting(book, [exercise], apprentice="heron-2")) == [
        ("choices", "heron-2"), ("names", "heron-2")
    ]  # fmt: skip
    judge(book, "heron-1", work, "choices", "shown")
    assert len(waiting(book, [exercise])) == 3
    assert len(waiting(book, [exercise], again=True)) == 4
    assert waiting(book, [exercise], exercise="other") == []


def test_only_the_hand_in_that_counts_waits(exercise, book, graded):
    graded("heron-1", "one = 1\n")
    later, _ = graded("heron-1", "two = 2\n", hours=5)
    graded("heron-1", "three = 3\n", hours=9, mode=Mode.PRACTICE)
    graded("heron-2", "two = 2\n", mode=Mode.PRACTICE)
    assert {one.attempt for one in waiting(book, [exercise])} == {later}


def test_the_evidence_is_what_was_collected(exercise, book, graded):
    attempt, _ = graded("heron-1", "one = 1\n")
    lines = evidence_of(book.current(attempt), "choices")
    assert lines[0] == "fares.py: 1 line"
    assert lines[1].strip() == "one = 1"
    assert lines[2].startswith("style: ")
    assert evidence_of(book.current(attempt), "names") == ()


def test_judgements_change_the_result_without_grading_again(exercise, book, graded):
    attempt, work = graded("heron-1", "one = 1\n")
    before = book.current(attempt)
    assert before.result.status is Status.PENDING
    judge(book, "heron-1", work, "choices", "weighed")
    ((stored, status),) = apply_judgements(book, {"small": exercise}, None)
    assert (stored.attempt, status) == (attempt, Status.PENDING)
    judge(book, "heron-1", work, "names", "no")
    assert [status for _, status in apply_judgements(book, {"small": exercise}, None)] == [
        Status.PARTLY
    ]
    judge(book, "heron-1", work, "names", "yes")  # a second thought
    assert [status for _, status in apply_judgements(book, {"small": exercise}, None)] == [
        Status.MET
    ]
    after = book.current(attempt)
    assert after.key == before.key
    assert after.result.checks[0] == before.result.checks[0]
    assert after.result.seconds == 1.5
    assert after.result.checks[1].items[0].feedback == "it is there"
    assert list(apply_judgements(book, {"small": exercise}, None)) == []
    assert book.has(attempt, before.key)


def test_a_changed_exercise_has_to_be_graded_again_first(exercise, book, graded):
    attempt, work = graded("heron-1", "one = 1\n", grader="0.0.1")
    judge(book, "heron-1", work, "choices", "shown")
    ((_, status),) = apply_judgements(book, {"small": exercise}, None)
    assert status is None
    ((_, status),) = apply_judgements(book, {}, None)
    assert status is None
    assert book.current(attempt).result.status is Status.PENDING
