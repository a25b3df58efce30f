"""Style in named profiles, on files that learners write."""

from __future__ import annotations

import pytest

from grader.checks import linting
from grader.checks.style import in_words, table
from grader.errors import ExerciseError, SandboxError
from grader.grading import run_checks
from grader.results import Outcome

pytestmark = pytest.mark.interpreter

CLEAN = '''\
"""Fares."""


def price(zones: int) -> int:
    """Return pence."""
    return 100 * zones
'''
TABLE = '[checks.style]\nksbs = ["S8"]\n'


def style(small, source, table=TABLE, **more):
    exercise = small.exercise(("fares.py",), table)
    work = source if isinstance(source, dict) else {"fares.py": source}
    return small.run("style", exercise, work, **more)


def item(result, profile):
    (found,) = [one for one in result.items if one.id == f"style::{profile}"]
    return found


def test_clean_code_passes_each_profile(small):
    result = style(small, CLEAN)
    assert result.outcome is Outcome.PASSED
    assert (result.points, result.points_max) == (4, 4)
    assert {one.ksbs for one in result.items} == {("S8",)}
    assert not result.required  # a missing docstring is not a wrong answer


def test_each_profile_is_one_behaviour_however_much_it_finds(small):
    source = CLEAN.replace("price", "Price").replace('    """Return pence."""\n', "")
    source += "\n\ndef Refund(Zones: int) -> int:\n    return Zones\n"
    result = style(small, source)
    assert result.points == 2
    names = item(result, "naming")
    assert names.reason.count("line ") == 3
    assert "line 4: the function Price should be in small_letters" in names.reason
    assert names.where == "fares.py"
    assert "the function has no docstring" in item(result, "docstrings").reason


def test_at_most_a_handful_is_shown_and_the_rest_counted(small):
    source = '"""Fares."""\n' + "".join(f"import m{n}\n" for n in range(40)) + "x = 1\n"
    found = item(style(small, source), "standard")
    shown = found.reason.count("line ")
    assert 3 <= shown < 10
    assert len(found.reason) < 260
    assert "m0 is imported and never used" in found.reason
    assert found.reason.endswith(f"and {41 - shown} more")
    assert len(found.detail.splitlines()) == 41


def test_findings_of_one_kind_are_told_together(small):
    table = '[checks.style]\nprofiles = ["debug-leftovers"]\n'
    two = CLEAN.replace("    return", "    print(zones)\n    print(1)\n    return")
    assert item(style(small, two, table), "debug-leftovers").reason == (
        "lines 6 and 7: a print is left in"
    )
    nine = CLEAN.replace("    return", "    print(zones)\n" * 9 + "    return")
    assert item(style(small, nine, table), "debug-leftovers").reason == (
        "lines 6, 7, 8, 9, 10 and 4 more: a print is left in"
    )


def test_leftovers_of_debugging(small):
    source = CLEAN.replace("    return", "    print(zones)\n    breakpoint()\n    return")
    table = '[checks.style]\nprofiles = ["debug-leftovers"]\n'
    found = item(style(small, source, table), "debug-leftovers")
    assert found.reason == "line 6: a print is left in; line 7: a breakpoint is left in"


def test_asserts_belong_into_tests_and_not_into_programs(small):
    table = '[checks.style]\nprofiles = ["security", "docstrings", "tests"]\n'
    exercise = small.exercise(("fares.py", "test_fares.py"), table)
    program = CLEAN.replace("    return", "    assert zones\n    return")
    tests = "def test_it():\n    assert 1 + 1 == 2\n"
    result = small.run("style", exercise, {"fares.py": program, "test_fares.py": tests})
    assert item(result, "security").where == "fares.py, line 6"
    assert item(result, "docstrings").outcome is Outcome.PASSED  # tests need none
    assert item(result, "tests").outcome is Outcome.PASSED


def test_options_of_the_exercise_hold_and_the_learners_do_not(small):
    branches = "".join(f"    if zones == {n}:\n        return {n}\n" for n in range(4))
    source = CLEAN.replace("    return 100", branches + "    return 100")
    table = '[checks.style]\nprofiles = ["complexity"]\nmax-complexity = 4\n'
    assert style(small, source, table).outcome is Outcome.FAILED
    (small.folder / "ruff.toml").write_text("lint.mccabe.max-complexity = 30\n")
    assert style(small, source, table).outcome is Outcome.FAILED
    assert style(small, source, table.replace("= 4", "= 5")).outcome is Outcome.PASSED
    long = f'"""Fares."""\n\nNAME = "{"x" * 80}"\n'
    short = '[checks.style]\nprofiles = ["standard"]\nline-length = 80\n'
    assert item(style(small, long, short), "standard").reason == "the line is too long"


def test_imports_of_given_modules_are_known_to_be_our_own(small):
    exercise = small.exercise(("fares.py",), '[checks.style]\nprofiles = ["standard"]\n')
    source = '"""Fares."""\n\nimport tariffs\nimport zones\n\nprint(tariffs, zones)\n'
    more = {"tariffs.py": b"", "zones.py": b"x = lambda: 0\n"}
    result = small.run("style", exercise, {"fares.py": source}, given=more)
    assert result.outcome is Outcome.PASSED, result.items  # and given ones aren't looked at


HELD, LEFT, SWITCHED = "nothing found", "the print is found", "the comment is found too"


@pytest.mark.parametrize(
    ("comment", "expected"),
    [
        ("# noqa: T201 - the support desk reads it", HELD),
        ("# noqa: T201", SWITCHED),
        ("# noqa", SWITCHED),
        ("# noqa the support desk reads it", SWITCHED),
        ("# noqa: N802 - another rule altogether", LEFT),
        ("# ruff: noqa", SWITCHED),
        ("# ruff: noqa: T201 - for the whole file", SWITCHED),
        ("# ruff: disable[T201]", SWITCHED),
        ("# a remark on something else", LEFT),
    ],
)
def test_a_rule_is_left_out_only_with_its_name_and_a_reason(small, comment, expected):
    source = CLEAN.replace("    return", f"    print(zones)  {comment}\n    return")
    result = style(small, source, '[checks.style]\nprofiles = ["debug-leftovers"]\n')
    (found,) = result.items
    assert (found.outcome is Outcome.PASSED) == (expected == HELD)
    assert ("a print is left in" in found.reason) == (expected != HELD)
    assert ("switches rules off" in found.reason) == (expected == SWITCHED)


def test_a_tutor_reads_the_reason_for_which_a_rule_was_left_out(small):
    source = CLEAN.replace(
        "    return", "    print(zones)  # noqa: T201 - support \x1b reads it\n    return"
    )
    result = style(small, source, '[checks.style]\nprofiles = ["debug-leftovers"]\n')
    assert result.tutor_notes == (
        r"fares.py, line 6: T201 left out, because: support \x1b reads it",
    )


def test_a_noqa_inside_a_text_is_only_text(small):
    source = CLEAN + '\nWORDS = "# noqa"\n'
    assert style(small, source).outcome is Outcome.PASSED


def test_a_syntax_error_is_told_once_with_its_line(small):
    result = style(small, CLEAN + "def broken(:\n")
    assert {one.cause for one in result.items} == {"syntax"}
    assert {one.where for one in result.items} == {"fares.py, line 7"}
    assert result.points == 0


@pytest.mark.parametrize(
    "source",
    ["", '"""Fares."""\n', "import fares\n# nothing yet\n"],
    ids=["empty", "words", "import"],
)
def test_where_there_is_nothing_yet_nothing_is_held(small, source):
    assert {one.cause for one in style(small, source).items} == {"untouched"}


def test_a_starter_is_nothing_of_the_learners(small):
    from grader.catalogue import make_starters

    (small.folder / "fares.py").write_text(CLEAN)
    exercise = small.exercise(("fares.py",), TABLE)
    (small.folder.parent / "starters.json").write_bytes(make_starters([exercise]))
    result = small.run("style", exercise, {"fares.py": CLEAN})
    assert {one.reason for one in result.items} == {"there is nothing of yours to look at yet"}


def test_a_file_that_is_missing(small):
    assert {one.reason for one in style(small, {}).items} == {"fares.py was not handed in"}


@pytest.mark.parametrize(
    "source",
    [
        "x = " + "(" * 5_000 + ")" * 5_000 + "\n",
        "x = " + "-" * 60_000 + "1\n",
        "x" + ".a" * 100_000 + "\n",
        "\0",
        "# -*- coding: nonsense -*-\nx = 1\n",
        "x = 1\n" + "y = 1;" * 30_000 + "\n",
        "é\udcff = 1\n",
        "def f():\n"
        + "".join("    " * n + "if x:\n" for n in range(1, 90))
        + "    " * 90
        + "pass\n",
    ],
    ids=["brackets", "minuses", "dots", "null", "coding", "findings", "bytes", "deep"],
)
def test_hostile_sources_are_told_and_nothing_breaks(small, source):
    result = style(small, source)
    assert result.outcome is Outcome.FAILED
    assert all(len(one.reason) < 700 for one in result.items)


def test_names_of_the_learners_are_made_visible(small):
    source = CLEAN + "\n\nimport os as \u0130\u0308x\n"
    reasons = "".join(one.reason for one in style(small, source).items)
    assert "\x1b" not in reasons


def test_what_we_have_no_words_for_is_told_in_ruffs_own(small):
    finding = linting.Finding("a.py", linting.Location(1), "Some \x1b[31m `x` words", code="ZZ1")
    assert in_words(finding) == r"Some \x1b[31m `x` words"


@pytest.mark.parametrize(
    ("table", "said"),
    [
        ('profiles = ["nameing"]', "did you mean `naming`"),
        ('files = ["nothing.py"]', "`nothing.py` is not a Python file of the work"),
    ],
)
def test_a_table_that_asks_for_what_is_not_there(small, table, said):
    with pytest.raises(ExerciseError, match=said):
        style(small, CLEAN, f"[checks.style]\n{table}\n")


def test_ruff_missing_or_crashing_is_broken_and_takes_only_its_own_codes(small, monkeypatch):
    def missing():
        raise SandboxError("ruff is not here")

    monkeypatch.setattr(linting, "find_ruff", missing)
    exercise = small.exercise(("fares.py",), TABLE)
    from grader.checks import Context

    context = Context(exercise, {"fares.py": CLEAN.encode()}, {}, None, None)
    (result,) = run_checks(context)
    assert (result.outcome, result.ksbs, result.required) == (Outcome.BROKEN, ("S8",), False)
    assert result.tutor_notes == ("ruff is not here",)
    untagged = small.exercise(("fares.py",), "[checks.style]\n")
    (result,) = run_checks(Context(untagged, context.work, {}, None, None))
    assert result.outcome is Outcome.BROKEN
    assert not result.evidence


@pytest.mark.parametrize("script", ["exit 7", "kill -SEGV $$", "echo '{'"])
def test_a_ruff_that_goes_wrong_is_not_the_learners_fault(small, monkeypatch, tmp_path, script):
    fake = tmp_path / "ruff"
    fake.write_text(f"#!/bin/sh\n{script}\n")
    fake.chmod(0o755)
    monkeypatch.setattr(linting, "find_ruff", lambda: str(fake))
    with pytest.raises(SandboxError):
        style(small, CLEAN)


@pytest.mark.parametrize("script", ["kill -XCPU $$", "kill -KILL $$"])
def test_a_ruff_that_runs_into_a_limit_was_given_too_much(small, monkeypatch, tmp_path, script):
    fake = tmp_path / "ruff"
    fake.write_text(f"#!/bin/sh\n{script}\n")
    fake.chmod(0o755)
    monkeypatch.setattr(linting, "find_ruff", lambda: str(fake))
    assert {one.cause for one in style(small, CLEAN).items} == {"too-much"}


def test_no_rule_belongs_to_two_profiles():
    seen = [rule for profile in table().profiles.values() for rule in profile.rules]
    assert len(seen) == len(set(seen))


def test_every_word_belongs_to_a_profile_and_can_be_filled_in():
    rules = {rule for profile in table().profiles.values() for rule in profile.rules}
    for code, words in table().words.items():
        assert code in rules or code.rstrip("0123456789") in rules, code
        assert words.format(name="x")
        assert not words.endswith(".")
