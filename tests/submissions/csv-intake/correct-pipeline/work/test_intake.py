import csv
import unittest
from pathlib import Path
from tempfile import TemporaryDirectory

from intake import load

ROWS = [
    ["asset", "date", "result", "note"],
    ["SGN-00001", "01/02/2026", "fail", "x, y"],
    ["SGN-00001", "01/02/2026", "pass", ""],
    ["bench", "01/02/2026", "pass", ""],
    ["SGN-00002", "30/02/2026", "pass", ""],
    ["SGN-00003", "01/02/2026", "maybe", ""],
    ["SGN-00004", "05/02/2026", "pass", "two\nlines"],
    ["SGN-00005", "05/02/2026", "pass", ""],
]


class LoadTest(unittest.TestCase):
    def setUp(self):
        folder = TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        path = Path(folder.name, "crew.csv")
        with open(path, "w", newline="", encoding="utf-8") as file:
            csv.writer(file).writerows(ROWS)
        self.intake = load(path)

    def test_no_row_is_lost(self):
        self.assertEqual(len(self.intake.accepted) + len(self.intake.rejected), len(ROWS) - 1)

    def test_which_ones_are_good(self):
        assets = [one.asset for one in self.intake.accepted]
        self.assertEqual(assets, ["SGN-00001", "SGN-00004", "SGN-00005"])

    def test_reasons(self):
        reasons = [one.reason for one in self.intake.rejected]
        self.assertEqual(reasons, ["duplicate", "asset", "date", "result"])

    def test_lines(self):
        self.assertEqual([one.line for one in self.intake.accepted], [2, 7, 9])

    def test_day_comes_first(self):
        self.assertEqual(self.intake.accepted[0].day.isoformat(), "2026-02-01")
