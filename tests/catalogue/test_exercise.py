"""Reading `exercise.toml`: the facts, and every problem in one go."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import msgspec
import pytest

from grader.catalogue import SandboxNeeds, given_files, is_plain_relative, read_exercise
from grader.errors import ExerciseError

Write = Callable[..., Path]
PLACE = "exercises/price-a-journey/exercise.toml"


def problems_of(folder: Path, known: dict[str, Any], **more: Any) -> tuple[str, ...]:
    with pytest.raises(ExerciseError) as caught:
        read_exercise(folder, **known, **more)
    assert str(caught.value).splitlines()[1:] == list(caught.value.problems)
    return caught.value.problems


def test_a_sound_exercise(write_exercise: Write, known: dict[str, Any]) -> None:
    folder = write_exercise()
    exercise = read_exercise(folder, **known)
    assert exercise.id == "price-a-journey"
    assert exercise.folder == folder
    assert (exercise.title, exercise.client, exercise.track) == (
        "Price a journey",
        "Tapline",
        "build",
    )
    assert (exercise.difficulty, exercise.minutes, exercise.after) == (1, 45, ())
    assert (exercise.duties, exercise.ksbs) == (("D1", "D7"), ("S1", "S15", "K19"))
    assert exercise.work == ("fares.py", "test_fares.py")
    assert exercise.feedback == "sentence"
    assert exercise.sandbox == SandboxNeeds(loopback=True, seconds=5.0)
    assert list(exercise.checks) == ["own-tests", "hidden-suite"]  # the order of the file
    assert exercise.checks["own-tests"] == known["kinds"]["own-tests"](branch_coverage=90.0)
    assert exercise.checks["hidden-suite"] == known["kinds"]["hidden-suite"](
        ksbs=("S1", "K19"), needed=0.8
    )
    with pytest.raises(AttributeError):
        exercise.title = "other"  # type: ignore[misc]


def test_optional_tables_may_be_absent(exercises: Path, known: dict[str, Any]) -> None:
    folder = exercises / "small"
    folder.mkdir()
    (folder / "a.py").touch()
    (folder / "exercise.toml").write_text(
        'format = 1\ntitle = "T"\nclient = "C"\ntrack = "t"\ndifficulty = 3\nminutes = 5\n'
        'duties = []\nksbs = []\nwork = ["a.py"]\n',
        encoding="utf-8-sig",
    )
    exercise = read_exercise(folder, **known)
    assert (exercise.checks, exercise.sandbox, exercise.after) == ({}, SandboxNeeds(), ())


def test_the_id_is_the_folder_however_it_is_named(
    write_exercise: Write, known: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = write_exercise()
    monkeypatch.chdir(folder)
    assert read_exercise(Path(), **known).id == "price-a-journey"
    assert read_exercise(Path("../price-a-journey/."), **known).folder == folder


@pytest.mark.parametrize(
    ("old", "new", "problem"),
    [
        ('ksbs = ["S1", "S15', 'ksb = ["S1", "S15', "key `ksb` is unknown; did you mean "
         "`ksbs`?"),
        ("minutes = 45", 'minutes = "45"', "`minutes`: expected a whole number of minutes, 1 or "
         'more, found the text "45"'),
        ("minutes = 45", "minutes = 0", "`minutes`: expected a whole number of minutes, 1 or more, "
         "found the whole number 0"),
        ("difficulty = 1", "difficulty = 4", "`difficulty`: expected a whole number from 1 to 3, "
         "found the whole number 4"),
        ("difficulty = 1", "difficulty = true", "`difficulty`: expected a whole number from 1 to "
         "3, found `true`"),
        ('title = "Price a journey"', 'title = " "', "`title`: expected text that isn't empty, "
         'found the text " "'),
        ('title = "Price a journey"\n', "", "key `title` is missing: expected text that isn't "
         "empty"),
        ('"S15", ', '"S99", ', "`ksbs`: `S99` isn't a KSB of the standard"),
        ('"S15", ', '"s15", ', "`ksbs`: `s15` isn't a KSB of the standard; did you mean `S15`?"),
        ('"S15", ', '"S1", ', "`ksbs`: `S1` is listed twice"),
        ('"D7"', '"X"', "`duties`: `X` isn't a duty of the standard"),
        ("after = []", 'after = ["a", "a"]', "`after`: `a` is listed twice"),
        ("after = []", "after = [1]", "`after`, number 1: expected text, found the whole number 1"),
        ("format = 1\n", "", "key `format` is missing: write `format = 1`"),
        ('"test_fares.py"', '"nothing.py"', "`work`: `nothing.py` isn't in the folder; write its "
         "starter, it may be empty"),
        ('"test_fares.py"', '"Fares.py", "test_fares.py"', "`work`: `fares.py` is listed twice"),
        ('"test_fares.py"', '"README.md"', "`work`: `README.md` belongs to the exercise and can't "
         "be handed in"),
        ('["fares.py", "test_fares.py"]', "[]", "`work`: expected a list of file names, found a "
         "list of 0"),
        ("[checks.own-tests]", "[checks.own-test]", "[checks.own-test] is an unknown kind of "
         "check; did you mean `own-tests`?"),
        ("[checks.own-tests]\nbranch-coverage = 90", "[checks]\nown-tests = 3",
         "[checks.own-tests]: expected a table, found the whole number 3"),
        ("branch-coverage = 90", "branch-coverag = 90", "[checks.own-tests] key `branch-coverag` "
         "is unknown; did you mean `branch-coverage`?"),
        ("branch-coverage = 90", "branch-coverage = 101", "[checks.own-tests] `branch-coverage`: "
         "expected a number, 0 or more and 100 or less, found the whole number 101"),
        ("needed = 0.8", "needed = 80", "[checks.hidden-suite] `needed`: expected a share from 0 "
         "to 1, found the number 80.0"),
        ("needed = 0.8", "needed = nan", "[checks.hidden-suite] `needed`: expected a share from 0 "
         "to 1, found the number nan"),
        ('ksbs = ["S1", "K19"]', 'ksbs = ["S5"]', "[checks.hidden-suite] `ksbs`: `S5` isn't in "
         "the exercise's own `ksbs`, which are `S1`, `S15` and `K19`; add it there or take it out "
         "here"),
        ('ksbs = ["S1", "K19"]', 'ksbs = ["S1", "S1"]', "[checks.hidden-suite] `ksbs`: `S1` is "
         "listed twice"),
        ("loopback = true", "lopback = true", "[sandbox] key `lopback` is unknown; did you mean "
         "`loopback`?"),
        ("seconds = 5", "seconds = 0", "[sandbox] `seconds`: expected a number of seconds above 0, "
         "found the whole number 0"),
        ("seconds = 5", 'fresh = "modul"', '[sandbox] `fresh`: expected one of "test", "module", '
         'found the text "modul"; did you mean `module`?'),
        ("after = []", 'feedback = "value"', '`feedback`: expected one of "sentence", "values", '
         'found the text "value"; did you mean `values`?'),
    ],
)  # fmt: skip
def test_each_problem_is_one_plain_line(
    write_exercise: Write, known: dict[str, Any], old: str, new: str, problem: str
) -> None:
    found = problems_of(write_exercise("price-a-journey", (old, new)), known)
    assert f"{PLACE}: {problem}" in found
    expected = 2 if "ksb = [" in new or '"Fares.py"' in new else 1
    assert len(found) == expected  # one slip isn't reported in several ways


def test_all_problems_of_a_file_come_at_once(write_exercise: Write, known: dict[str, Any]) -> None:
    folder = write_exercise(
        "price-a-journey",
        ("difficulty = 1", "difficulty = 9"),
        ("branch-coverage", "coverage"),
        ("loopback = true", "loopback = 1"),
        ('"D7"', '"D70"'),
        ("title", "titel"),
    )
    found = problems_of(folder, known)
    assert len(found) == 6
    assert all(line.startswith(PLACE + ": ") for line in found)


def test_a_later_format_says_only_that(write_exercise: Write, known: dict[str, Any]) -> None:
    folder = write_exercise("price-a-journey", ("format = 1", "format = 2\nnew-key = 1"))
    assert problems_of(folder, known) == (
        f"{PLACE}: `format` is 2 but this grader reads 1: update the grader",
    )


def test_a_file_that_is_not_toml(write_exercise: Write, known: dict[str, Any]) -> None:
    found = problems_of(write_exercise("price-a-journey", ("minutes = 45", "minutes 45")), known)
    assert len(found) == 1
    assert found[0].startswith(f"{PLACE} isn't valid TOML: Expected '=' after a key")
    assert "line 7" in found[0]


@pytest.mark.parametrize("name", ["Fares", "1st", "a_b", "a b", "été"])
def test_ids_follow_the_grammar(write_exercise: Write, known: dict[str, Any], name: str) -> None:
    found = problems_of(write_exercise(name), known)
    assert found == (
        f"exercises/{name}/exercise.toml: the folder's name `{name}` is the exercise's id: use "
        "small letters, digits and hyphens, starting with a letter, as in `price-a-journey`",
    )


@pytest.mark.parametrize(
    "name",
    ["../a.py", "/a.py", "a/../b.py", "a//b.py", "./a.py", "a\\b.py", ".hidden", "a/.b", "a/", "",
     ".", "a\nb", "a\u202eb", "a\0b"],
)  # fmt: skip
def test_work_stays_inside_the_folder(
    write_exercise: Write, known: dict[str, Any], name: str
) -> None:
    assert not is_plain_relative(name)
    toml_text = msgspec.json.encode(name).decode()
    found = problems_of(
        write_exercise("price-a-journey", ('"test_fares.py"', toml_text.replace("\x7f", ""))), known
    )
    assert len(found) == 1
    assert "`work`" in found[0]


@pytest.mark.parametrize("name", ["a.py", "a/b.py", "trace.log", "a b.txt", "été.csv"])
def test_plain_names_are_fine(name: str) -> None:
    assert is_plain_relative(name)


def test_a_learners_copy_may_lack_a_work_file(write_exercise: Write, known: dict[str, Any]) -> None:
    folder = write_exercise()
    (folder / "fares.py").unlink()
    assert problems_of(folder, known)
    assert read_exercise(folder, **known, need_starters=False).work[0] == "fares.py"


def test_options_given_twice_over_are_toml_errors(
    write_exercise: Write, known: dict[str, Any]
) -> None:
    folder = write_exercise("price-a-journey", ("[sandbox]", "[checks.own-tests]\n[sandbox]"))
    assert "isn't valid TOML" in problems_of(folder, known)[0]


def test_given_files_are_what_is_left(write_exercise: Write, known: dict[str, Any]) -> None:
    folder = write_exercise()
    for name in (
        "README.md", "tariff.py", "data/stations.csv", "examples/test_x.py", ".hidden",
        "__pycache__/tariff.pyc", "old.pyc", ".ipynb_checkpoints/tariff.py", "data/README.md",
    ):  # fmt: skip
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_text("x", encoding="utf-8")
    (folder / "link.csv").symlink_to(folder / "data/stations.csv")
    exercise = read_exercise(folder, **known)
    assert given_files(exercise) == ("data/README.md", "data/stations.csv", "tariff.py")
