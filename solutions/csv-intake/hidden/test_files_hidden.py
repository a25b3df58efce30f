"""Hidden suite for `load`, on files as a whole: clauses 1.1 to 1.3 and 2 of the specification.

A test for one clause keeps clear of the others where it can: plain UTF-8, commas and CRLF where
nothing else is asked for.
"""

from __future__ import annotations

import csv
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from intake import FileError, load

HEADER = "asset,date,result"
GOOD = "SGN-{:05},2026-02-11,pass"


def made(tmp_path: Path, *lines: str, end: str = "\r\n", encoding: str = "utf-8") -> Path:
    """Write a file of these lines, each with `end` after it, and return its path."""
    return put(tmp_path, "".join(line + end for line in lines).encode(encoding))


def put(tmp_path: Path, content: bytes) -> Path:
    """Write a file under a name that is new in this test, and return its path."""
    path = tmp_path / f"file-{len(list(tmp_path.iterdir())) + 1}.csv"
    path.write_bytes(content)
    return path


def tried(path: Path) -> Any:
    """Return what load gives, or None when it ends in an error; for tests of one misconception."""
    try:
        return load(path)
    except NotImplementedError:
        raise
    except (ArithmeticError, AttributeError, LookupError, TypeError, ValueError):
        return None
    except (FileError, OSError, RuntimeError, StopIteration, csv.Error):
        return None


def extras(intake: Any, name: str) -> list[Any]:
    """Return the cells of one further column, of the accepted rows."""
    return [row.extra.get(name) for row in intake.accepted]


# 1.1: encodings -----------------------------------------------------------------------------------


@pytest.mark.behaviour("encodings")
@pytest.mark.hint("Print the first column's name with repr(): is there something in front of it?")
def test_byte_order_mark(tmp_path: Path) -> None:
    """A byte-order mark is recognised, and is no part of the first column's name."""
    for header in ("asset,date,result,crew", "crew,result,date,asset"):
        row = {"asset": "BIN-00007", "date": "2026-02-11", "result": "fail", "crew": "nord-ö"}
        line = ",".join(row[name] for name in header.split(","))
        intake = load(made(tmp_path, header, line, encoding="utf-8-sig"))
        assert intake.encoding == "utf-8-sig"
        assert [row.asset for row in intake.accepted] == ["BIN-00007"]
        assert intake.accepted[0].extra == {"crew": "nord-ö"}


@pytest.mark.behaviour("encodings")
def test_utf_8(tmp_path: Path) -> None:
    """A file in UTF-8 without a mark is read as UTF-8, and so is one in plain ASCII."""
    lines = (f"{HEADER},place", "LMP-00031,2026-02-11,pass,Łódź Yard → €5")
    intake = load(made(tmp_path, *lines))
    assert intake.encoding == "utf-8"
    assert extras(intake, "place") == ["Łódź Yard → €5"]
    assert load(made(tmp_path, HEADER, GOOD.format(1))).encoding == "utf-8"


@pytest.mark.behaviour("encodings")
@pytest.mark.hint("Latin-1 and Windows-1252 are not the same: look at the bytes from 80 to 9F.")
def test_windows_1252(tmp_path: Path) -> None:
    """A file that is not valid UTF-8 is read as Windows-1252."""
    note = "“leans” – 3° … €40"
    lines = (f"{HEADER},note", f"LMP-00031,2026-02-11,pass,{note}")
    intake = load(made(tmp_path, *lines, encoding="cp1252"))
    assert intake.encoding == "cp1252"
    assert extras(intake, "note") == [note]


@pytest.mark.behaviour("encodings")
@pytest.mark.hint("What have you already collected when the first byte comes that doesn't fit?")
def test_whole_file_decides_the_encoding(tmp_path: Path) -> None:
    """The encoding is found from the whole file, and each row is taken in once."""
    rows = [f"{GOOD.format(number)},{'x' * 150}" for number in range(1, 151)]
    last = "LMP-00001,2026-02-11,pass,§ 12"
    intake = load(made(tmp_path, f"{HEADER},note", *rows, last, encoding="cp1252"))
    assert intake.encoding == "cp1252"
    assert len(intake.accepted) == 151
    assert extras(intake, "note")[-1] == "§ 12"


@pytest.mark.behaviour("encodings")
@pytest.mark.hint("One character may be two or three bytes long. Where do you cut?")
def test_long_utf_8(tmp_path: Path) -> None:
    """A long file in UTF-8 is read as UTF-8, whatever its first part ends with."""
    for padding in ("", "x", "xx"):
        rows = [f"{GOOD.format(number)},{'€' * 900}" for number in range(1, 5)]
        intake = load(made(tmp_path, f"{HEADER},note{padding}", *rows))
        assert intake.encoding == "utf-8"
        assert len(intake.accepted) == 4


# 1.3: cells in quotes -----------------------------------------------------------------------------


@pytest.mark.behaviour("quoted-cells")
@pytest.mark.feedback("csv-intake.1")
def test_quotes_are_no_part_of_a_cell(tmp_path: Path) -> None:
    """The quotes around a cell are no part of it, and a cell is not cut at a comma in quotes."""
    line = 'LMP-00031,2026-02-11,pass,"post bent, glass gone"'
    intake = tried(made(tmp_path, f"{HEADER},note", line))
    cells = [] if intake is None else [cell for row in intake.rejected for cell in row.cells]
    cells += [] if intake is None else extras(intake, "note")
    assert not any(cell in ('"post bent', ' glass gone"') for cell in cells)
    assert '"post bent, glass gone"' not in cells


@pytest.mark.behaviour("quoted-cells")
@pytest.mark.hint("Which module of the standard library knows the rules of CSV?")
def test_separators_and_quotes_in_a_cell(tmp_path: Path) -> None:
    """Commas, semicolons and doubled quotes inside a quoted cell belong to the cell."""
    rows = (
        'LMP-00031,2026-02-11,pass,"post bent, glass gone"',
        'LMP-00032,2026-02-11,pass,"the ""old"" one; not the new"',
        'LMP-00033,2026-02-11,pass,""""',
        '"LMP-00034","2026-02-11","pass",""',
    )
    intake = load(made(tmp_path, f"{HEADER},note", *rows))
    notes = ["post bent, glass gone", 'the "old" one; not the new', '"', ""]
    assert extras(intake, "note") == notes


@pytest.mark.behaviour("quoted-cells")
@pytest.mark.feedback("csv-intake.4")
def test_line_break_is_not_changed(tmp_path: Path) -> None:
    """A line break in a cell is not turned into another kind of line break."""
    line = 'LMP-00031,2026-02-11,pass,"door open\r\nwires out"'
    intake = tried(made(tmp_path, f"{HEADER},note", line))
    notes = [] if intake is None else extras(intake, "note")
    assert "door open\nwires out" not in notes


@pytest.mark.behaviour("quoted-cells")
@pytest.mark.hint("Does your program look at the file line by line, or row by row?")
def test_line_breaks_in_a_cell(tmp_path: Path) -> None:
    """Line breaks inside a quoted cell are kept as they are in the file."""
    notes = ["door open\r\nwires out", "one\n\ntwo", "\r\n", "a, b\nc; d\r\n"]
    rows = [f'{GOOD.format(i)},"{note}"' for i, note in enumerate(notes)]
    for end in ("\r\n", "\n"):
        intake = load(made(tmp_path, f"{HEADER},note", *rows, end=end))
        assert extras(intake, "note") == notes


# 1.2, 2.1 and 2.2: separators and columns ---------------------------------------------------------


@pytest.mark.clause("1.2")
@pytest.mark.behaviour("columns")
@pytest.mark.hint("Which line alone says what the separator is?")
def test_first_line_decides_the_separator(tmp_path: Path) -> None:
    """The first line, and no other, decides whether cells stand between semicolons or commas."""
    semicolons = made(tmp_path, "asset;date;result;note", "BIN-00004;2026-02-11;pass;a, b, c, d, e")
    assert extras(load(semicolons), "note") == ["a, b, c, d, e"]
    commas = made(tmp_path, f"{HEADER},note", "BIN-00004,2026-02-11,pass,a;b;c;d;e;f")
    assert extras(load(commas), "note") == ["a;b;c;d;e;f"]
    both = made(tmp_path, "date;asset;result;size, in cm", "2026-02-11;BIN-00004;pass;40,5")
    assert extras(load(both), "size, in cm") == ["40,5"]


@pytest.mark.clause("1.3")
@pytest.mark.behaviour("columns")
def test_quotes_between_semicolons(tmp_path: Path) -> None:
    """Cells between semicolons may stand in quotes as well, with a semicolon inside."""
    row = 'BIN-00004;2026-02-11;fail;"lid; hinge ""B"""'
    intake = load(made(tmp_path, "asset;date;result;note", row))
    assert extras(intake, "note") == ['lid; hinge "B"']


@pytest.mark.clause("2.1")
@pytest.mark.behaviour("columns")
@pytest.mark.hint("Do you find a cell by its column's name, or by a fixed place?")
def test_columns_in_any_order(tmp_path: Path) -> None:
    """The required columns are found by name, in any order, whatever the spaces and capitals."""
    for header in ("result,date,asset", "DATE , Asset,RESULT", " rESULT,aSSET, Date "):
        row = {"asset": "BIN-00004", "date": "2026-02-11", "result": "fail"}
        line = ",".join(row[name.strip().lower()] for name in header.split(","))
        (found,) = load(made(tmp_path, header, line)).accepted
        assert (found.asset, found.day, found.result) == ("BIN-00004", date(2026, 2, 11), "fail")
        assert found.extra == {}


@pytest.mark.clause("2.2")
@pytest.mark.behaviour("columns")
@pytest.mark.hint("Which cells may be changed, and which have to stay as they stand?")
def test_further_columns_are_kept(tmp_path: Path) -> None:
    """All further columns are kept by name, each cell exactly as it stands."""
    header = " Crew,result, Photo No. ,asset,date,Asset owner"
    intake = load(made(tmp_path, header, " Red Team ,pass,0071,LMP-00002,2026-02-11,"))
    assert [row.extra for row in intake.accepted] == [
        {"Crew": " Red Team ", "Photo No.": "0071", "Asset owner": ""}
    ]


# 2.3 to 2.6: the file as a whole ------------------------------------------------------------------


@pytest.mark.clause("2.3")
@pytest.mark.behaviour("file-errors")
@pytest.mark.hint("Does it depend on there being rows?")
def test_missing_column_rejects_the_file(tmp_path: Path) -> None:
    """A missing required column raises FileError with its name, whether there are rows or not."""
    for header, missing in (
        ("date,result,kind", ["asset"]),
        ("asset;result", ["date"]),
        ("asset,date,results", ["result"]),
        ("asset_no,day,result", ["asset", "date"]),
        ("a,b,c", ["asset", "date", "result"]),
    ):
        for rows in ((), (GOOD.format(5), GOOD.format(6))):
            with pytest.raises(FileError) as caught:
                load(made(tmp_path, header, *rows))
            assert [name for name in missing if name not in str(caught.value)] == []
    load(made(tmp_path, HEADER, GOOD.format(5)))  # nothing is missing


@pytest.mark.clause("2.4")
@pytest.mark.behaviour("file-errors")
@pytest.mark.hint("What does next() do when there is nothing to come?")
def test_empty_file_is_rejected(tmp_path: Path) -> None:
    """A file without any text raises FileError."""
    for content in (b"", b"\xef\xbb\xbf"):
        with pytest.raises(FileError):
            load(put(tmp_path, content))
    load(made(tmp_path, HEADER))  # a header is enough


@pytest.mark.clause("2.5")
@pytest.mark.behaviour("file-errors")
def test_unknown_encoding_rejects_the_file(tmp_path: Path) -> None:
    """Bytes that are neither UTF-8 nor Windows-1252 raise FileError, wherever they are."""
    for byte in (b"\x81", b"\x90", b"\x9d"):
        for before in (0, 120):
            rows = [f"{GOOD.format(number)},{'x' * 150}" for number in range(before)]
            path = made(tmp_path, f"{HEADER},note", *rows, "LMP-00001,2026-02-11,pass,")
            path.write_bytes(path.read_bytes() + b"LMP-00002,2026-02-11,pass," + byte)
            with pytest.raises(FileError):
                load(path)
    load(made(tmp_path, f"{HEADER},note", "LMP-00002,2026-02-11,pass,"))  # an encoding that fits


@pytest.mark.clause("2.6")
@pytest.mark.behaviour("file-errors")
def test_header_alone_is_fine(tmp_path: Path) -> None:
    """A file with a header and no rows gives two empty lists."""
    for header in (HEADER, "result,date,asset,note"):
        for end in ("", "\n", "\r\n"):
            intake = load(made(tmp_path, header, end=end))
            assert (intake.accepted, intake.rejected) == ([], [])
            assert intake.encoding == "utf-8"
