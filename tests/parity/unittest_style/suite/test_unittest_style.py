import unittest

from program import Basket, EmptyError, mean, parse


class TestBasket(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.prices = {"tea": 250, "milk": 120}

    def setUp(self):
        self.basket = Basket(self.prices)
        self.addCleanup(self.basket.clear)

    def tearDown(self):
        self.assertIsNotNone(self.basket)

    def test_empty(self):
        self.assertEqual(self.basket.total(), 0)
        self.assertFalse(self.basket.items)
        self.assertEqual(len(self.basket), 0)

    def test_add(self):
        self.basket.add("tea")
        self.basket.add("milk", 2)
        self.assertEqual(self.basket.total(), 490)
        self.assertIn("tea", self.basket.items)
        self.assertNotIn("jam", self.basket.items)
        self.assertDictEqual(self.basket.items, {"tea": 1, "milk": 2})
        self.assertCountEqual(self.basket.items, ["milk", "tea"])

    def test_unknown_item(self):
        with self.assertRaises(KeyError) as caught:
            self.basket.add("jam")
        self.assertEqual(caught.exception.args, ("jam",))

    def test_types(self):
        self.assertIsInstance(self.basket, Basket)
        self.assertNotIsInstance(self.basket, dict)
        self.assertIs(type(self.basket), Basket)


class TestFunctions(unittest.TestCase):
    def test_mean(self):
        self.assertAlmostEqual(mean([0.1, 0.2, 0.3]), 0.2)
        self.assertAlmostEqual(mean([1, 2, 2]), 1.67, places=2)
        self.assertGreater(mean([1, 2]), 1)

    def test_mean_of_nothing(self):
        self.assertRaises(EmptyError, mean, [])
        with self.assertRaisesRegex(ValueError, "no values"):
            mean([])

    def test_parse(self):
        for text, expected in {"1": 1, " 2 ": 2, "x": None}.items():
            with self.subTest(text=text):
                self.assertEqual(parse(text), expected)

    def test_sequences(self):
        self.assertListEqual([parse("1"), parse("2")], [1, 2])
        self.assertTupleEqual(tuple(map(parse, "12")), (1, 2))
        self.assertRegex(repr(Basket({})), r"^Basket\(")

    @unittest.skip("not part of this")
    def test_skipped(self):
        self.fail("never run")

    @unittest.expectedFailure
    def test_expected_to_fail(self):
        self.assertEqual(parse("1"), 2)


class TestLater(unittest.IsolatedAsyncioTestCase):
    async def asyncSetUp(self):
        self.basket = Basket({"tea": 1})

    async def test_total_later(self):
        self.basket.add("tea")
        self.assertEqual(await self.basket.total_later(), 1)
