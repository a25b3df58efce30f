"""Archives, downloads of a learning platform, loose files: whose, for what, and when."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader.cohort.corrections import Corrections
from grader.cohort.identity import Identity, Person
from grader.cohort.intake import take_in
from grader.cohort.listing import masked, sentences
from grader.cohort.manifests import disagreements, made_at, read_manifest
from grader.cohort.spool import Spool
from grader.errors import UsageError
from grader.evidence import Help
from grader.submission import is_closed_folder
from tests.cohort.conftest import MADE, zipped

NOW = datetime(2026, 3, 10, tzinfo=UTC)
COURSE = {
    "price-a-journey": ("fares.py", "test_fares.py"),
    "first-unit": ("zones.py", "test_zones.py"),
    "print-trace": ("fares.py",),
}


def lay(root, files):
    for name, data in files.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_bytes(data if isinstance(data, bytes) else data.encode())
    return root


def take(root, identity=None, **options):
    return take_in(root, COURSE, identity or Identity(), now=NOW, **options)


def found(intake):
    return [(one.apprentice, one.exercise) for one in intake.found]


def told(intake):
    return " ".join(one.sentence for one in intake.unmatched)


def test_an_archive_of_ones_own_is_dated_by_its_manifest(tmp_path, hand_in_zip):
    lay(tmp_path, {"hand-in-heron-4821-20260302-093000.zip": hand_in_zip("heron-4821", attempt=3)})
    intake = take(tmp_path)
    (one,) = intake.found
    assert (one.apprentice, one.exercise) == ("heron-4821", "first-unit")
    assert (one.handed_in_at, one.claim.attempt, one.help) == (MADE, 3, Help.NONE)
    assert one.claim.files
    assert intake.unmatched == ()
    assert set(intake.identity.people) == {"heron-4821"}


def test_several_hand_ins_are_attempts_in_the_order_of_their_paths(tmp_path, hand_in_zip):
    later = hand_in_zip("heron-4821", made=MADE + timedelta(days=2))
    lay(
        tmp_path,
        {
            "heron-4821/a.zip": later,
            "heron-4821/b.zip": hand_in_zip("heron-4821"),
            "hand-in-heron-4821-20260303-093000 (1).zip": hand_in_zip(
                "heron-4821", made=MADE + timedelta(days=1)
            ),
        },
    )
    times = [one.handed_in_at - MADE for one in take(tmp_path).found]
    assert times == [timedelta(days=number) for number in (1, 2, 0)]


def test_hints_are_told_as_help(tmp_path, hand_in_zip):
    hints = [{"at": "2026-03-02T08:00:00Z", "source": "ticket"}]
    lay(tmp_path, {"heron-1.zip": hand_in_zip("heron-1", hints=hints)})
    assert take(tmp_path).found[0].help is Help.HINT


@pytest.mark.parametrize(
    ("files", "words"),
    [
        # another's id inside
        ({"heron-1/a.zip": "heron-2"}, "heron-1/a.zip says that it is by heron-2 and lies with"),
        # two who claim one id
        (
            {"Ada Moss_111_assignsubmission_file_/a.zip": "heron-9", "Bo Kim/b.zip": "heron-9"},
            "says that it is by heron-9, and somebody else's hand-in does so too",
        ),
        # an id that is somebody's own folder
        (
            {"Ada Moss/a.zip": "heron-1", "heron-1/b.zip": "heron-1"},
            "Ada Moss says that it is by heron-1, and somebody else's",
        ),
        # a person whose line has a name
        ({"work.zip": "lynx-7"}, "work says that it is by lynx-7, whose line in the identity file"),
    ],
)
def test_a_claim_to_be_somebody_else_is_listed_and_not_graded(files, words, tmp_path, hand_in_zip):
    lay(tmp_path, {name: hand_in_zip(who) for name, who in files.items()})
    intake = take(tmp_path, Identity([Person("lynx-7", name="Lena Nix")]))
    assert words in told(intake)
    assert all(one.apprentice == "heron-1" for one in intake.found)
    assert len(intake.found) + len(intake.unmatched) == len(files)


@pytest.mark.parametrize("people", [(), (Person("heron-9"),)])
def test_an_id_that_nobody_has_is_not_claimed_without_the_tutor(people, tmp_path, hand_in_zip):
    label = "Ada Moss_111_assignsubmission_file_"
    lay(tmp_path, {f"{label}/a.zip": hand_in_zip("heron-9")})
    intake = take(tmp_path, Identity(people))
    assert found(intake) == []
    assert intake.identity.people == Identity(people).people
    (entry,) = intake.entries
    assert "an id that nobody has yet. Ask whether it is theirs" in entry.left_out[0].why
    assert entry.left_out[0].correction == f'people."{label}" = "heron-9"'
    said = Corrections(people={label: "heron-9"})
    intake = take(tmp_path, Identity(people), corrections=said)
    assert found(intake) == [("heron-9", "first-unit")]
    if people:
        return
    person = intake.identity.people["heron-9"]
    assert (person.name, person.folder) == ("Ada Moss", label)
    # In the next download the number is another one.
    (tmp_path / label).rename(tmp_path / label.replace("111", "222"))
    assert take(tmp_path, intake.identity).identity.people == intake.identity.people


def test_a_name_can_not_be_claimed_as_an_id(tmp_path, hand_in_zip):
    lay(tmp_path, {"work.zip": hand_in_zip("adamoss")})
    intake = take(tmp_path)
    assert found(intake) == []
    assert "adamoss" not in intake.identity.people
    assert "says that it is by adamoss" in told(intake)


MOODLE = {
    "Ada Moss_111_assignsubmission_file_/zones.py": "x = 1\n",
    "Ada Moss_111_assignsubmission_file_/notes.txt": "mine",
    "Bo Kim_112_assignsubmission_file_/my work/first-unit/zones.py": "x = 1\n",
    "Cy Dee_113_assignsubmission_file_/work.zip": zipped({"first-unit/zones.py": "x = 1\n"}),
    "Di Ede_114_assignsubmission_file_zones.zip": zipped({"zones.py": "x = 1\n"}),
    "Ed Fox_115_assignsubmission_onlinetext_/onlinetext.html": "<p>done</p>",
}


def test_a_moodle_download(tmp_path):
    intake = take(lay(tmp_path, MOODLE))
    people = {one.id: one.name for one in intake.identity.people.values()}
    assert sorted(people[one.apprentice] for one in intake.found) == [
        "Ada Moss", "Bo Kim", "Cy Dee", "Di Ede"
    ]  # fmt: skip
    assert {one.exercise for one in intake.found} == {"first-unit"}
    assert "notes.txt wasn't taken as work for first-unit" in told(intake)
    assert "onlinetext.html is a file that belongs to no exercise" in told(intake)
    # What reports repeat has no name of anybody who has an id.
    shared = " ".join(sentences(masked(intake.entries, intake.identity)))
    assert "notes.txt wasn't taken" in shared
    assert not [name for name in ("Ada", "Moss") if name in shared]


def test_two_of_one_name_in_a_download_are_nobody_until_it_is_said(tmp_path):
    one, two = (f"Jo Kim_{number}_assignsubmission_file_" for number in (111, 222))
    lay(tmp_path, {f"{one}/zones.py": "x", f"{two}/zones.py": "x"})
    intake = take(tmp_path)
    assert found(intake) == []
    assert told(intake).count("is one of two labels with the same name") == 2
    known = Identity([Person("a-1", name="Jo Kim", folder=one), Person("a-2", folder=two)])
    assert found(take(tmp_path, known)) == [("a-1", "first-unit"), ("a-2", "first-unit")]


def test_a_name_of_two_people_is_told(tmp_path):
    known = Identity([Person("a-1", name="Jo Kim"), Person("a-2", name="Jo Kim")])
    intake = take(lay(tmp_path, {"Jo Kim/zones.py": "x"}), known)
    assert "Jo Kim could be a-1 or a-2" in told(intake)
    assert set(intake.identity.people) == {"a-1", "a-2"}


def test_loose_files_belong_to_what_they_fit_best(tmp_path):
    lay(tmp_path / "one", {"heron-1/fares.py": "x", "heron-1/test_fares.py": "x"})
    assert found(take(tmp_path / "one")) == [("heron-1", "price-a-journey")]
    lay(tmp_path / "two", {"heron-1/fares.py": "x"})
    intake = take(tmp_path / "two")
    assert found(intake) == []
    assert "fares.py could be for price-a-journey or print-trace" in told(intake)
    assert found(take(tmp_path / "two", only=["print-trace"])) == [("heron-1", "print-trace")]


def test_a_notebook_belongs_to_the_exercises_of_its_cells(tmp_path):
    cell = {"cell_type": "code", "metadata": {}, "outputs": [], "execution_count": None}
    cell["source"] = "%%workfile print-trace/fares.py\nx = 1\n"
    book = {"cells": [cell], "metadata": {}, "nbformat": 4, "nbformat_minor": 5}
    lay(tmp_path, {"heron-1/mine.ipynb": json.dumps(book), "heron-2/other.ipynb": "{"})
    intake = take(tmp_path)
    assert found(intake) == [("heron-1", "print-trace")]
    assert intake.found[0].place.name == "mine.ipynb"
    assert "other.ipynb is a file that belongs to no exercise" in told(intake)


def test_a_whole_download_may_be_one_archive(tmp_path):
    files = {"heron-1/zones.py": "x", "heron-2/w.zip": zipped({"zones.py": "y"}), "._x": "z"}
    (tmp_path / "all.zip").write_bytes(zipped(files))
    (tmp_path / "spool").mkdir()
    intake = take(tmp_path / "all.zip", spool=Spool(tmp_path / "spool"))
    assert found(intake) == [("heron-1", "first-unit"), ("heron-2", "first-unit")]
    assert [one.shown for one in intake.found] == ["heron-1", "heron-2/w.zip"]
    with pytest.raises(UsageError, match="Unpack it"):
        take(tmp_path / "all.zip")
    (tmp_path / "bad.zip").write_bytes(zipped({"../x.py": "x"}))
    with pytest.raises(UsageError, match=r"leads outside.*name the folder"):
        take(tmp_path / "bad.zip", spool=Spool(tmp_path / "spool"))


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"PK\3\4 cut short", "isn't a whole zip archive"),
        (zipped({"../zones.py": "x"}), "leads outside"),
        (zipped({"/etc/zones.py": "x"}), "an absolute path"),
        (zipped({"a" * 500: "x"}), "is 500 bytes long"),
        (zipped({"manifest.json": "x" * 2_000_000, "first-unit/zones.py": "x"}), "manifest.json"),
        (zipped({"notes.txt": "x"}), "without work for an exercise"),
        (zipped({"a/first-unit/zones.py": "x", "b/first-unit/zones.py": "x"}), "twice"),
        (zipped({"fares.py": "x"}), "without work for an exercise"),
    ],
)
def test_an_archive_that_can_not_be_taken_is_listed(data, words, tmp_path):
    lay(tmp_path, {"heron-1/work.zip": data, "heron-2/zones.py": "x"})
    intake = take(tmp_path)
    assert found(intake) == [("heron-2", "first-unit")]
    assert words in told(intake)


def test_a_lone_archive_that_can_not_be_read_is_nobody_s(tmp_path):
    intake = take(lay(tmp_path, {"evil\x1b[2J.zip": b"PK"}))
    assert intake.identity.people == {}
    assert r"evil\x1b[2J.zip" in told(intake)


@pytest.mark.parametrize(
    ("manifest", "words"),
    [
        (b"[]", "isn't as `grade hand-in` writes it"),
        (b"{" * 5000, "isn't as"),
        (b'{"format":9,"made":"","grader":"","apprentice":"a","exercises":[]}', "newer grader"),
        (
            b'{"made":"","grader":"","apprentice":"a","exercises":[{"id":"e","attempt":0,'
            b'"exercise_digest":"","work_digest":"","files":{}}]}',
            "isn't from 1 to 1,000",
        ),
        (
            b'{"made":"","grader":"","apprentice":"a","exercises":['
            + b",".join(
                [b'{"id":"e","attempt":1,"exercise_digest":"","work_digest":"","files":{}}'] * 2
            )
            + b"]}",
            "names an exercise twice",
        ),
    ],
)
def test_a_manifest_that_can_not_be_is_told_and_the_work_is_taken(manifest, words, tmp_path):
    assert words in read_manifest(manifest)
    lay(tmp_path, {"heron-1.zip": zipped({"manifest.json": manifest, "first-unit/zones.py": "x"})})
    (one,) = take(tmp_path).found
    assert (one.claim, one.handed_in_at) == (None, None)
    assert words in " ".join(one.remarks)


@given(st.binary(max_size=60))
def test_a_manifest_may_be_any_bytes(data):
    assert read_manifest(data)


@pytest.mark.parametrize(
    "made", ["", "soon", "2026-03-02T09:30:00", "1999-01-01T00:00:00Z", "2026-03-12T09:00:00Z"]
)
def test_a_time_that_can_not_be_is_not_believed(made, tmp_path):
    data = zipped(
        {
            "manifest.json": b'{"made":"%s","grader":"","apprentice":"heron-1","exercises":[]}'
            % made.encode(),
            "first-unit/zones.py": "x",
        }
    )
    lay(tmp_path, {"heron-1.zip": data})
    (one,) = take(tmp_path).found
    assert one.handed_in_at is None
    assert f"made at `{made}`, which can't be" in one.remarks[0]
    assert "doesn't name first-unit" in one.remarks[1]


def test_what_a_manifest_names_and_does_not_hold_is_listed(tmp_path, hand_in_zip):
    lay(tmp_path, {"heron-1.zip": hand_in_zip("heron-1", "no-such\x1b")})
    assert r"names no-such\x1b in its manifest.json and holds no work" in told(take(tmp_path))


def test_digests_are_made_again(tmp_path, hand_in_zip):
    lay(tmp_path, {"heron-1.zip": hand_in_zip("heron-1")})
    claim = take(tmp_path).found[0].claim
    assert list(disagreements(claim, {"zones.py": b"x = 1\n"}, "sha256:aa")) == []
    said = list(disagreements(claim, {"zones.py": b"x = 2\n", "more.py": b""}, "sha256:bb"))
    assert "more.py is not in manifest.json" in said[0]
    assert "zones.py isn't what manifest.json says" in said[1]
    assert "another version of this exercise" in said[2]
    assert "which isn't there" in next(disagreements(claim, {}, "sha256:aa"))


NAMES = st.text(st.characters(exclude_characters="/\0", exclude_categories=["Cs"]), min_size=1)


@given(st.lists(NAMES.map(lambda name: name[:40]), max_size=4, unique=True))
def test_any_names_are_taken_or_listed_and_shown_safely(names):
    import tempfile
    from pathlib import Path

    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder, "in")
        root.mkdir()
        made = 0
        for name in names:
            if name not in (".", "..") and len(name.encode()) < 200:
                (root / name).mkdir(exist_ok=True)
                (root / name / "zones.py").write_text("x")
                made += not is_closed_folder(name)
        intake = take(root)
        assert len(intake.found) + len(intake.unmatched) == made
        assert all(one.sentence.isprintable() for one in intake.unmatched)
        ids = {one.apprentice for one in intake.found}
        assert all(one.isascii() and one.isprintable() for one in ids)


def test_made_at_is_in_utc(hand_in_zip):
    manifest = read_manifest(
        b'{"made":"2026-03-02T10:30:00+01:00","grader":"","apprentice":"a","exercises":[]}'
    )
    assert made_at(manifest, NOW) == MADE
