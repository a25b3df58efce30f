"""Hidden suite for `write_rejects`: clause 4 of the specification."""

from __future__ import annotations

import csv
import io
import re
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from intake import write_rejects
from records import Reject

AT = datetime(2026, 2, 11, 16, 5, 9, tzinfo=UTC)
HEADER = ["rejected_at", "line", "reason", "row"]
PLAIN = [
    Reject(2, "cells", ("BIN-00007", "2026-02-07")),
    Reject(5, "asset", ("post 4", "7/2/2026", "pass")),
    Reject(31, "duplicate", ("lmp 52", "7/2/2026", "fail", "")),
]

# RFC 4180: cells in quotes, with quotes doubled, or without; records end with CRLF.
_CELL = r'(?:"(?:[^"]|"")*"|[^",\r\n]*)'
_RECORD = rf"{_CELL}(?:,{_CELL})*"
RFC_4180 = re.compile(rf"{_RECORD}(?:\r\n{_RECORD})*(?:\r\n)?")

PIECES = ("\r\n", *"ab ,;\"|\n=+-@'é€")
CELLS = st.lists(st.sampled_from(PIECES), max_size=8).map("".join)


def written(tmp_path: Path, rejects: list[Reject], at: datetime = AT) -> str:
    """Return the text of the file that is written, which has to be UTF-8."""
    path = tmp_path / f"rejects-{len(list(tmp_path.iterdir())) + 1}.csv"
    write_rejects(path, rejects, at)
    assert path.is_file()
    return path.read_bytes().decode("utf-8")


def records(text: str) -> list[list[str]]:
    """Return the records of a CSV file as any reader sees them."""
    return list(csv.reader(io.StringIO(text, newline=""), strict=True))


def rows(tmp_path: Path, *starts: str) -> list[str]:
    """Return the cells `row` of rejects whose first cells are these."""
    rejects = [Reject(9, "asset", (start, "x")) for start in starts]
    return [record[3] for record in records(written(tmp_path, rejects))[1:]]


@pytest.mark.clause("4.3")
@pytest.mark.behaviour("rejects-file")
def test_header_and_one_line_for_each_reject(tmp_path: Path) -> None:
    """The file has the header and one line for each reject, in the order of the list."""
    found = records(written(tmp_path, list(PLAIN)))
    assert found[0] == HEADER
    assert [record[1:] for record in found[1:]] == [
        ["2", "cells", "BIN-00007 | 2026-02-07"],
        ["5", "asset", "post 4 | 7/2/2026 | pass"],
        ["31", "duplicate", "lmp 52 | 7/2/2026 | fail | "],
    ]
    assert records(written(tmp_path, [])) == [HEADER]


@pytest.mark.clause("4.2")
@pytest.mark.behaviour("rejects-file")
@pytest.mark.hint("Look at the bytes of your file: what stands at the end of each line?")
def test_file_follows_rfc_4180(tmp_path: Path) -> None:
    """The file's lines end with CRLF, and its cells are quoted as RFC 4180 describes it."""
    odd = [Reject(4, "date", ("SGN-4", "soon, maybe", 'the "old" one', "top\r\nend", "a\nb"))]
    for rejects in ([], list(PLAIN), odd):
        assert RFC_4180.fullmatch(written(tmp_path, rejects))


@pytest.mark.clause("4.2")
@pytest.mark.behaviour("rejects-file")
@pytest.mark.hint("Read your own file again with csv.reader: is every row there, cell by cell?")
@settings(max_examples=25, suppress_health_check=list(HealthCheck))  # one tmp_path for all
@given(cells=st.lists(CELLS, min_size=1, max_size=4))
@example(cells=["SGN-4", "soon, maybe", 'the "old" one', "top\r\nend"])
@example(cells=['"', ","])
def test_any_reader_gets_the_row_back(tmp_path: Path, cells: list[str]) -> None:
    """Whatever stands in a row, a reader of CSV gets it back unchanged."""
    text = written(tmp_path, [Reject(6, "asset", ("x", *cells)), Reject(7, "date", ("last",))])
    assert RFC_4180.fullmatch(text)
    found = records(text)
    assert [record[1:] for record in found[1:]] == [
        ["6", "asset", " | ".join(("x", *cells))],
        ["7", "date", "last"],
    ]


@pytest.mark.clause("4.1")
@pytest.mark.behaviour("rejects-file")
def test_file_is_utf_8_without_a_mark(tmp_path: Path) -> None:
    """The file is UTF-8 without a byte-order mark."""
    text = written(tmp_path, [Reject(3, "asset", ("Łódź", "§ 4", "→ €"))])
    assert not text.startswith("\ufeff")
    assert "Łódź | § 4 | → €" in text


@pytest.mark.clause("4.1")
@pytest.mark.behaviour("rejects-file")
@pytest.mark.hint("What was in a file before must be gone, also when there was more of it.")
def test_older_file_is_replaced(tmp_path: Path) -> None:
    """A file that is already there is replaced, and the list of rejects is left as it was."""
    path = tmp_path / "again.csv"
    path.write_bytes(b"an older and longer file of rejects\r\n" * 40)
    for rejects in ([*PLAIN, *PLAIN], list(PLAIN), PLAIN[:1]):
        before = list(rejects)
        write_rejects(path, rejects, AT)
        assert len(records(path.read_bytes().decode("utf-8"))) == len(before) + 1
        assert rejects == before


@pytest.mark.behaviour("rejected-at")
@pytest.mark.hint("What is the time in UTC when it is midnight in a zone that is an hour ahead?")
def test_time_is_in_utc(tmp_path: Path) -> None:
    """The time of rejection is given in UTC, whatever time zone it comes in, with a Z."""
    for hours, minutes, expected in (
        (0, 0, "2026-01-01T00:15:40Z"),
        (1, 0, "2025-12-31T23:15:40Z"),
        (-5, 0, "2026-01-01T05:15:40Z"),
        (5, 45, "2025-12-31T18:30:40Z"),
    ):
        zone = timezone(timedelta(hours=hours, minutes=minutes))
        at = datetime(2026, 1, 1, 0, 15, 40, tzinfo=zone)
        found = records(written(tmp_path, list(PLAIN), at))
        assert [record[0] for record in found[1:]] == [expected] * 3


@pytest.mark.behaviour("rejected-at")
def test_time_is_in_whole_seconds(tmp_path: Path) -> None:
    """The time has whole seconds: none is left out, and a fraction is dropped, not rounded."""
    for second, microsecond, expected in (
        (0, 0, "2026-10-03T07:08:00Z"),
        (5, 0, "2026-10-03T07:08:05Z"),
        (5, 250_000, "2026-10-03T07:08:05Z"),
        (59, 999_999, "2026-10-03T07:08:59Z"),
    ):
        at = datetime(2026, 10, 3, 7, 8, second, microsecond, tzinfo=UTC)
        assert records(written(tmp_path, PLAIN[:1], at))[1][0] == expected


@pytest.mark.behaviour("safe-cells")
@pytest.mark.hint("Which four characters does the clause name? Try a row with each.")
def test_formulas_are_made_safe(tmp_path: Path) -> None:
    """A row that a spreadsheet would run as a formula gets an apostrophe in front, and only one."""
    starts = ("=1+1", "+44", "-3", "@SUM(A1)", "=", "--")
    assert rows(tmp_path, *starts) == [f"'{start} | x" for start in starts]


@pytest.mark.behaviour("safe-cells")
def test_other_rows_get_no_apostrophe(tmp_path: Path) -> None:
    """A row that is no formula is written without an apostrophe in front."""
    starts = ("LMP-4", "4-5", "a=b", "", " =1", "'=1", "#1", "é@b")
    assert rows(tmp_path, *starts) == [f"{start} | x" for start in starts]
    reject = Reject(9, "asset", ("x", "=1", "-2", "@y"))
    assert records(written(tmp_path, [reject]))[1][3] == "x | =1 | -2 | @y"
