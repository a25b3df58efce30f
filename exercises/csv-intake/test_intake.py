"""Your own tests of intake.py. One is here to start with: add what you want to be sure of."""

from pathlib import Path

from intake import load


def test_a_good_row_is_accepted(tmp_path: Path) -> None:
    """Clause 3.1: one good row, so one inspection and nothing set aside."""
    path = tmp_path / "small.csv"
    path.write_bytes(b"asset,date,result\r\nLMP-00417,2026-04-03,pass\r\n")
    intake = load(path)
    assert len(intake.accepted) == 1
    assert intake.rejected == []
