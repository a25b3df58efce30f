"""What lies in a folder of submissions is matched or listed, never dropped."""

from __future__ import annotations

import os

import pytest

from grader.cohort.identity import Identity, Person
from grader.cohort.intake import take_in
from grader.errors import UsageError

COURSE = {
    "price-a-journey": ("fares.py", "test_fares.py"),
    "first-unit": ("zones.py", "test_zones.py"),
}


def _tree(root, *paths):
    for path in paths:
        (root / path).mkdir(parents=True, exist_ok=True)
    return root


def _found(intake):
    return [(one.apprentice, one.exercise) for one in intake.found]


def test_a_folder_a_person_and_a_folder_an_exercise(tmp_path):
    root = _tree(
        tmp_path, "heron-1/price-a-journey", "heron-1/first-unit", "heron-2/exercises/first-unit"
    )
    intake = take_in(root, COURSE, Identity())
    assert _found(intake) == [
        ("heron-1", "first-unit"),
        ("heron-1", "price-a-journey"),
        ("heron-2", "first-unit"),
    ]
    assert intake.unmatched == ()
    assert set(intake.identity.people) == {"heron-1", "heron-2"}


def test_a_name_gets_a_pseudonym_and_keeps_it(tmp_path):
    root = _tree(tmp_path, "Jane Smith/first-unit")
    first = take_in(root, COURSE, Identity())
    (name,) = first.identity.people
    assert "Jane" not in name
    again = take_in(root, COURSE, first.identity)
    assert _found(again) == [(name, "first-unit")]
    assert again.identity.people == first.identity.people


@pytest.mark.parametrize(
    ("path", "words"),
    [
        ("first-unit", "first-unit is an exercise, and a person's folder was expected"),
        (
            "heron-1/frist-unit",
            "heron-1/frist-unit is no exercise of this course; is it first-unit",
        ),
        ("heron-1/holiday", "heron-1/holiday is no exercise of this course, and holds"),
        ("heron-1", "heron-1 holds no exercise"),
    ],
)
def test_what_can_not_be_matched_is_listed_with_the_nearest_guess(path, words, tmp_path):
    intake = take_in(_tree(tmp_path, path), COURSE, Identity())
    assert intake.found == ()
    assert words in " ".join(one.sentence for one in intake.unmatched)


def test_a_closed_identity_file_lists_strangers(tmp_path):
    known = Identity([Person("heron-1", name="Jane Smith")])
    root = _tree(tmp_path, "Jane Smit/first-unit", "heron-1/first-unit")
    intake = take_in(root, COURSE, known, closed=True)
    assert _found(intake) == [("heron-1", "first-unit")]
    assert "Nearest is heron-1" in intake.unmatched[0].sentence
    assert set(intake.identity.people) == {"heron-1"}


def test_links_and_files_and_hidden_names_are_not_followed(tmp_path):
    root = _tree(tmp_path / "in", "heron-1/first-unit", ".git/first-unit")
    outside = _tree(tmp_path / "out", "first-unit")
    os.symlink(outside, root / "heron-2")
    os.symlink(outside / "first-unit", root / "heron-1" / "price-a-journey")
    (root / "notes\n\x1b[2J.txt").write_text("x")
    intake = take_in(root, COURSE, Identity())
    assert _found(intake) == [("heron-1", "first-unit")]
    told = [one.sentence for one in intake.unmatched]
    assert any("is a link" in sentence for sentence in told)
    assert any(r"notes\n\x1b[2J.txt is a file" in sentence for sentence in told)
    assert not any("\x1b" in sentence for sentence in told)


def test_a_folder_that_is_none_is_refused(tmp_path):
    with pytest.raises(UsageError, match="isn't a folder"):
        take_in(tmp_path / "none", COURSE, Identity())


def test_a_copy_beside_an_exercise_is_listed_and_alone_is_taken(tmp_path):
    root = _tree(tmp_path, "heron-1/price-a-journey", "heron-1/price-a-journey (1)")
    for name in ("price-a-journey", "price-a-journey (1)"):
        (root / "heron-1" / name / "fares.py").write_text("x = 1\n")
    intake = take_in(root, COURSE, Identity())
    assert [one.place.name for one in intake.found] == ["price-a-journey"]
    (left,) = intake.unmatched
    assert left.name == "heron-1/price-a-journey (1)"
    assert "but a folder of that name is there as well" in left.sentence
    (root / "heron-1" / "price-a-journey" / "fares.py").unlink()
    (root / "heron-1" / "price-a-journey").rmdir()
    alone = take_in(root, COURSE, Identity())
    assert [one.place.name for one in alone.found] == ["price-a-journey (1)"]
