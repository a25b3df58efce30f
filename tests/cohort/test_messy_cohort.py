"""A cohort as tutors get it, in all forms at once: label, person, exercise, files."""

from __future__ import annotations

import json
import unicodedata
from datetime import UTC, datetime

import pytest

from grader.cohort.corrections import Corrections
from grader.cohort.identity import Identity, Person
from grader.cohort.intake import take_in
from grader.cohort.spool import Spool
from grader.submission import read_submission
from tests.cohort.conftest import zipped
from tests.cohort.test_hand_ins import lay

NOW = datetime(2026, 3, 10, tzinfo=UTC)
COURSE = {
    "price-a-journey": ("fares.py", "test_fares.py"),
    "first-unit": ("zones.py", "test_zones.py"),
    "csv-intake": ("intake.py",),
}


def notebook(mark, text="x = 1\n"):
    cell = {"cell_type": "code", "metadata": {}, "outputs": [], "execution_count": None}
    cell["source"] = f"\n%%workfile {mark}\n{text}"
    book = {"cells": [cell], "metadata": {}, "nbformat": 4, "nbformat_minor": 5}
    return json.dumps(book)


def with_backslashes(files):
    return zipped(files).replace(b"/", b"\\")


M = "assignsubmission_file_"
MESSY = {
    # Moodle: a folder a person, files flat, both, an archive, several archives, nothing but text
    f"Amelia Clarke_1300101_{M}/fares.py": "amelia",
    f"Ben Hill_1200105_{M}fares.py": "ben",
    f"Ben Hill_1200105_{M}test_fares.py": "ben's tests",
    "Ben Hill_1200105_assignsubmission_onlinetext_/onlinetext.html": "<p>see files</p>",
    f"Cara Day_7_{M}/my work/price_a_journey/fares.py": "cara",
    f"Dan Obi_1200107_{M}work.zip": zipped({"price-a-journey (1)/fares.py": "dan"}),
    f"Eve Fox_1200108_{M}/one.zip": with_backslashes({"e/first-unit/zones.py": "eve"}),
    f"Eve Fox_1200108_{M}/two.zip": zipped({"price-a-journey/fares.py": "eve"}),
    f"Zoë Müller_1200109_{M}/price-a-journey.ipynb": notebook("price-a-journey/fares.py", "zoe\n"),
    f"Zoë Müller_1200109_{M}/price-a-journey_old.ipynb": notebook("price-a-journey/fares.py"),
    # Canvas: flat, late, handed in again
    "hillbea_12345_67890_fares.py": "bea",
    "kimjo_LATE_12346_67891_fares-1.py": "jo",
    "kimjo_LATE_12346_67892_zones.py": "jo",
    # Teams: a person, an assignment, versions
    "Submitted files/Omar Said/Fares/Version 1/fares.py": "omar 1",
    "Submitted files/Omar Said/Fares/Version 2/fares.py": "omar 2",
    "Submitted files/Omar Said/Fares/Version 10/fares.py": "omar 10",
    "Working files/Omar Said/Fares/fares.py": "not yet",
    # Google Classroom
    "Pia Lund - fares.py": "pia",
    "Pia Lund - intake.py": "pia",
    # as apprentices have it
    "heron-4821/first-unit/zones.py": "heron",
    "heron-4821/exercises/price-a-journey/fares.py": "heron",
    "heron-4822/price-a-journey/fares.py": "right",
    "heron-4822/price-a-journey (1)/fares.py": "older",
    # what can't be taken
    f"Gus Roy_1200110_{M}fares (1).py": "gus",
    f"Hal Bex_1200111_{M}/fares.py.txt": "hal",
    f"Ida Lee_1200112_{M}/fares.rar": "Rar!",
    f"Jan Poe_1200113_{M}work.docx": "PK",
    f"Kay Sim_1200114_{M}/notes.ipynb": notebook("other/x.py"),
    f"Lea Orr_1200115_{M}/all.zip": zipped({"inner.zip": zipped({"fares.py": "x"})}),
    "price-a-journey-4411/Mia Low_1200116_assignsubmission_file_/fares.py": "mia",
    "fares.py": "nobody's",
    "round 1/heron-4821/first-unit/zones.py": "older",
    # drives and systems
    "lost+found/fares.py": "x",
    "System Volume Information/IndexerVolumeGuid": "x",
    "$RECYCLE.BIN/S-1-5/fares.py": "x",
    "#recycle/fares.py": "x",
    "@eaDir/fares.py": "x",
    "__MACOSX/fares.py": "x",
    "__pycache__/fares.pyc": "x",
    "Thumbs.db": "x",
    "desktop.ini": "x",
    ".DS_Store": "x",
}
KNOWN = Identity(
    [
        Person("alder-1", name="Bea Hill"),
        Person("alder-2", name=unicodedata.normalize("NFD", "Zoë Müller")),
        Person("alder-3", name="Jo Kim"),
    ]
)
IDS = {"heron-4821", "heron-4822", "heron-1", "heron-2", "heron-7", "heron-8"}
WORK = {
    "Amelia Clarke": {"price-a-journey": "amelia"},
    "Ben Hill": {"price-a-journey": "ben"},
    "Cara Day": {"price-a-journey": "cara"},
    "Dan Obi": {"price-a-journey": "dan"},
    "Eve Fox": {"first-unit": "eve", "price-a-journey": "eve"},
    "alder-2": {"price-a-journey": "zoe"},
    "alder-1": {"price-a-journey": "bea"},
    "alder-3": {"price-a-journey": "jo", "first-unit": "jo"},
    "Omar Said": {"price-a-journey": "omar 1|omar 2|omar 10"},
    "Pia Lund": {"price-a-journey": "pia", "csv-intake": "pia"},
    "heron-4821": {"first-unit": "heron", "price-a-journey": "heron"},
    "heron-4822": {"price-a-journey": "right"},
}


def take(folder, root, **options):
    spool = folder / "spool"
    spool.mkdir(exist_ok=True)
    return take_in(root, COURSE, KNOWN, now=NOW, spool=Spool(spool), **options)


def work_of(intake):
    """The first line of each hand-in, by person (by name where the id is made up) and exercise."""
    graded: dict[str, dict[str, str]] = {}
    for one in intake.found:
        person = intake.identity.people[one.apprentice]
        known = one.apprentice in KNOWN.people or one.apprentice in IDS
        name = one.apprentice if known else person.name or person.folder
        files = read_submission(one.place, COURSE[one.exercise], exercise=one.exercise).files
        text = files[COURSE[one.exercise][0]].decode().strip()
        mine = graded.setdefault(name, {})
        mine[one.exercise] = "|".join(filter(None, [mine.get(one.exercise, ""), text]))
    return graded


def test_each_label_gives_the_right_person_exercise_and_files(tmp_path):
    intake = take(tmp_path, lay(tmp_path / "in", MESSY))
    assert work_of(intake) == WORK
    assert len(intake.identity.people) == len(WORK)
    ben = next(one for one in intake.found if one.files == ("fares.py", "test_fares.py"))
    assert intake.identity.people[ben.apprentice].name == "Ben Hill"
    late = {one.apprentice for one in intake.found if "late" in " ".join(one.remarks)}
    assert late == {"alder-3"}


@pytest.mark.parametrize(
    ("place", "words"),
    [
        ("fares (1).py", "if it is price-a-journey/fares.py, say so or rename it"),
        ("fares.py.txt", "if it is price-a-journey/fares.py, say so or rename it"),
        ("fares.rar", "unpack it here, or have a zip handed in"),
        ("work.docx", "programs are graded; ask for the file itself"),
        ("notes.ipynb", "none of the notebook's cells begins with `%%workfile EXERCISE/FILE`"),
        ("all.zip", "archives inside archives aren't opened. Unpack the outer one here"),
        ("price-a-journey-4411", "grade it by itself: grade cohort"),
        ("round 1", "grade it by itself: grade cohort"),
        ("fares.py", "its name doesn't say whose it is"),
        ("price-a-journey_old.ipynb", "price-a-journey.ipynb has the exercise's name and counts"),
        ("onlinetext.html", "text typed into the platform's own page"),
        ("price-a-journey (1)", "but a folder of that name is there as well"),
        ("Working files", "wasn't handed in yet"),
    ],
)
def test_what_is_left_out_says_why_and_what_to_do(place, words, tmp_path):
    intake = take(tmp_path, lay(tmp_path / "in", MESSY))
    lefts = [one for entry in intake.entries for one in entry.left_out]
    (left,) = [one for one in lefts if one.place.endswith(place) and words in one.why]
    assert left.correction or left.place.endswith((".rar", "all.zip"))
    assert len(lefts) == 13


def test_the_whole_download_as_one_archive_gives_the_same(tmp_path):
    made = {name: data for name, data in MESSY.items() if "\\" not in name}
    (tmp_path / "all.zip").write_bytes(zipped(made))
    assert work_of(take(tmp_path, tmp_path / "all.zip")) == WORK


def test_forms_of_accents_are_one_person_in_folders_too(tmp_path):
    for form in ("NFC", "NFD"):
        name = unicodedata.normalize(form, f"Zoë Müller_1200109_{M}/fares.py")
        intake = take(tmp_path, lay(tmp_path / form, {name: "zoe"}))
        assert work_of(intake) == {"alder-2": {"price-a-journey": "zoe"}}


ROUNDS = {
    "round-1/heron-1/first-unit/zones.py": "x",
    "round-2/heron-1/first-unit/zones.py": "y",
    "round-2/heron-2/first-unit/zones.py": "z",
}
SEVERAL = {
    "beside another person": {
        f"Price a journey-4411/Amelia Clarke_1300101_{M}/fares.py": "a",
        f"Ben Hill_1200105_{M}/fares.py": "b",
    },
    "assignments": {
        f"{task}/{name}_{number}_{M}/{file}": "x"
        for number, (task, file) in enumerate(
            [("Unit one-4410", "zones.py"), ("Fares-4411", "fares.py"), ("CSV-4412", "intake.py")],
            start=100,
        )
        for name in ("Amelia Clarke", "Ben Hill")
    },
    "rounds": ROUNDS,
    "flat files": {
        "Week 3/hillben_12345_67890_fares.py": "x",
        "Week 3/kimjo_12346_67891_fares.py": "y",
    },
    "plain names": {"Fares/Amelia Clarke/fares.py": "a", "Fares/Ben Hill/fares.py": "b"},
    "different exercises": {"Fares/Amelia/fares.py": "a", "Fares/Ben/zones.py": "b"},
    "one person": {"Fares/Amelia Clarke/fares.py": "a"},
    "named for an exercise": {"Price a journey/fares.py": "a"},
    "archive": {"everybody.zip": zipped({f"Amelia Clarke_1_{M}/fares.py": "a"})},
    "archive of names": {"S.zip": zipped({f"{one}/fares.py": "a" for one in ("Ann Bo", "Cy Di")})},
    "archives in a folder": {"cohort b/Ben Hill.zip": zipped({"fares.py": "b"})},
    "dates": {"2026-11-29/fares.py": "a"},
}  # fmt: skip


@pytest.mark.parametrize("form", SEVERAL)
def test_what_may_be_several_people_s_is_never_one_person(form, tmp_path):
    intake = take(tmp_path, lay(tmp_path / "in", SEVERAL[form]))
    assert intake.layers
    assert all("grade cohort" in one for one in intake.layers)
    graded = {intake.identity.people[one.apprentice].name for one in intake.found}
    assert graded == ({"Ben Hill"} if form == "beside another person" else set())
    assert len(intake.identity.people) == len(KNOWN.people) + len(graded)


def test_the_tutor_says_that_folders_are_layers(tmp_path):
    root = lay(tmp_path / "in", ROUNDS)
    intake = take(tmp_path, root, corrections=Corrections(layers={"round-1", "round-2"}))
    assert work_of(intake) == {"heron-1": {"first-unit": "x|y"}, "heron-2": {"first-unit": "z"}}
    one_by_one = take(tmp_path, root / "round-2")
    assert work_of(one_by_one) == {"heron-1": {"first-unit": "y"}, "heron-2": {"first-unit": "z"}}


def test_work_of_somebody_else_within_a_person_s_folder_is_left_out(tmp_path):
    files = {
        f"Amelia Clarke_1300101_{M}/fares.py": "a",
        f"Amelia Clarke_1300101_{M}/Ben Hill_1200105_{M}/zones.py": "b",
        f"Amelia Clarke_1300101_{M}/alder-3/zones.py": "c",
        f"Amelia Clarke_1300101_{M}/w.zip": zipped({f"Ben Hill_1200105_{M}/zones.py": "b"}),
    }
    intake = take(tmp_path, lay(tmp_path / "in", files))
    assert work_of(intake) == {"Amelia Clarke": {"price-a-journey": "a"}}
    told = " ".join(one.sentence for one in intake.unmatched)
    assert "label of somebody else, Ben Hill" in told
    assert "label of somebody else, alder-3" in told
    assert "w.zip is an archive that holds other people's work (Ben Hill)" in told


def test_corrections_take_what_was_left_out(tmp_path):
    gus, hal = f"Gus Roy_1200110_{M}fares (1).py", f"Hal Bex_1200111_{M}/fares.py.txt"
    said = Corrections(
        people={"fares.py": "heron-7", f"Gus Roy_1200110_{M}": "heron-8"},
        exercises={gus: ("price-a-journey", "fares.py"), hal: ("price-a-journey", "fares.py")},
        ignore={"round 1", f"Ida Lee_1200112_{M}"},
    )
    intake = take(tmp_path, lay(tmp_path / "in", MESSY), corrections=said)
    new = {"heron-7": "nobody's", "heron-8": "gus", "Hal Bex": "hal"}
    assert work_of(intake) == WORK | {name: {"price-a-journey": text} for name, text in new.items()}
    places = [one.place for entry in intake.entries for one in entry.left_out]
    assert not [place for place in places if "round 1" in place or "Ida" in place]
    assert intake.unused == ()
