"""No generic liar meets any exercise, whatever its suite asserts.

The liars lie in `grader/authoring/liars/`, and the lint tries them too. Every exercise that lies in
`exercises/` and has a hidden suite is tried.

The fast tier tries some of the liars on one exercise each; the slow tier tries all on all, with
every check that the liar has a part in.
"""

from __future__ import annotations

import re
from pathlib import Path

import msgspec
import pytest

from grader.authoring.lying import lie, whole_programs, wrappers
from grader.bridge import Examiner
from grader.catalogue import read_exercise
from grader.checks import all_checks
from grader.grading import Task, grade_one
from grader.sandbox import best_level
from grader.standard import standard

ROOT = Path(__file__).parents[2]
EXERCISES = sorted(
    path.parent.name
    for path in (ROOT / "exercises").glob("*/exercise.toml")
    if (ROOT / "solutions" / path.parent.name / "hidden").is_dir()
)
LIARS = whole_programs()
WRAPPERS = (*wrappers("right"), *wrappers("wrong"))
NOT_PLAIN = re.compile(r"Traceback|\n|\b0x[0-9a-f]|[<>{}]|__|grader|site-packages|/|\.py\b.*\.py\b")


@pytest.fixture(scope="module")
def examiner():
    with Examiner(best_level()) as made:
        yield made


def _exercise(name, only=()):
    """The exercise with little patience, and with only some of its checks if that is asked for.

    Never with faulty variants: there the learner's tests meet other programs than the learner's.
    """
    found = read_exercise(
        ROOT / "exercises" / name,
        kinds={kind: check.options for kind, check in all_checks().items()},
        known_codes=standard().ksbs,
        known_duties=standard().duties,
    )
    wanted = only or found.checks.keys() - {"faulty-variants"}
    checks = {kind: options for kind, options in found.checks.items() if kind in wanted}
    sandbox = msgspec.structs.replace(found.sandbox, seconds=0.5)
    return msgspec.structs.replace(found, sandbox=sandbox, checks=checks)


def _graded(exercise, liar, folder, examiner):
    solution = ROOT / "solutions" / exercise.id
    for name, content in lie(liar, exercise, solution).items():
        (folder / name).write_bytes(content)
    return grade_one(Task(exercise, folder, solution), lambda: examiner)


def _assert_seen_through(result):
    hidden = next(check for check in result.checks if check.name == "hidden-suite")
    notes = [check.tutor_notes for check in result.checks]
    held = [item.id for item in hidden.items if item.outcome == "passed"]
    assert result.status in ("not-yet", "partly", "must-failed"), (held, notes)
    assert hidden.outcome == "failed"
    _assert_sound(result)


def _assert_sound(result):
    assert result.status != "broken", [check.tutor_notes for check in result.checks]
    for check in result.checks:
        assert check.outcome != "broken", (check.name, check.tutor_notes)
        for item in check.items:
            assert item.outcome != "broken", (item.id, item.detail)
            assert item.sentence
            assert len(item.reason) < 300
            assert not NOT_PLAIN.search(item.reason), item.reason


# -- whole programs


def _lying(name, liar, examiner, folder, only=()):
    return _graded(_exercise(name, only), liar, folder, examiner)


def _in_turn(names):
    """Pairs of every sixth name and one exercise: a sample for the fast tier."""
    return [(EXERCISES[place % len(EXERCISES)], name) for place, name in enumerate(names[::6])]


@pytest.mark.parametrize(("name", "liar"), _in_turn(LIARS))
def test_a_liar_is_seen_through(name, liar, examiner, tmp_path):
    _assert_seen_through(_lying(name, liar, examiner, tmp_path, only=("hidden-suite",)))


@pytest.mark.slow
@pytest.mark.parametrize("liar", LIARS)
@pytest.mark.parametrize("name", EXERCISES)
def test_every_liar_is_seen_through_everywhere(name, liar, examiner, tmp_path):
    _assert_seen_through(_lying(name, liar, examiner, tmp_path))


# -- the reference, but …


def _reference_but(name, wrapper, examiner, folder, only=()):
    return _graded(_exercise(name, only), wrapper, folder, examiner)


def _assert_fits(wrapper, result):
    if wrapper.startswith("wrong/"):
        _assert_seen_through(result)
    else:
        _assert_sound(result)


@pytest.mark.parametrize(("name", "wrapper"), _in_turn(WRAPPERS))
def test_a_reference_that_lies(name, wrapper, examiner, tmp_path):
    result = _reference_but(name, wrapper, examiner, tmp_path, only=("hidden-suite",))
    _assert_fits(wrapper, result)


@pytest.mark.slow
@pytest.mark.parametrize("wrapper", WRAPPERS)
@pytest.mark.parametrize("name", EXERCISES)
def test_every_reference_that_lies_everywhere(name, wrapper, examiner, tmp_path):
    _assert_fits(wrapper, _reference_but(name, wrapper, examiner, tmp_path))
