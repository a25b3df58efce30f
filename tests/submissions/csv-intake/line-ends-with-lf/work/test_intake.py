from datetime import date

import pytest
from intake import FileError, load
from records import Inspection


@pytest.fixture
def take_in(tmp_path):
    def run(text):
        path = tmp_path / "in.csv"
        path.write_bytes(text.encode())
        return load(path)

    return run


def test_good_row(take_in):
    intake = take_in("asset,date,result\r\nLMP-00417,03/04/2026,pass\r\n")
    assert intake.accepted == [Inspection(2, "LMP-00417", date(2026, 4, 3), "pass", {})]


def test_bad_rows_are_set_aside_and_the_rest_goes_on(take_in):
    """Clause 3.1"""
    intake = take_in(
        "asset,date,result\nnope,03/04/2026,pass\nLMP-2,31/04/2026,pass\nLMP-3,03/04/2026,pass\n"
    )
    assert [r.reason for r in intake.rejected] == ["asset", "date"]
    assert [r.line for r in intake.accepted] == [4]


def test_duplicate_is_in_one_list_only(take_in):
    """Clauses 3.1 and 3.9"""
    intake = take_in("asset,date,result\nLMP-3,03/04/2026,pass\nLMP-3,03/04/2026,fail\n")
    assert len(intake.accepted) == 1
    assert [r.reason for r in intake.rejected] == ["duplicate"]


def test_line_after_blank_one(take_in):
    """Clause 3.2"""
    intake = take_in("asset,date,result\n\n\nLMP-3,03/04/2026,pass\n")
    assert intake.accepted[0].line == 4


def test_missing_column(take_in):
    with pytest.raises(FileError):
        take_in("asset,date\n")
