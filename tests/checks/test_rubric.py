"""Rubrics: waiting for a tutor, judged by one, and what is shown beside each criterion."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from grader.checks import Context
from grader.errors import ExerciseError
from grader.evidence import Mode, records_of, rules_from, skill_result
from grader.grading import run_checks, weigh
from grader.results import (
    CheckResult,
    Digests,
    ExerciseResult,
    Judgement,
    Level,
    Outcome,
    Status,
    Trust,
)

TABLE = """
[checks.style]
profiles = ["naming"]

[checks.rubric]

[[checks.rubric.criteria]]
id = "choices"
title = "You say what you decided against, and why."
ksbs = ["B1"]
meets = "shown"
evidence = ["journal.toml:rejected_options", "journal.toml:help", "fares.py", "style", "gone.py"]

[checks.rubric.criteria.levels]
missing = "No other way is named."
shown = "Another way is named with a reason."
weighed = "Two ways are weighed against each other."

[[checks.rubric.criteria]]
id = "safe"
title = "Nobody is named."
ksbs = ["S1"]
musts = ["no-pii-in-output"]
points = 2
meets = "yes"
levels = { no = "Somebody is named.", yes = "Nobody is named." }
"""
JOURNAL = """
rejected_options = ["a table of prices: too long", "\\u001b[31m red"]
minutes = 40
[[help]]
at = "12:00"
asked = "how to round"
whom = "tutor"
learned = "half up"
"""
WORK = ("fares.py", "journal.toml", "gone.py")
FILES = {"fares.py": "def Price():\n    return 1\n" + "x = 1\n" * 50, "journal.toml": JOURNAL}


def judged(criterion="choices", level="shown", **more):
    return Judgement(exercise="small", criterion=criterion, level=level, **more)


@pytest.fixture
def rubric(small):
    exercise = small.exercise(WORK, TABLE)

    def run(*judgements, files=FILES):
        work = {name: text.encode() for name, text in files.items()}
        context = Context(exercise, work, {}, None, None, judgements=judgements)
        return run_checks(context)

    return run


def test_criteria_wait_until_they_are_judged(rubric):
    style, result = rubric()
    assert style.outcome is Outcome.FAILED
    assert result.outcome is Outcome.PENDING
    assert {one.outcome for one in result.items} == {Outcome.PENDING}
    assert {one.trust for one in result.items} == {Trust.JUDGED}
    assert weigh([style, result]) is Status.PENDING
    assert result.summary == "Marked by your tutor: 0 of 2 criteria."


def test_what_was_collected_stands_beside_for_the_tutor_and_is_bounded(rubric):
    item = rubric()[1].items[0]
    detail = item.detail.splitlines()
    assert "level shown (meets): Another way is named with a reason." in detail
    assert "    a table of prices: too long" in detail
    assert r"    \x1b[31m red" in detail
    assert "    at: 12:00; asked: how to round; whom: tutor; learned: half up" in detail
    assert "fares.py: 52 lines" in detail
    assert "    … 22 more lines" in detail
    assert "style: not passed, 0 of 1 points" in detail
    assert "gone.py: not handed in" in detail
    assert "a table of prices" not in item.sentence + item.reason + item.hint + item.feedback


def test_a_judgement_decides_and_is_vouched_for_by_the_tutor(rubric):
    result = rubric(
        judged(level="weighed", by="tutor-3", at="2026-05-01T10:00", note="Well \x1b argued."),
        judged("safe", "yes"),
    )[1]
    assert result.outcome is Outcome.PASSED
    assert (result.points, result.points_max) == (3, 3)
    assert result.items[0].feedback == r"Well \x1b argued."
    assert "judged: weighed · by tutor-3 · 2026-05-01T10:00" in result.items[0].detail


def test_a_level_below_the_one_that_meets(rubric):
    result = rubric(judged(level="missing"), judged("safe", "yes"))[1]
    assert result.outcome is Outcome.FAILED
    assert result.items[0].reason == "judged “missing”: No other way is named."
    assert result.items[0].hint.startswith("Met from “shown” on: ")


def test_a_must_of_a_criterion_fails_by_judgement_only(rubric):
    waiting = rubric(judged())
    assert waiting[1].outcome is Outcome.PENDING
    failed = rubric(judged("safe", "no"))
    assert failed[1].outcome is Outcome.FAILED
    assert weigh(failed) is Status.MUST_FAILED


def test_the_latest_judgement_of_a_criterion_counts(rubric):
    early, late = judged(level="missing", at="2026-05-01"), judged(at="2026-06-01")
    for order in ((early, late), (late, early)):
        assert rubric(*order)[1].items[0].outcome is Outcome.PASSED


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        (judged("choice", "shown"), "which is no criterion here; did you mean `choices`?"),
        (judged("choices", "sehr gut"), "its levels are `missing`, `shown` and `weighed`"),
    ],
)
def test_a_judgement_that_fits_nothing_is_broken_and_never_failed(rubric, wrong, said):
    result = rubric(wrong, judged("safe", "yes"))[1]
    assert result.outcome is Outcome.BROKEN
    assert said in result.tutor_notes[0]
    assert set(result.ksbs) == {"B1", "S1"}


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("minutes = ", "look at"),
        ("minuts = 4\n", "did you mean `minutes`"),
        ("x = " + "[" * 9_000, "nested too deeply"),
        ("#" + "x" * 200_000, "larger than"),
    ],
)
def test_a_journal_that_cannot_be_read_is_told_and_not_scored(rubric, text, said):
    result = rubric(files={**FILES, "journal.toml": text})[1]
    assert result.outcome is Outcome.PENDING
    assert said in result.summary
    assert "journal.toml:rejected_options: nothing written" in result.items[0].detail


def test_long_journals_are_cut(rubric):
    lines = ", ".join(['"' + "y" * 900 + '"'] * 40)
    detail = (
        rubric(files={**FILES, "journal.toml": f"rejected_options = [{lines}]"})[1].items[0].detail
    )
    assert "    28 more" in detail
    assert max(map(len, detail.splitlines())) < 420


def exercise_result(checks):
    return ExerciseResult(
        id="small",
        title="Small",
        client="Tapline",
        track="build",
        difficulty=2,
        status=weigh(checks),
        digest=Digests(exercise="sha256:0", work="sha256:1"),
        ksbs=("B1",),
        checks=checks,
    )


def level_of(code, *checks):
    result = exercise_result(checks)
    at = datetime(2026, 5, 1, tzinfo=UTC)
    records = records_of(result, learner="l", attempt=1, mode=Mode.ASSESSED, at=at)
    return skill_result(code, records, rules_from({}), date(2026, 5, 2), [])


def test_no_machine_closes_a_behaviour(rubric):
    """What waits shows no level; what a tutor judged does; what a check says alone never counts."""
    waiting = level_of("B1", rubric()[1])
    assert waiting.awaiting_tutor
    assert waiting.level is Level.NO_EVIDENCE
    assert level_of("B1", rubric(judged(), judged("safe", "yes"))[1]).level is Level.EMERGING


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('"fares.py"', '"fare.py"', "evidence `fare.py` is no work file"),
        ("journal.toml:help", "journal.toml:halp", "is no work file, field of the journal"),
        ('ksbs = ["B1"]', 'ksbs = ["B2"]', "`B2` isn't in the exercise's own `ksbs`"),
    ],
)
def test_a_rubric_that_asks_for_what_is_not_there(small, old, new, said):
    exercise = small.exercise(WORK, TABLE.replace(old, new, 1))
    with pytest.raises(ExerciseError, match=said):
        small.run("rubric", exercise, FILES)


def test_evidence_of_a_check_needs_it_to_stand_above(small):
    style, rubric = TABLE.split("[checks.rubric]\n")
    exercise = small.exercise(WORK, "[checks.rubric]\n" + rubric + style)
    with pytest.raises(ExerciseError, match="has to stand above the rubric"):
        small.run("rubric", exercise, FILES)


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('meets = "shown"', 'meets = "shwon"', "has no level `shwon`; did you mean `shown`"),
        ('id = "safe"', 'id = "choices"', "`choices` is there twice"),
        ('title = "Nobody is named."', "", "key `title` is missing"),
    ],
)
def test_a_table_with_faults_is_refused_when_it_is_read(small, old, new, said):
    with pytest.raises(ExerciseError, match=said):
        small.exercise(WORK, TABLE.replace(old, new, 1))


def test_a_broken_rubric_voids_the_codes_of_its_criteria_only():
    broken = CheckResult(name="rubric", outcome=Outcome.BROKEN, ksbs=("B1",))
    result = exercise_result((broken,))
    at = datetime(2026, 5, 1, tzinfo=UTC)
    records = records_of(
        msg_replace(result, ksbs=("B1", "S1")), learner="l", attempt=1, mode=Mode.ASSESSED, at=at
    )
    assert [(one.ksb, one.state) for one in records] == [("B1", "void")]


def msg_replace(result, **changes):
    import msgspec

    return msgspec.structs.replace(result, **changes)
