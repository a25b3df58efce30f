"""No generic liar meets any exercise, whatever its suite asserts.

The files beside this one are whole programs that stand in for every module of an exercise: they
answer every name that a suite imports. Those in `right/` and `wrong/` come behind the reference
and change what its public functions give: `right/` keeps the values, `wrong/` does not. `pieces/`
holds what goes in front of them and behind. Every exercise that lies in `exercises/` and has a
hidden suite is tried.

The fast tier tries each liar on one exercise, in turn; the slow tier tries all on all, with every
check of the exercise.
"""

from __future__ import annotations

import ast
import functools
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import msgspec
import pytest

from grader.bridge import Examiner
from grader.catalogue import read_exercise
from grader.checks import all_checks
from grader.grading import Task, grade_one
from grader.sandbox import best_level
from grader.standard import standard

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
EXERCISES = sorted(
    path.parent.name
    for path in (ROOT / "exercises").glob("*/exercise.toml")
    if (ROOT / "solutions" / path.parent.name / "hidden").is_dir()
)
LIARS = sorted(path.stem for path in HERE.glob("*.py") if path != Path(__file__))
WRAPPERS = sorted(f"{path.parent.name}/{path.stem}" for path in HERE.glob("[rw]*/*.py"))
NOT_PLAIN = re.compile(r"Traceback|\n|\b0x[0-9a-f]|[<>{}]|__|grader|site-packages|/|\.py\b.*\.py\b")


@pytest.fixture(scope="module")
def examiner():
    with Examiner(best_level()) as made:
        yield made


def _exercise(name, only=()):
    """The exercise with little patience, and with only some of its checks if that is asked for."""
    found = read_exercise(
        ROOT / "exercises" / name,
        kinds={kind: check.options for kind, check in all_checks().items()},
        known_codes=standard().ksbs,
        known_duties=standard().duties,
    )
    checks = {kind: options for kind, options in found.checks.items() if kind in only or not only}
    sandbox = msgspec.structs.replace(found.sandbox, seconds=0.5)
    return msgspec.structs.replace(found, sandbox=sandbox, checks=checks)


def _modules(exercise):
    """The work files that a suite imports, and not the learner's tests."""
    return [name for name in exercise.work if name.endswith(".py") and name[:5] != "test_"]


def _handed_in(exercise, sources, folder):
    """A folder with these programs and, for what else there is to hand in, the reference's."""
    solution = ROOT / "solutions" / exercise.id
    for name in exercise.work:
        if name in sources:
            (folder / name).write_text(sources[name], "utf-8")
        elif (solution / name).is_file():
            shutil.copy(solution / name, folder / name)
    return folder


def _graded(exercise, sources, folder, examiner):
    work = _handed_in(exercise, sources, folder)
    task = Task(exercise, work, ROOT / "solutions" / exercise.id)
    return grade_one(task, lambda: examiner)


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
    exercise = _exercise(name, only)
    source = (HERE / f"{liar}.py").read_text("utf-8")
    return _graded(exercise, dict.fromkeys(_modules(exercise), source), folder, examiner)


def _in_turn(names):
    """Pairs of every third name and one exercise: a sample for the fast tier."""
    return [(EXERCISES[place % len(EXERCISES)], name) for place, name in enumerate(names[::3])]


@pytest.mark.parametrize(("name", "liar"), _in_turn(LIARS))
def test_a_liar_is_seen_through(name, liar, examiner, tmp_path):
    _assert_seen_through(_lying(name, liar, examiner, tmp_path, only=("hidden-suite",)))


@pytest.mark.slow
@pytest.mark.parametrize("liar", LIARS)
@pytest.mark.parametrize("name", EXERCISES)
def test_every_liar_is_seen_through_everywhere(name, liar, examiner, tmp_path):
    _assert_seen_through(_lying(name, liar, examiner, tmp_path))


# -- the reference, but …


def _piece(name):
    return (HERE / "pieces" / f"{name}.py").read_text("utf-8")


def _wrapped(name, exercise, module):
    """The source of the reference with a liar behind it."""
    reference = (ROOT / "solutions" / exercise.id / module).read_text("utf-8")
    known = f"_EXAMPLES = {sorted(_calls_of_examples(exercise.id))!r}\n"
    own = (HERE / f"{name}.py").read_text("utf-8")
    return "\n\n".join([reference, _piece("call_key"), known, own, _piece("every_function")])


@functools.cache
def _calls_of_examples(name):
    """Keys of the calls that the public examples make; those made as a command are not known."""
    exercise = _exercise(name)
    with tempfile.TemporaryDirectory() as made:
        folder = Path(made)
        shutil.copytree(exercise.folder, folder, dirs_exist_ok=True)
        for module in _modules(exercise):
            reference = (ROOT / "solutions" / name / module).read_text("utf-8")
            pieces = map(_piece, ("call_key", "recorder", "every_function"))
            (folder / module).write_text("\n\n".join([reference, *pieces]), "utf-8")
        (folder / "pytest.ini").write_text("[pytest]\n", "utf-8")
        command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "examples"]
        environ = {"PYTHONPATH": made, "PYTHONDONTWRITEBYTECODE": "1"}
        done = subprocess.run(command, cwd=folder, env=environ, capture_output=True, check=False)
        calls = folder / "calls.txt"
        assert calls.is_file(), done.stdout.decode()
        return frozenset(map(ast.literal_eval, calls.read_text("utf-8").splitlines()))


def _reference_but(name, wrapper, examiner, folder, only=()):
    exercise = _exercise(name, only)
    sources = {module: _wrapped(wrapper, exercise, module) for module in _modules(exercise)}
    return _graded(exercise, sources, folder, examiner)


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
