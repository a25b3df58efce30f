"""The identity file: read with all its problems at once, written so that it reads back the same."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader.cohort.identity import (
    Identity,
    Person,
    close_to_others,
    identity_text,
    is_made_up,
    read_identity,
    write_identity,
)
from grader.cohort.identity_file import clean
from grader.errors import UsageError

WORDS = st.text(st.characters(codec="utf-8", exclude_categories=["C", "Z"]), max_size=12).map(clean)
DAYS = st.dates(date(2020, 1, 1), date(2035, 1, 1))
PEOPLE = st.builds(
    Person,
    id=st.from_regex(r"[a-z][a-z0-9-]{0,12}", fullmatch=True),
    name=WORDS,
    email=WORDS,
    folder=WORDS,
    start=st.none() | DAYS,
    gateway=st.none() | DAYS,
    breaks=st.lists(st.tuples(DAYS, DAYS).map(lambda two: tuple(sorted(two))), max_size=2).map(
        tuple
    ),
    extra_time=st.sampled_from([1.0, 1.25, 1.5]),
    extra_attempts=st.integers(0, 3),
    format=WORDS,
)


@given(st.lists(PEOPLE, max_size=4, unique_by=lambda one: one.id))
def test_reads_back_what_was_written(people):
    import tempfile
    from pathlib import Path

    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "identity.csv")
        path.write_text(identity_text(Identity(people)), "utf-8")
        assert read_identity(path).people == {one.id: one for one in people}


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("idd,name\nheron-1,A\n", "there is no column `idd`; did you mean `id`"),
        ("name\nA\n", "the column `id` is missing"),
        ("id\nJane Smith\n", "line 2: `id`: `Jane Smith` can't be a pseudonym"),
        ("id\na@b.example\n", "can't be a pseudonym"),
        ("id\nheron-1\nheron-1\n", "line 3: `id`: `heron-1` is there twice"),
        ("id,start\nheron-1,1/9/2026\n", "`start`: `1/9/2026` is no date like 2026-09-01"),
        ("id,breaks\nheron-1,2026-03-01\n", "as 2026-03-01..2026-04-15"),
        ("id,breaks\nheron-1,2026-03-02..2026-03-01\n", "ends before it begins"),
        ("id,extra_time\nheron-1,0.5\n", "expected a number from 1 to 4, found `0.5`"),
        ("id,extra_time\nheron-1,lots\n", "found `lots`"),
        ("id,extra_attempts\nheron-1,nan\n", "expected a number from 0 to 20"),
    ],
)
def test_problems_are_told_with_their_line(text, words, tmp_path):
    path = tmp_path / "identity.csv"
    path.write_text(text, "utf-8")
    with pytest.raises(UsageError) as caught:
        read_identity(path)
    assert words in str(caught.value)


def test_all_problems_are_told_at_once(tmp_path):
    path = tmp_path / "identity.csv"
    path.write_text("id,start\nA B,soon\nheron-1,soon\n", "utf-8")
    with pytest.raises(UsageError) as caught:
        read_identity(path)
    assert "line 2" in str(caught.value)
    assert "line 3" in str(caught.value)


def test_what_is_no_text_is_refused(tmp_path):
    path = tmp_path / "identity.csv"
    for data, words in (
        (b"id\n\x81\x8d", "isn't text in a known encoding. Save it as CSV"),
        (b"PK\3\4" + b"x" * 50, "is a workbook of a spreadsheet. Save it as CSV"),
        (b"id;name\nheron-1;A;B\n", "line 2 has more cells than there are columns"),
        (b'id,name\nheron-1,"' + b"a" * 200_000 + b'"\n', "isn't CSV: field larger than"),
    ):
        path.write_bytes(data)
        with pytest.raises(UsageError, match=words):
            read_identity(path)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "cp1252"])
@pytest.mark.parametrize("separator", [",", ";", "\t"])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_any_usual_form_is_read_and_kept(encoding, separator, end, tmp_path):
    path = tmp_path / "identity.csv"
    lines = [["ID", " Name ", "extra time"], ["heron-1", "Zoë Müller", "1.25"]]
    path.write_bytes("".join(separator.join(line) + end for line in lines).encode(encoding))
    read = read_identity(path)
    assert read.people == {"heron-1": Person("heron-1", name="Zoë Müller", extra_time=1.25)}
    write_identity(path, read)
    assert read_identity(path).people == read.people
    text = path.read_bytes().decode("utf-8")
    assert text.removeprefix("\ufeff").startswith(f"id{separator}name{separator}")
    # A spreadsheet needs the mark where the file wasn't plain UTF-8 before.
    assert text.startswith("\ufeff") is (encoding != "utf-8")


def test_a_line_that_names_the_separator_is_passed_over(tmp_path):
    path = tmp_path / "identity.csv"
    path.write_text("sep=;\nid;name\nheron-1;Kim, Jo\n", "utf-8")
    assert read_identity(path).people["heron-1"].name == "Kim, Jo"


def test_an_empty_id_is_filled_in(tmp_path):
    path = tmp_path / "identity.csv"
    path.write_text("id,name\nheron-1,Jane\n,Jo Kim\n , \n", "utf-8")
    assert set(read_identity(path).people) == {"heron-1"}
    filled = read_identity(path, fill=True)
    assert filled.people.keys() > {"heron-1"}
    assert is_made_up(filled.match("Jo Kim").id)
    path.write_text("id,name,start\n,Jo Kim,soon\n", "utf-8")
    with pytest.raises(UsageError, match="the line of Jo Kim: `start`"):
        read_identity(path, fill=True)


def test_forms_of_accents_are_one_name(tmp_path):
    composed, apart = "Zoë Müller", "Zoe\u0308 Mu\u0308ller"
    assert composed != apart
    for known, label in ((composed, apart), (apart, composed)):
        for person in (Person("heron-1", name=known), Person("heron-1", folder=known)):
            identity = Identity([person])
            assert identity.match(label).id == "heron-1"
            assert identity.match(f" {label.upper()} ").id == "heron-1"
    assert Identity([Person("heron-1", folder=composed)]).filed(apart).id == "heron-1"


def test_control_characters_stay_out_of_the_file(tmp_path):
    label = "Ada\x1b[2J\tMoss"
    grown, person = Identity().with_label(label)
    assert person.folder.isprintable()
    assert grown.match(label) == person
    path = tmp_path / "identity.csv"
    path.write_text("id,name\nheron-1,Jane\x1b[2J\n")
    assert read_identity(path).people["heron-1"].name.isprintable()


PAIR = Identity(
    [
        Person("heron-1", name="Jane Smith", email="jane@uni.example", folder="smith_j"),
        Person("heron-2", name="Jo Kim", email="jo@uni.example"),
        Person("heron-3", name="Jo Kim"),
    ]
)


@pytest.mark.parametrize(
    "label",
    [
        "heron-1",
        "HERON-1",
        "Jane Smith",
        "jane_smith",
        "jane@uni.example",
        "smith_j",
        "Jane Smith_1234567_assignsubmission_file_",
        "Jane Smith_1234567_assignsubmission_file",
    ],
)
def test_people_are_found_by_what_their_work_may_be_filed_under(label):
    assert PAIR.match(label).id == "heron-1"


def test_two_of_one_name_are_nobody_until_it_is_clear_who():
    assert PAIR.match("Jo Kim") is None
    assert PAIR.match("jo@uni.example").id == "heron-2"
    assert PAIR.nearest("Jane Smit") == "heron-1"
    assert PAIR.nearest("Nobody at all") == ""


def test_a_name_never_becomes_an_id():
    grown, person = PAIR.with_label("Ada Moss_99887_assignsubmission_file_")
    assert "Ada" not in person.id
    assert grown.match("Ada Moss_99887_assignsubmission_file_") == person
    assert PAIR.with_label("heron-9")[1].id == "heron-9"
    assert PAIR.with_label("heron-1")[1].id != "heron-1"


@pytest.mark.parametrize("name", ["=1+1", "+44", "-x", "@a", "'=1", "'Hara", "|c", "%x"])
def test_a_cell_is_no_formula_for_a_spreadsheet_and_reads_back(name, tmp_path):
    text = identity_text(Identity([Person("heron-1", name=name)]))
    assert text.splitlines()[1].split(",")[1][0] not in "=+-@|%"
    (tmp_path / "identity.csv").write_text(text)
    assert read_identity(tmp_path / "identity.csv").people["heron-1"].name == name


def test_the_file_is_its_owners_alone(tmp_path):
    path = tmp_path / "identity.csv"
    path.write_text("id\nheron-1\n")
    path.chmod(0o644)
    assert close_to_others(path)
    assert not close_to_others(path)
    write_identity(path, Identity([Person("heron-2")]))
    assert path.stat().st_mode & 0o777 == 0o600
    assert set(read_identity(path).people) == {"heron-2"}
    with pytest.raises(UsageError, match="can't be written"):
        write_identity(tmp_path / "none" / "identity.csv", Identity())


@pytest.mark.parametrize("label", ["jane", "jane-smith", "Jane2", "jane.smith1", "a b1", ""])
def test_what_may_be_a_name_is_no_id(label):
    assert not is_made_up(label)
    if label:
        assert Identity().with_label(label)[1].id != label


def test_a_label_of_moodle_gives_the_name_by_which_the_next_one_is_found():
    grown, person = Identity().with_label("Ada Moss_99887_assignsubmission_file_")
    assert person.name == "Ada Moss"
    assert grown.match("Ada Moss_12345_assignsubmission_file_") == person
    assert grown.without(person.id).people == {}
