"""The worked examples of the ticket. Read them and run them, but leave them as they are."""

from datetime import date, datetime, timedelta, timezone
from pathlib import Path

import pytest
from intake import FileError, load, write_rejects
from records import Inspection, Reject

BRITISH_SUMMER = timezone(timedelta(hours=1))
HALF_PAST_NINE = datetime(2026, 7, 1, 9, 30, tzinfo=BRITISH_SUMMER)
FORMULA = Reject(4, "asset", ("=SGN-00233", "CV-3", "2026-04-09", "pass"))
INCH = Reject(12, "date", ("LMP-00417", "soon", "pass", 'cover, 4" wide'))


@pytest.mark.clause("1.1")
def test_a_file_with_a_byte_order_mark() -> None:
    """Amberline's file begins with a byte-order mark, and has its column asset all the same."""
    intake = load(Path("amberline.csv"))
    assert intake.encoding == "utf-8-sig"
    assert intake.accepted[0].asset == "LMP-00417"


@pytest.mark.clause("1.1")
def test_a_file_in_windows_1252() -> None:
    """Boreal's file is Windows-1252: the é, the £ and the long dash are one byte each."""
    intake = load(Path("boreal.csv"))
    assert intake.encoding == "cp1252"
    assert intake.accepted[1].extra == {"place": "Market – north side", "charge": "£12,50"}


@pytest.mark.clause("1.1")
def test_a_file_in_utf_8() -> None:
    """Corvid's file is UTF-8 without a mark."""
    intake = load(Path("corvid.csv"))
    assert intake.encoding == "utf-8"
    assert intake.accepted[0].extra == {"Visit n°": "CV-1"}


@pytest.mark.clause("1.2")
def test_semicolons() -> None:
    """Boreal's cells stand between semicolons, so the comma in a charge is part of it."""
    intake = load(Path("boreal.csv"))
    assert intake.accepted[0] == Inspection(
        2, "BIN-00088", date(2026, 4, 7), "pass", {"place": "Café Aurora", "charge": "£12,50"}
    )


@pytest.mark.clause("1.3")
def test_a_comma_in_quotes() -> None:
    """Line 3 of Amberline's file has a comma in its last cell."""
    intake = load(Path("amberline.csv"))
    assert intake.accepted[1].extra == {"Notes": "lamp out, ladder needed"}


@pytest.mark.clause("1.3")
def test_quotes_and_a_line_break_in_a_cell() -> None:
    """The note on line 4 has quotes in it and goes on on line 5."""
    intake = load(Path("amberline.csv"))
    assert intake.accepted[2].extra == {"Notes": 'sign reads "No entry",\r\ncleaned'}


@pytest.mark.clause("1.4")
def test_the_last_line_may_have_no_end() -> None:
    """Corvid's lines end with LF, and its last line with nothing."""
    intake = load(Path("corvid.csv"))
    assert intake.rejected[-1].cells == ("SGN-00231", "CV-5", "09/04/2026", "fail")


@pytest.mark.clause("1.5")
def test_blank_lines_are_no_rows() -> None:
    """Line 7 of Amberline's file and line 6 of Corvid's are blank: neither is a row."""
    amberline = load(Path("amberline.csv"))
    corvid = load(Path("corvid.csv"))
    assert len(amberline.accepted) + len(amberline.rejected) == 6
    assert len(corvid.accepted) + len(corvid.rejected) == 6


@pytest.mark.clause("1.5")
def test_separators_alone_are_a_row() -> None:
    """Line 7 of Corvid's file is four empty cells, so there is no asset number."""
    intake = load(Path("corvid.csv"))
    assert intake.rejected[2] == Reject(7, "asset", ("", "", "", ""))


@pytest.mark.clause("1.6")
def test_a_file_can_be_taken_in_again() -> None:
    """The same file, taken in twice, gives the same twice."""
    path = Path("amberline.csv")
    first = load(path)
    assert load(path) == first


@pytest.mark.clause("2.1")
def test_columns_in_another_order() -> None:
    """Corvid's file starts with ` ASSET`, has the date third and the result last."""
    intake = load(Path("corvid.csv"))
    first = intake.accepted[0]
    assert (first.asset, first.day, first.result) == ("SGN-00231", date(2026, 4, 9), "fail")


@pytest.mark.clause("2.2")
def test_a_further_column_is_kept() -> None:
    """Amberline's column Notes is kept, also where its cell is empty."""
    intake = load(Path("amberline.csv"))
    assert intake.accepted[0].extra == {"Notes": ""}


@pytest.mark.clause("2.3")
def test_a_missing_column() -> None:
    """Dovetail's file has no column result, and the message says so."""
    with pytest.raises(FileError, match="result"):
        load(Path("dovetail.csv"))


@pytest.mark.clause("2.4")
def test_an_empty_file(tmp_path: Path) -> None:
    """A file without a single byte is no intake."""
    path = tmp_path / "empty.csv"
    path.write_bytes(b"")
    with pytest.raises(FileError):
        load(path)


@pytest.mark.clause("2.5")
def test_a_file_in_no_known_encoding(tmp_path: Path) -> None:
    """The byte 8D makes this file neither UTF-8 nor Windows-1252."""
    path = tmp_path / "odd.csv"
    path.write_bytes(b"asset,date,result\r\nLMP-\x8d1,2026-04-03,pass\r\n")
    with pytest.raises(FileError):
        load(path)


@pytest.mark.clause("2.6")
def test_a_header_alone(tmp_path: Path) -> None:
    """Nothing was inspected that day, which is no error."""
    path = tmp_path / "header.csv"
    path.write_bytes(b"asset,date,result\r\n")
    intake = load(path)
    assert intake.accepted == []
    assert intake.rejected == []


@pytest.mark.clause("3.1")
def test_no_row_is_lost() -> None:
    """Five rows in Boreal's file: three accepted and two rejected, in the order of the file."""
    intake = load(Path("boreal.csv"))
    assert [row.line for row in intake.accepted] == [2, 3, 6]
    assert [row.line for row in intake.rejected] == [4, 5]


@pytest.mark.clause("3.2")
def test_line_numbers() -> None:
    """In Amberline's file, line 5 is inside a cell and line 7 is blank: both count."""
    intake = load(Path("amberline.csv"))
    assert [row.line for row in intake.accepted] == [2, 3, 4, 9]
    assert [row.line for row in intake.rejected] == [6, 8]


@pytest.mark.clause("3.3")
def test_a_rejected_row_keeps_its_cells() -> None:
    """The row on line 4 of Corvid's file is set aside with all of its cells."""
    intake = load(Path("corvid.csv"))
    assert intake.rejected[1] == FORMULA


@pytest.mark.clause("3.4")
def test_the_first_check_that_fails_gives_the_reason(tmp_path: Path) -> None:
    """Asset, date and result are all wrong: the asset is looked at first."""
    path = tmp_path / "all-wrong.csv"
    path.write_bytes(b"asset,date,result\r\nLAMP,soon,dunno\r\n")
    assert load(path).rejected == [Reject(2, "asset", ("LAMP", "soon", "dunno"))]


@pytest.mark.clause("3.5")
def test_a_row_with_too_few_cells() -> None:
    """The row on line 3 of Corvid's file has three cells, the header has four."""
    intake = load(Path("corvid.csv"))
    assert intake.rejected[0] == Reject(3, "cells", ("SGN-00232", "CV-2", "2026-04-09"))


@pytest.mark.clause("3.6")
def test_the_normal_form_of_an_asset_number() -> None:
    """Boreal writes `bin 88` and `BIN-00089`; ` sgn 234 ` is Corvid's."""
    boreal = load(Path("boreal.csv"))
    corvid = load(Path("corvid.csv"))
    assert [row.asset for row in boreal.accepted] == ["BIN-00088", "BIN-00089", "BIN-00088"]
    assert corvid.accepted[1].asset == "SGN-00234"


@pytest.mark.clause("3.6")
def test_no_asset_number() -> None:
    """Boreal's `BN-90` is no asset number."""
    assert load(Path("boreal.csv")).rejected[0].reason == "asset"


@pytest.mark.clause("3.7")
def test_the_day_comes_first() -> None:
    """03/04/2026 is 3 April, 9/4/2026 is 9 April."""
    assert load(Path("amberline.csv")).accepted[0].day == date(2026, 4, 3)
    assert load(Path("corvid.csv")).accepted[1].day == date(2026, 4, 9)


@pytest.mark.clause("3.7")
def test_an_iso_date() -> None:
    """2026-04-08 is 8 April."""
    assert load(Path("boreal.csv")).accepted[2].day == date(2026, 4, 8)


@pytest.mark.clause("3.7")
def test_a_day_that_no_calendar_has() -> None:
    """April has no 31st."""
    assert load(Path("amberline.csv")).rejected[0].reason == "date"


@pytest.mark.clause("3.8")
def test_results() -> None:
    """Boreal writes PASS, pass and fail, and once `maybe`."""
    intake = load(Path("boreal.csv"))
    assert [row.result for row in intake.accepted] == ["pass", "pass", "fail"]
    assert intake.rejected[1].reason == "result"


@pytest.mark.clause("3.9")
def test_a_duplicate() -> None:
    """`lmp 417` on 2026-04-03 is LMP-00417 on 03/04/2026 once more; on 4 April it is not."""
    intake = load(Path("amberline.csv"))
    assert intake.rejected[1].reason == "duplicate"
    assert (intake.accepted[3].asset, intake.accepted[3].day) == ("LMP-00417", date(2026, 4, 4))


@pytest.mark.clause("4.1")
def test_the_file_of_rejects_replaces_an_older_one(tmp_path: Path) -> None:
    """What was in the file before is gone."""
    path = tmp_path / "rejects.csv"
    path.write_bytes(b"rejects of last week\r\n")
    write_rejects(path, [FORMULA], HALF_PAST_NINE)
    assert "last week" not in path.read_bytes().decode("utf-8")


@pytest.mark.clause("4.2")
def test_a_cell_that_needs_quotes(tmp_path: Path) -> None:
    """A comma and a double quote: the cell is quoted, and its quote doubled."""
    path = tmp_path / "rejects.csv"
    write_rejects(path, [INCH], HALF_PAST_NINE)
    written = path.read_bytes().decode("utf-8")
    assert '"LMP-00417 | soon | pass | cover, 4"" wide"\r\n' in written


@pytest.mark.clause("4.3")
def test_the_lines_of_the_file_of_rejects(tmp_path: Path) -> None:
    """The header, then a line for each reject."""
    path = tmp_path / "rejects.csv"
    rejects = [Reject(3, "cells", ("SGN-00232", "CV-2")), Reject(7, "asset", ("", "", "", ""))]
    write_rejects(path, rejects, HALF_PAST_NINE)
    lines = path.read_bytes().decode("utf-8").replace('"', "").splitlines()
    assert lines == [
        "rejected_at,line,reason,row",
        "2026-07-01T08:30:00Z,3,cells,SGN-00232 | CV-2",
        "2026-07-01T08:30:00Z,7,asset, |  |  | ",
    ]


@pytest.mark.clause("4.4")
def test_the_time_of_rejection(tmp_path: Path) -> None:
    """Half past nine in the British summer is half past eight in UTC."""
    path = tmp_path / "rejects.csv"
    write_rejects(path, [FORMULA], HALF_PAST_NINE)
    assert "2026-07-01T08:30:00Z" in path.read_bytes().decode("utf-8")


@pytest.mark.clause("4.5")
def test_a_formula_is_made_safe(tmp_path: Path) -> None:
    """A row that begins with = gets an apostrophe in front."""
    path = tmp_path / "rejects.csv"
    write_rejects(path, [FORMULA], HALF_PAST_NINE)
    assert "'=SGN-00233 | CV-3 | 2026-04-09 | pass" in path.read_bytes().decode("utf-8")
