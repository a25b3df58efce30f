"""`corrections.toml`: read with all its problems at once, written a line at a time."""

from __future__ import annotations

import tomllib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader.cohort import kept_lists
from grader.cohort.corrections import line, read_corrections
from grader.cohort.identity import Identity, Person
from grader.cohort.listing import masked, sentences
from grader.errors import UsageError
from grader.results import IntakeEntry, IntakeLeft, IntakeWork

COURSE = {"price-a-journey": ("fares.py", "test_fares.py"), "first-unit": ("zones.py",)}
KEYS = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=30)


def test_each_correction_is_read(tmp_path):
    path = tmp_path / "corrections.toml"
    path.write_text(
        """people."Ben Hill" = "heron-1"
exercises."Ben Hill/stuff/" = "first-unit"
exercises."Ben Hill/a.py" = "price-a-journey/fares.py"
ignore."notes.txt" = true
ignore."kept.txt" = false
layers."round-1" = true
""",
        "utf-8",
    )
    said = read_corrections(path, COURSE)
    assert said.person("Ben Hill") == "heron-1"
    assert said.exercise("Ben Hill/stuff") == ("first-unit", "")
    assert said.exercise("Ben Hill/a.py") == ("price-a-journey", "fares.py")
    assert said.ignores("notes.txt")
    assert not said.ignores("kept.txt")
    assert said.is_layer("round-1")
    assert said.unused(["Ben Hill", "Ben Hill/stuff", "notes.txt"]) == ["Ben Hill/a.py", "round-1"]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ('peeple."a" = "b"', "key `peeple` is unknown; did you mean `people`?"),
        (
            'exercises."a" = "price-a-jurney"',
            "no exercise `price-a-jurney`; did you mean `price-a-",
        ),
        (
            'exercises."a" = "first-unit/zone.py"',
            "no work file `zone.py`; did you mean `zones.py`?",
        ),
        ('people."a" = "Ben Hill"', "`Ben Hill` is no id of an apprentice"),
        ('people."a" = 1', "expected"),
        ('ignore."a" = "yes"', "expected"),
        ("format = 99", "this grader reads 1"),
        ("people = ", "isn't valid TOML"),
    ],
)
def test_problems_are_told(text, words, tmp_path):
    path = tmp_path / "corrections.toml"
    path.write_text(text, "utf-8")
    with pytest.raises(UsageError) as caught:
        read_corrections(path, COURSE)
    assert words in str(caught.value)


@given(KEYS)
def test_a_line_reads_back_whatever_the_label(key):
    found = line("ignore", key, True)
    assert found.isprintable()
    assert tomllib.loads(found) == {"ignore": {key: True}}


LABEL = "Ada Moss_111_assignsubmission_file_"
ENTRIES = (
    IntakeEntry(
        label=LABEL,
        apprentice="heron-1",
        known_by="new",
        work=(IntakeWork(exercise="first-unit", place=f"{LABEL}zones.py", files=("zones.py",)),),
        left_out=(
            IntakeLeft(place=f"{LABEL}/x", why="is odd", correction=line("ignore", LABEL, True)),
        ),
        correction=line("people", LABEL, "ID"),
    ),
    IntakeEntry(label="Bo Kim", left_out=(IntakeLeft(place="Bo Kim", why="is nobody"),)),
)


def test_a_list_that_is_kept_names_nobody_who_has_an_id(tmp_path):
    book = tmp_path / "gradebook.db"
    listed = masked(ENTRIES, Identity([Person("heron-1", name="Ada Moss", folder=LABEL)]))
    assert sentences(listed) == ("heron-1/x is odd.", "Bo Kim is nobody.")
    assert listed[0].label == "heron-1"
    assert listed[0].work[0].place == "heron-1/zones.py"
    kept_lists.keep(book, tmp_path / "a", listed)
    kept_lists.keep(book, tmp_path / "b", listed[1:])
    kept_lists.keep(book, tmp_path / "a", listed)
    assert kept_lists.kept(book) == (listed[1], *listed)
    path = kept_lists.place_of(book)
    assert "Ada" not in path.read_text()
    assert path.stat().st_mode & 0o777 == 0o600
    kept_lists.forget(book, ["heron-1"])
    assert kept_lists.kept(book) == (listed[1], listed[1])
    path.write_text("{")
    assert kept_lists.kept(book) == ()
