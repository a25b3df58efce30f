import re
import unittest

import program
from program import card, dates, fill_in, mask, parse_plate, search, slug


class PlateTest(unittest.TestCase):
    def test_parts(self):
        found = parse_plate(" ab12 cde ")
        self.assertIsInstance(found, re.Match)
        self.assertEqual(found.groupdict(), {"area": "AB", "age": "12", "letters": "CDE"})
        self.assertEqual(found["area"], "AB")
        self.assertEqual(found.group(1, 2), ("AB", "12"))
        self.assertEqual(found.span("letters"), (5, 8))

    def test_no_plate(self):
        self.assertIsNone(parse_plate("AB12 CDEF"))
        self.assertIsNone(parse_plate(""))

    def test_the_pattern(self):
        self.assertIsInstance(program.PLATE, re.Pattern)
        self.assertEqual(program.PLATE.groups, 3)
        self.assertTrue(program.PLATE.match("ZZ99AAA"))


class TextTest(unittest.TestCase):
    def test_dates(self):
        self.assertEqual(dates("2024-02-29, 1999-1-1, 2000-12-31."), [
            ("2024", "02", "29"),
            ("2000", "12", "31"),
        ])

    def test_mask(self):
        self.assertEqual(mask("card 1234567890"), "card ******7890")

    def test_search(self):
        self.assertEqual(search("a+", "aa b a"), [(0, 2), (5, 6)])
        self.assertEqual(search(re.compile("A", re.IGNORECASE), "aA"), [(0, 1), (1, 2)])
        with self.assertRaises(re.error) as caught:
            search("(", "x")
        self.assertEqual(caught.exception.pos, 0)

    def test_slug(self):
        self.assertEqual(slug("  Straße & Co.: 2nd!"), "strasse-co-2nd")

    def test_card(self):
        self.assertEqual(card("the quick brown fox jumps"), "| the quick brown fox\n| jumps")

    def test_fill_in(self):
        self.assertEqual(fill_in("Hi $name, $$5", name="Al"), "Hi Al, $5")
        with self.assertRaisesRegex(KeyError, "name"):
            fill_in("Hi $name")
