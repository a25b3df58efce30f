import sqlite3
import tempfile
import unittest
from pathlib import Path

from program import OutOfStock, Stock


class StockTest(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.path = Path(folder.name) / "stock.db"

    def rows(self):
        db = sqlite3.connect(self.path)
        try:
            return db.execute("select * from stock order by item").fetchall()
        finally:
            db.close()

    def test_adds(self):
        with Stock(self.path) as stock:
            stock.add("tea", 2)
            stock.add("tea", 3)
            self.assertEqual(stock.count("tea"), 5)
            self.assertEqual(stock.count("milk"), 0)
        self.assertEqual(self.rows(), [("tea", 5)])

    def test_moves_all_or_nothing(self):
        with Stock(str(self.path)) as stock:
            stock.add("tea", 2)
            stock.add("milk", 1)
            with self.assertRaisesRegex(OutOfStock, "milk"):
                stock.move([("tea", 1), ("milk", 5)])
            self.assertEqual(self.rows(), [("milk", 1), ("tea", 2)])
            stock.move([("tea", 2)])
        self.assertEqual(self.rows(), [("milk", 1), ("tea", 0)])

    def test_closed(self):
        with Stock(self.path) as stock:
            pass
        with self.assertRaises(sqlite3.ProgrammingError):
            stock.count("tea")

    def test_not_a_database(self):
        self.path.write_bytes(b"x" * 5000)
        with self.assertRaises(sqlite3.DatabaseError):
            Stock(self.path)
        with self.assertRaises(sqlite3.OperationalError):
            Stock(self.path.parent / "none" / "stock.db")
