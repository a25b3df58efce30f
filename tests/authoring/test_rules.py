"""Each rule finds what it is for, and the others find nothing there.

`sound/` is a course of one exercise with which nothing is wrong. A folder of `bad/` is named for a
rule and holds the files that are different where just that rule is broken, and `expected.toml`:
the path of the problem, words of its text, files to `remove`. Rules that run programs are tried in
the slow tier.
"""

from __future__ import annotations

import shutil
import tomllib
from pathlib import Path

import pytest

from grader.authoring.linting import Course, lint
from grader.authoring.rules import all_rules, prose_of
from grader.sandbox import best_level

HERE = Path(__file__).parent
RULES = all_rules()
READING = [name for name, rule in RULES.items() if rule.only_reads]
FEWER = [name for name in RULES if name != "no-liar-passes"]
BAD = sorted(path.name for path in (HERE / "bad").iterdir())


def linted(folder, only=()):
    course = Course(folder / "exercises", folder / "solutions")
    report = lint(course, only=only, level=best_level(), jobs=2, cache=False)
    return report.exercises


def laid_out(case, folder):
    """The sound course with the case's own files laid over it."""
    shutil.copytree(HERE / "sound", folder, dirs_exist_ok=True)
    expected = tomllib.loads((HERE / "bad" / case / "expected.toml").read_text("utf-8"))
    for name in expected.get("remove", ()):
        (folder / name).unlink()
    shutil.copytree(HERE / "bad" / case, folder, dirs_exist_ok=True)
    return expected


def assert_breaks_only(case, folder, only=()):
    expected = laid_out(case, folder)
    (one,) = linted(folder, only)
    assert {rule for rule, _ in one.problems} == {case}, one.problems
    fitting = [problem for _, problem in one.problems if problem.path == expected["path"]]
    assert fitting, one.problems
    for word in expected["words"]:
        assert any(word in problem.text for problem in fitting), fitting


def test_each_rule_has_a_bad_exercise():
    assert set(BAD) == set(RULES)


@pytest.mark.parametrize("case", [name for name in BAD if name in READING])
def test_a_rule_that_reads(case, tmp_path):
    assert_breaks_only(case, tmp_path, READING)


@pytest.mark.slow
@pytest.mark.parametrize("case", [name for name in BAD if name not in READING])
def test_a_rule_that_runs_programs(case, tmp_path):
    # Most programs are liars, and what another rule is about doesn't help them.
    assert_breaks_only(case, tmp_path, [name for name in RULES if name in (case, *FEWER)])


@pytest.mark.parametrize("only", [[*READING, "starter-fails", "ksbs-evidenced"]])
def test_nothing_is_wrong_with_the_sound_exercise(only):
    (one,) = linted(HERE / "sound", only)
    assert not one.problems


@pytest.mark.slow
def test_nothing_at_all_is_wrong_with_the_sound_exercise():
    (one,) = linted(HERE / "sound")
    assert not one.problems
    assert not one.notes
    assert one.figures["killed"] == one.figures["mutants"] > 10
    assert one.figures["reached"] == one.figures["reachable"] > 10


@pytest.mark.parametrize("name", RULES)
def test_a_rule_says_what_it_is_for(name):
    first, _, _ = prose_of(name).partition("\n\n")
    assert first.endswith(".")
    assert all(part.isalpha() and part.islower() for part in name.split("-"))
