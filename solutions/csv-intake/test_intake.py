"""Reference tests of intake.py: one test for each thing that a clause promises."""

from __future__ import annotations

import csv
import io
from datetime import UTC, date, datetime, timedelta, timezone
from pathlib import Path

import pytest
from intake import FileError, load, write_rejects
from records import Inspection, Intake, Reject

AT = datetime(2026, 7, 1, 9, 30, 15, 400_000, tzinfo=timezone(timedelta(hours=1)))
HEADER = "asset,date,result"
FIRST = "LMP-00417,03/04/2026,pass"
SECOND = "SGN-00096,03/04/2026,fail"


def take_in(folder: Path, *lines: str, end: str = "\r\n", encoding: str = "utf-8") -> Intake:
    """Write a file of these lines and load it."""
    return load(put(folder, "".join(line + end for line in lines).encode(encoding)))


def put(folder: Path, content: bytes) -> Path:
    """Write a file and return its path."""
    path = folder / "contractor.csv"
    path.write_bytes(content)
    return path


def reasons(intake: Intake) -> list[str]:
    """Return the reasons of the rejected rows."""
    return [row.reason for row in intake.rejected]


def records(text: str) -> list[list[str]]:
    """Return the records of a CSV file."""
    return list(csv.reader(io.StringIO(text, newline=""), strict=True))


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-8", "cp1252"])
def test_the_encoding_is_found(tmp_path: Path, encoding: str) -> None:
    """Clause 1.1."""
    rows = [f"LMP-{number},03/04/2026,pass,{'x' * 90}" for number in range(100)]
    last = f"{SECOND},“bent” €40"
    intake = take_in(tmp_path, f"{HEADER},note", *rows, last, encoding=encoding)
    assert intake.encoding == encoding
    assert len(intake.accepted) == 101
    assert intake.accepted[-1].extra == {"note": "“bent” €40"}


def test_the_mark_is_no_part_of_a_name(tmp_path: Path) -> None:
    """Clause 1.1."""
    intake = take_in(tmp_path, f"crew,{HEADER}", f"red,{FIRST}", encoding="utf-8-sig")
    assert intake.accepted[0].extra == {"crew": "red"}


@pytest.mark.parametrize(
    ("header", "row", "note"),
    [
        ("asset,date,result,note", "LMP-4,2026-04-03,pass,a;b;c;d;e;f", "a;b;c;d;e;f"),
        ("asset;date;result;note", "LMP-1;03/04/2026;pass;a, b, c, d, e", "a, b, c, d, e"),
        ("asset;date;result;size, cm", "LMP-1;03/04/2026;pass;40,5", "40,5"),
        ("asset,date,result,note", f'{FIRST},"say ""no"", please"', 'say "no", please'),
        ("asset,date,result,note", f'{FIRST},"one\r\ntwo\nthree"', "one\r\ntwo\nthree"),
        ("asset,date,result,note", f"{FIRST}, tea\u2028time ", " tea\u2028time "),
        ("result,date,asset, Note ", "pass,03/04/2026,LMP-1,", ""),
        (" Asset,DATE , rEsult,note", f"{FIRST},x", "x"),
    ],
    ids=["commas", "semicolons", "both", "quotes", "line breaks", "spaces", "order", "capitals"],
)
def test_cells_and_columns(tmp_path: Path, header: str, row: str, note: str) -> None:
    """Clauses 1.2, 1.3, 1.4, 2.1 and 2.2."""
    intake = take_in(tmp_path, header, row)
    assert [list(found.extra.values()) for found in intake.accepted] == [[note]]
    assert list(intake.accepted[0].extra) in (["note"], ["Note"], ["size, cm"])
    assert (intake.accepted[0].day, intake.accepted[0].result) == (date(2026, 4, 3), "pass")


@pytest.mark.parametrize("end", ["\r\n", "\n"])
def test_lines_and_rows(tmp_path: Path, end: str) -> None:
    """Clauses 1.4, 1.5 and 3.2."""
    rows = (f"{FIRST},", "", "  ", f'{SECOND},"one{end}{end}two"', ",,,", f"{SECOND},")
    intake = take_in(tmp_path, f"{HEADER},note", *rows, end=end)
    assert [row.line for row in intake.accepted] == [2, 5]
    assert intake.rejected[0] == Reject(8, "asset", ("", "", "", ""))
    assert [row.line for row in intake.rejected] == [8, 9]


def test_the_last_line_may_have_no_end(tmp_path: Path) -> None:
    """Clause 1.4."""
    assert len(load(put(tmp_path, f"{HEADER}\n{FIRST}".encode())).accepted) == 1


def test_a_file_is_left_alone_and_forgotten(tmp_path: Path) -> None:
    """Clause 1.6."""
    path = put(tmp_path, f"{HEADER},§\n{FIRST},\n{FIRST},\n".encode("cp1252"))
    before = path.read_bytes()
    first = load(path)
    assert load(path) == first
    assert reasons(first) == ["duplicate"]
    assert path.read_bytes() == before


@pytest.mark.parametrize(
    ("header", "missing"),
    [
        ("date,result", ["asset"]),
        ("asset,results,date", ["result"]),
        ("a,b,c", ["asset", "date", "result"]),
        ("", ["asset", "date", "result"]),
    ],
)
def test_a_missing_column(tmp_path: Path, header: str, missing: list[str]) -> None:
    """Clause 2.3."""
    with pytest.raises(FileError) as caught:
        take_in(tmp_path, header, FIRST)
    for name in missing:
        assert name in str(caught.value)


@pytest.mark.parametrize(
    "content",
    [b"", b"\xef\xbb\xbf", b"asset,date,result\nLMP-\x8d1,,\n", b"\xef\xbb\xbfasset\xff"],
    ids=["empty", "mark alone", "no encoding", "mark, but no UTF-8"],
)
def test_files_that_cannot_be_read(tmp_path: Path, content: bytes) -> None:
    """Clauses 2.4 and 2.5."""
    with pytest.raises(FileError):
        load(put(tmp_path, content))


def test_a_header_alone(tmp_path: Path) -> None:
    """Clause 2.6."""
    assert take_in(tmp_path, HEADER) == Intake("utf-8", [], [])


def test_no_row_is_lost(tmp_path: Path) -> None:
    """Clauses 3.1 and 3.3 to 3.9: each row is in one list, with the first reason that fits."""
    intake = take_in(
        tmp_path,
        HEADER,
        " nothing ,fits",
        "nothing,fits,here",
        " sgn 96 ,nor,here",
        "SGN-00096,03/04/2026,here",
        " sgn 96 ,3/4/2026, PASS ",
        "SGN96,2026-04-03,fail",
        "SGN-00096,04/04/2026,Fail,more",
        "SGN-00096,04/04/2026,Fail",
        "BIN-00096,03/04/2026,pass",
    )
    assert intake.rejected == [
        Reject(2, "cells", (" nothing ", "fits")),
        Reject(3, "asset", ("nothing", "fits", "here")),
        Reject(4, "date", (" sgn 96 ", "nor", "here")),
        Reject(5, "result", ("SGN-00096", "03/04/2026", "here")),
        Reject(7, "duplicate", ("SGN96", "2026-04-03", "fail")),
        Reject(8, "cells", ("SGN-00096", "04/04/2026", "Fail", "more")),
    ]
    assert intake.accepted == [
        Inspection(6, "SGN-00096", date(2026, 4, 3), "pass", {}),
        Inspection(9, "SGN-00096", date(2026, 4, 4), "fail", {}),
        Inspection(10, "BIN-00096", date(2026, 4, 3), "pass", {}),
    ]


@pytest.mark.parametrize(
    ("written", "normal"),
    [("LMP-00417", "LMP-00417"), ("bin 7", "BIN-00007"), (" Sgn31 ", "SGN-00031")],
)
def test_asset_numbers(tmp_path: Path, written: str, normal: str) -> None:
    """Clause 3.6."""
    intake = take_in(tmp_path, HEADER, f"{written},03/04/2026,pass")
    assert [row.asset for row in intake.accepted] == [normal]


@pytest.mark.parametrize(
    "wrong", ["", "LMP", "417", "POL-1", "LMP-123456", "LMP--1", "LMP-1x", "LMP-4²", "XLMP-1"]
)
def test_wrong_asset_numbers(tmp_path: Path, wrong: str) -> None:
    """Clause 3.6."""
    assert reasons(take_in(tmp_path, HEADER, f"{wrong},03/04/2026,pass")) == ["asset"]


@pytest.mark.parametrize("written", ["03/04/2026", "3/4/2026", " 2026-04-03 "])
def test_dates(tmp_path: Path, written: str) -> None:
    """Clause 3.7."""
    intake = take_in(tmp_path, HEADER, f"LMP-1,{written},pass")
    assert [row.day for row in intake.accepted] == [date(2026, 4, 3)]


@pytest.mark.parametrize(
    "wrong", ["", "12/25/2026", "31/04/2026", "2026-02-29", "3/4/26", "03-04-2026", "3 April 2026"]
)
def test_wrong_dates(tmp_path: Path, wrong: str) -> None:
    """Clause 3.7."""
    assert reasons(take_in(tmp_path, HEADER, f"LMP-1,{wrong},pass")) == ["date"]


@pytest.mark.parametrize("wrong", ["", "ok", "passed", "pass fail"])
def test_wrong_results(tmp_path: Path, wrong: str) -> None:
    """Clause 3.8."""
    assert reasons(take_in(tmp_path, HEADER, f"LMP-1,03/04/2026,{wrong}")) == ["result"]


def test_a_rejected_row_is_no_first_row(tmp_path: Path) -> None:
    """Clause 3.9."""
    intake = take_in(tmp_path, HEADER, "LMP-1,03/04/2026,dunno", "LMP-1,03/04/2026,pass")
    assert reasons(intake) == ["result"]


def test_the_file_of_rejects(tmp_path: Path) -> None:
    """Clauses 4.1 to 4.5."""
    path = put(tmp_path, b"an older file\r\n" * 50)
    rejects = [
        Reject(3, "cells", ("=1+1", "é → 4")),
        Reject(7, "asset", ('4" pipe, bent\r\n', "")),
        Reject(9, "asset", ("+1",)),
        Reject(10, "asset", ("-1",)),
        Reject(11, "asset", ("@1", "=2")),
    ]
    before = list(rejects)
    write_rejects(path, rejects, AT)
    assert rejects == before
    text = path.read_bytes().decode()
    assert records(text) == [
        ["rejected_at", "line", "reason", "row"],
        ["2026-07-01T08:30:15Z", "3", "cells", "'=1+1 | é → 4"],
        ["2026-07-01T08:30:15Z", "7", "asset", '4" pipe, bent\r\n | '],
        ["2026-07-01T08:30:15Z", "9", "asset", "'+1"],
        ["2026-07-01T08:30:15Z", "10", "asset", "'-1"],
        ["2026-07-01T08:30:15Z", "11", "asset", "'@1 | =2"],
    ]
    assert '"4"" pipe, bent\r\n | "\r\n' in text
    assert text.count("\n") == text.count("\r\n") == 7


def test_no_rejects(tmp_path: Path) -> None:
    """Clause 4.3: the header is written all the same."""
    path = tmp_path / "rejects.csv"
    write_rejects(path, [], AT.astimezone(UTC))
    assert records(path.read_text("utf-8")) == [["rejected_at", "line", "reason", "row"]]
