"""Hidden suite for `load`, on lines and rows: clauses 1.4 to 1.6 and 3 of the specification.

A test for one clause keeps clear of the others where it can: plain UTF-8, commas and CRLF where
nothing else is asked for, and no line numbers outside clause 3.2.
"""

from __future__ import annotations

import csv
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from intake import FileError, load
from records import Inspection, Intake, Reject

HEADER = "asset,date,result"
GOOD = "SGN-{:05},2026-02-11,pass"
BAD = {
    "cells": "SGN-{:05},2026-02-11",
    "asset": "POST-{:05},2026-02-11,pass",
    "date": "SGN-{:05},2026-02-30,fail",
    "result": "SGN-{:05},2026-02-11,passed",
}
KINDS = {"good": GOOD, **BAD}


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


def reasons(intake: Any) -> list[Any]:
    """Return the reasons of the rejected rows."""
    return [row.reason for row in intake.rejected]


# 3.1: no row is lost ------------------------------------------------------------------------------


@pytest.mark.behaviour("no-row-lost")
@pytest.mark.must("no-row-lost")
@pytest.mark.feedback("csv-intake.2")
def test_bad_rows_are_not_skipped(tmp_path: Path) -> None:
    """A bad row is not left out: it is set aside with the rejected ones."""
    for n, row in enumerate(BAD.values(), start=2):
        rows = (GOOD.format(10 * n), row.format(10 * n + 1), GOOD.format(10 * n + 2))
        intake = tried(made(tmp_path, HEADER, *rows))
        skipped = intake is not None and (len(intake.accepted), len(intake.rejected)) == (2, 0)
        assert not skipped


@pytest.mark.behaviour("no-row-lost")
@pytest.mark.must("no-row-lost")
@pytest.mark.feedback("csv-intake.5")
def test_bad_row_does_not_stop_the_file(tmp_path: Path) -> None:
    """A bad row does not end the program, nor keep the rows after it from being taken in."""
    load(made(tmp_path, HEADER, GOOD.format(1)))
    for n, row in enumerate(BAD.values(), start=2):
        rows = (GOOD.format(10 * n), row.format(10 * n + 1), GOOD.format(10 * n + 2))
        intake = tried(made(tmp_path, HEADER, *rows))
        assert intake is not None
        assert len(intake.accepted) != 1


@pytest.mark.behaviour("no-row-lost")
@pytest.mark.must("no-row-lost")
@pytest.mark.hint("Can a row take a way through your loop on which it is put into no list, or two?")
@settings(max_examples=25, suppress_health_check=list(HealthCheck))  # one tmp_path for all
@given(
    kinds=st.lists(st.sampled_from(sorted(KINDS)), min_size=1, max_size=12),
    repeated=st.integers(0, 3),
)
@example(kinds=["good", "cells", "good", "date"], repeated=2)
@example(kinds=["result"], repeated=0)
def test_accepted_and_rejected_are_all_rows(
    tmp_path: Path, kinds: list[str], repeated: int
) -> None:
    """The accepted and the rejected rows together are as many as the file has rows."""
    rows = [KINDS[kind].format(number) for number, kind in enumerate(kinds)]
    rows += rows[:repeated]
    intake = load(made(tmp_path, HEADER, *rows))
    assert len(list(intake.accepted)) + len(list(intake.rejected)) == len(rows)


@pytest.mark.behaviour("no-row-lost")
@pytest.mark.hint("Which rows are good is decided row by row, not by what came before.")
@settings(max_examples=25, suppress_health_check=list(HealthCheck))  # one tmp_path for all
@given(kinds=st.lists(st.sampled_from(sorted(KINDS)), min_size=1, max_size=10))
@example(kinds=["date", "good", "asset", "good"])
def test_each_row_is_in_the_right_list(tmp_path: Path, kinds: list[str]) -> None:
    """Every good row is accepted and every bad one rejected, in the order of the file."""
    rows = [KINDS[kind].format(number) for number, kind in enumerate(kinds, start=1)]
    intake = load(made(tmp_path, HEADER, *rows))
    good = [f"SGN-{n:05}" for n, kind in enumerate(kinds, start=1) if kind == "good"]
    assert [row.asset for row in intake.accepted] == good
    assert reasons(intake) == [kind for kind in kinds if kind != "good"]


# 1.4, 1.5 and 3.2: lines and rows -----------------------------------------------------------------


def numbers(intake: Any) -> tuple[list[Any], list[Any]]:
    """Return the line numbers of the accepted and of the rejected rows."""
    return [row.line for row in intake.accepted], [row.line for row in intake.rejected]


@pytest.mark.clause("3.2")
@pytest.mark.behaviour("line-numbers")
@pytest.mark.hint("Which number does the header's line have?")
def test_lines_are_counted_from_the_header(tmp_path: Path) -> None:
    """The header is line 1, and each row has the number of its line."""
    rows = (GOOD.format(1), BAD["date"].format(2), GOOD.format(3), BAD["cells"].format(4))
    for end in ("\r\n", "\n"):
        assert numbers(load(made(tmp_path, HEADER, *rows, end=end))) == ([2, 4], [3, 5])


@pytest.mark.clause("1.5")
@pytest.mark.behaviour("line-numbers")
@pytest.mark.hint("What does csv.reader give for a blank line, and what does csv.DictReader do?")
def test_blank_lines(tmp_path: Path) -> None:
    """A blank line is no row, but it counts as a line."""
    rows = ("", GOOD.format(1), "   ", "", BAD["asset"].format(2), "", GOOD.format(3), " ", "")
    for end in ("\r\n", "\n"):
        intake = load(made(tmp_path, HEADER, *rows, end=end))
        assert len(intake.accepted) + len(intake.rejected) == 3
        assert numbers(intake) == ([3, 8], [6])


@pytest.mark.clause("1.5")
@pytest.mark.behaviour("line-numbers")
def test_separators_alone_are_a_row(tmp_path: Path) -> None:
    """A line of nothing but separators is a row, and a bad one."""
    intake = load(made(tmp_path, HEADER, GOOD.format(1), ",,", " , , ", ","))
    assert len(intake.rejected) == 3
    assert numbers(intake) == ([2], [3, 4, 5])


@pytest.mark.clause("3.2")
@pytest.mark.behaviour("line-numbers")
@pytest.mark.hint("Draw the file on paper with a number at each line. Where does each row start?")
def test_row_over_several_lines(tmp_path: Path) -> None:
    """A row that goes over several lines has the number of the first of them."""
    for end in ("\r\n", "\n"):
        rows = (
            f'{GOOD.format(1)},"one{end}two{end}{end}four"',
            f"{GOOD.format(2)},",
            "",
            f'{BAD["date"].format(3)},"one{end}two"',
            f"{GOOD.format(4)},",
        )
        intake = load(made(tmp_path, f"{HEADER},note", *rows, end=end))
        assert numbers(intake) == ([2, 6, 10], [8])


@pytest.mark.clause("1.4")
@pytest.mark.behaviour("line-numbers")
@pytest.mark.hint("Look up what str.splitlines takes for the end of a line.")
def test_only_line_ends_end_a_line(tmp_path: Path) -> None:
    """Nothing but LF or CRLF ends a line, and the last line may go without."""
    note = "bay\u2028four \x0b and \x85 five\x0c"
    rows = (f"{GOOD.format(1)},{note}", f"{BAD['asset'].format(2)},", f"{GOOD.format(3)},last")
    path = put(tmp_path, "\r\n".join((f"{HEADER},note", *rows)).encode())
    intake = load(path)
    assert extras(intake, "note") == [note, "last"]
    assert numbers(intake) == ([2, 4], [3])


# 3.4 to 3.8: the fields ---------------------------------------------------------------------------


@pytest.mark.behaviour("asset-numbers")
def test_asset_numbers_get_their_normal_form(tmp_path: Path) -> None:
    """An asset number, however a contractor writes it, is given in its normal form."""
    for written, normal in {
        "SGN-20417": "SGN-20417",
        "sgn-7": "SGN-00007",
        "Bin 640": "BIN-00640",
        "LmP00012": "LMP-00012",
        "  lmp9 ": "LMP-00009",
        "BIN-0": "BIN-00000",
    }.items():
        intake = load(made(tmp_path, HEADER, f"{written},2026-02-11,pass"))
        assert [row.asset for row in intake.accepted] == [normal]


@pytest.mark.behaviour("asset-numbers")
@pytest.mark.hint("Does your check look at the whole cell, from its first character to its last?")
def test_other_asset_numbers_are_rejected(tmp_path: Path) -> None:
    """What is no asset number is rejected for that reason, and no other row with it."""
    wrong = "LMP-,-00417,417,LMP-123456,LAMP-12,LMP--12,LMP - 12,LMP  12,LMP_12,LMP-1x,XLMP-12"
    wrong += ",LMP-1 2,LMP-12/3,LMP-4²,POL-00012,,LMP,SGN BIN-4,LMP-1.5,LMP-+5"
    rows = [f"{written},2026-02-11,pass" for written in wrong.split(",")]
    intake = load(made(tmp_path, HEADER, *rows, GOOD.format(1)))
    assert reasons(intake) == ["asset"] * len(rows)
    assert [row.asset for row in intake.accepted] == ["SGN-00001"]


@pytest.mark.behaviour("dates")
@pytest.mark.feedback("csv-intake.3")
def test_month_does_not_come_first(tmp_path: Path) -> None:
    """In a date with slashes, the first number is not taken for the month."""
    intake = tried(made(tmp_path, HEADER, "LMP-00001,05/08/2026,pass", "LMP-00002,9/1/2026,pass"))
    days = [] if intake is None else [row.day for row in intake.accepted]
    assert date(2026, 5, 8) not in days
    assert date(2026, 9, 1) not in days


@pytest.mark.behaviour("dates")
def test_dates(tmp_path: Path) -> None:
    """Dates in the UK's order, with or without leading zeros, and ISO dates are understood."""
    for written, day in {
        "05/08/2026": date(2026, 8, 5),
        "9/1/2026": date(2026, 1, 9),
        "25/12/2025": date(2025, 12, 25),
        " 1/12/2026 ": date(2026, 12, 1),
        "2026-08-05": date(2026, 8, 5),
        " 2025-12-31": date(2025, 12, 31),
        "29/02/2028": date(2028, 2, 29),
    }.items():
        intake = load(made(tmp_path, HEADER, f"LMP-00001,{written},pass"))
        assert [row.day for row in intake.accepted] == [day]


@pytest.mark.behaviour("dates")
@pytest.mark.hint("A date that doesn't fit one form need not be tried in the other order.")
def test_other_dates_are_rejected(tmp_path: Path) -> None:
    """A date in another form, or of a day that does not exist, is rejected for that reason."""
    wrong = (
        "12/25/2026,29/02/2026,2026-02-29,31/06/2026,2026-13-01,0/5/2026,00/00/0000,32/1/2026,"
        "05-08-2026,5.8.2026,5 August 2026,05/08/26,2026/08/05,2026-05-32,tomorrow,,05/08,46000,"
        "05/08/2026 09:30,2026-08-05T09:30:00"
    )
    rows = [f"LMP-00001,{written},pass" for written in wrong.split(",")]
    intake = load(made(tmp_path, HEADER, *rows, GOOD.format(1)))
    assert reasons(intake) == ["date"] * len(rows)
    assert [row.day for row in intake.accepted] == [date(2026, 2, 11)]


@pytest.mark.clause("3.8")
@pytest.mark.behaviour("results-and-reasons")
def test_results(tmp_path: Path) -> None:
    """A result is kept in small letters, and anything but pass and fail is rejected."""
    right = ("pass", "FAIL", " Pass ", "fAIL")
    rows = [f"BIN-{i},2026-02-11,{result}" for i, result in enumerate(right)]
    intake = load(made(tmp_path, HEADER, *rows))
    assert [row.result for row in intake.accepted] == ["pass", "fail", "pass", "fail"]
    wrong = ("", "ok", "passed", "fail?", "pass fail", "p", "1", "pass.")
    rows = [f"BIN-{i},2026-02-11,{result}" for i, result in enumerate(wrong)]
    assert reasons(load(made(tmp_path, HEADER, *rows))) == ["result"] * len(wrong)


@pytest.mark.clause("3.5")
@pytest.mark.behaviour("results-and-reasons")
@pytest.mark.hint("What does your program do with cells that no column belongs to?")
def test_rows_have_as_many_cells_as_the_header(tmp_path: Path) -> None:
    """A row with fewer or more cells than the header is rejected for that reason."""
    header = "asset,date,result,note"
    good = "BIN-00001,2026-02-11,pass,"
    rows = ("BIN-00002,2026-02-11,pass", "BIN-00003", good + ",", good + "a,b,c", good)
    intake = load(made(tmp_path, header, *rows))
    assert reasons(intake) == ["cells"] * 4
    assert len(intake.accepted) == 1


@pytest.mark.clause("3.4")
@pytest.mark.behaviour("results-and-reasons")
@pytest.mark.hint("In which order does your program look at a row, and does that match 3.5 to 3.9?")
def test_first_check_that_fails_gives_the_reason(tmp_path: Path) -> None:
    """Where several things are wrong with a row, the first check of the list gives the reason."""
    seen = GOOD.format(1)
    for row, reason in {
        "PIN-1,31/31/2026,ok,": "cells",
        "PIN-1,31/31/2026": "cells",
        "PIN-1,31/31/2026,ok": "asset",
        "PIN-1,2026-02-11,ok": "asset",
        "SGN-00001,31/31/2026,ok": "date",
        "SGN-00001,2026-02-11,ok": "result",
        "SGN-00001,2026-02-11,pass": "duplicate",
    }.items():
        path = made(tmp_path, "result,date,asset", turned(seen), turned(row))
        assert reasons(load(path)) == [reason]


def turned(row: str) -> str:
    """Return the row with its cells from last to first."""
    return ",".join(reversed(row.split(",")))


# 3.9 and 1.6: duplicates --------------------------------------------------------------------------


@pytest.mark.behaviour("duplicates")
@pytest.mark.hint("Compare what the row means, not how it is written.")
def test_first_row_wins(tmp_path: Path) -> None:
    """Of several rows for one asset and day the first is accepted, however they are written."""
    rows = (
        "LMP-00052,02/02/2026,fail",
        "lmp 52,2026-02-02,pass",
        "LMP52,2/2/2026,pass",
        "LMP-00052,02/02/2026,pass",
    )
    intake = load(made(tmp_path, HEADER, *rows))
    assert [(row.asset, row.result) for row in intake.accepted] == [("LMP-00052", "fail")]
    assert reasons(intake) == ["duplicate"] * 3


@pytest.mark.behaviour("duplicates")
def test_other_assets_and_days_are_no_duplicates(tmp_path: Path) -> None:
    """The same asset on another day, or another asset on the same day, is no duplicate."""
    rows = (
        "LMP-00052,07/02/2026,fail",
        "SGN-00052,07/02/2026,fail",
        "LMP-00520,07/02/2026,fail",
        "LMP-00052,02/07/2026,fail",
        "LMP-00052,08/02/2026,fail",
    )
    intake = load(made(tmp_path, HEADER, *rows))
    assert len(intake.accepted) == 5
    assert intake.rejected == []


@pytest.mark.behaviour("duplicates")
@pytest.mark.hint("When exactly do you note that an asset has been seen?")
def test_rejected_row_does_not_count_as_first(tmp_path: Path) -> None:
    """A row that was rejected does not make a later good row a duplicate."""
    rows = ("LMP-00052,07/02/2026,so-so", "LMP-00052,07/02/2026", "LMP-00052,07/02/2026,pass")
    intake = load(made(tmp_path, HEADER, *rows))
    assert [(row.asset, row.result) for row in intake.accepted] == [("LMP-00052", "pass")]
    assert reasons(intake) == ["result", "cells"]


@pytest.mark.clause("1.6")
@pytest.mark.behaviour("duplicates")
@pytest.mark.hint("Where is your set or list made: once for the program, or once for each call?")
def test_each_file_starts_afresh(tmp_path: Path) -> None:
    """A file is taken in the same, whatever was taken in before it."""
    first = made(tmp_path, HEADER, GOOD.format(1), BAD["date"].format(2))
    second = made(tmp_path, HEADER, GOOD.format(1), GOOD.format(3))
    for path, counts in ((first, (1, 1)), (second, (2, 0)), (first, (1, 1))):
        intake = load(path)
        assert (len(intake.accepted), len(intake.rejected)) == counts


# 3.1 and 3.3: the answer --------------------------------------------------------------------------


@pytest.mark.clause("3.3")
@pytest.mark.behaviour("answer")
@pytest.mark.hint("Which cells did you strip, pad or change before you put them into the Reject?")
def test_rejected_rows_keep_their_cells(tmp_path: Path) -> None:
    """A rejected row keeps all of its cells as they stand in the file."""
    cells = (" lmp 52 ", "7/2/2026 ", " Maybe", 'he said "why,\nno"', "")
    row = ",".join('"' + cell.replace('"', '""') + '"' for cell in cells)
    more = (*cells, "", "one more")
    intake = load(made(tmp_path, f"{HEADER},a,b", row, row + ',,"one more"', " x, y"))
    assert [row.cells for row in intake.rejected] == [cells, more, (" x", " y")]


@pytest.mark.clause("3.1")
@pytest.mark.behaviour("answer")
def test_answer_is_made_of_the_given_classes(tmp_path: Path) -> None:
    """The answer is an Intake with lists of Inspection and Reject, and plain values in them."""
    rows = ("BIN-00007,2/2/2026,fail,x", "BIN-00008,2026-02-02,pass", "BIN-00009,2026-02-02,pass,y")
    intake = load(made(tmp_path, f"{HEADER},note", *rows))
    assert type(intake) is Intake
    assert type(intake.encoding) is str
    assert (type(intake.accepted), type(intake.rejected)) == (list, list)
    day = date(2026, 2, 2)
    first = Inspection(2, "BIN-00007", day, "fail", {"note": "x"})
    assert intake.accepted == [first, Inspection(4, "BIN-00009", day, "pass", {"note": "y"})]
    assert intake.rejected == [Reject(3, "cells", ("BIN-00008", "2026-02-02", "pass"))]
    for row in intake.accepted:
        assert [type(value) for value in vars(row).values()] == [int, str, date, str, dict]
    for row in intake.rejected:
        assert [type(value) for value in vars(row).values()] == [int, str, tuple]


@pytest.mark.clause("1.6")
@pytest.mark.behaviour("answer")
def test_file_is_left_as_it_is(tmp_path: Path) -> None:
    """Taking a file in leaves it, and the folder around it, as they were."""
    for encoding in ("cp1252", "utf-8-sig", "utf-8"):
        path = made(tmp_path, f"{HEADER},§", f"{GOOD.format(1)},", encoding=encoding, end="\n")
        before, names = path.read_bytes(), set(tmp_path.iterdir())
        tried(path)
        assert path.read_bytes() == before
        assert set(tmp_path.iterdir()) == names
    assert len(load(made(tmp_path, HEADER, GOOD.format(1))).accepted) == 1
