import unittest

import program
import units


class DataTest(unittest.TestCase):
    def test_reads_at_import(self):
        self.assertEqual(program.FRUIT, ["apple", "banana", "cherry"])
        self.assertEqual(program.DATA.name, "data")

    def test_current_folder(self):
        self.assertEqual(program.magic(), b"\x89PNG")
        with self.assertRaises(FileNotFoundError):
            program.magic("data/none.png")

    def test_lists(self):
        self.assertEqual(program.names(), ["fruit.txt"])

    def test_given_functions(self):
        self.assertEqual(program.total([(1.5, "km"), (20, "m")]), 1520)
        self.assertIs(program.converter(), units.to_metres)
        self.assertEqual(program.known_units(), units.FACTORS)
        with self.assertRaises(KeyError):
            program.total([(1, "mile")])

    def test_z_adds(self):
        self.assertEqual(program.add("fig"), 5)
