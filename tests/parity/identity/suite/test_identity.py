import collections
import datetime
import decimal
import unittest

import program
import pytest
from stock import Item, Label


def kinds():
    return [
        [1, 2],
        {"a": 1},
        {1, 2},
        bytearray(b"ab"),
        collections.deque([1]),
        collections.OrderedDict(a=1),
        collections.Counter("aab"),
        collections.defaultdict(list, a=[1]),
        Item("tea"),
        Label("tea", ["t"]),
        [],
        {},
        [[1], [2]],
    ]


@pytest.mark.parametrize("value", kinds(), ids=lambda value: type(value).__name__)
class TestEveryKind:
    def test_comes_back_as_itself(self, value):
        assert program.same(value) is value
        assert program.second(0, value=value) is value

    def test_within_others(self, value):
        assert program.first_of([value]) is value
        assert program.first_of((value, 1)) is value
        found = program.wrapped(value)
        assert found["value"] is value
        assert found["again"][0] is found["again"][1][0] is value

    def test_kept_and_given_later(self, value):
        program.remember(value)
        assert program.recall() is value
        assert program.recall() is program.recall()

    def test_in_the_arguments_of_an_error(self, value):
        with pytest.raises(ValueError) as caught:
            program.failing(value)
        assert caught.value.args[0] is value

    def test_two_names_for_one(self, value):
        assert program.is_same(value, value)
        one, other = program.pair(value)
        assert one is other is value


class TestIdentity(unittest.TestCase):
    def test_chained_calls(self):
        queue = ["a"]
        self.assertIs(program.chained(queue), queue)
        self.assertIs(program.chained(program.chained(queue)), queue)
        self.assertEqual(queue, ["a", "x", "x", "x"])

    def test_one_of_several(self):
        rows = [[1], [1, 2], [3]]
        self.assertIs(program.longest(rows), rows[1])
        self.assertIsNot(program.longest([[1, 2], [1]]), rows[1])

    def test_lists_of_lists(self):
        rows, found = [[1], [2]], []
        self.assertIs(program.fill(rows, found), found)
        self.assertIs(found[0], rows[0])
        found[1].append(3)
        self.assertEqual(rows, [[1], [2, 3]])

    def test_given_object_is_changed(self):
        item = Item("tea", 1)
        tags = item.tags
        self.assertIs(program.restock(item, 4), item)
        self.assertEqual((item.count, item.tags), (5, ["restocked"]))
        self.assertIs(item.tags, tags)

    def test_counters_and_queues_are_changed(self):
        counts = collections.Counter()
        self.assertIs(program.counted(["a", "a"], counts), counts)
        self.assertEqual(counts, {"a": 2})
        table = collections.defaultdict(int)
        program.counted(["b"], table)
        self.assertEqual(table, {"b": 1})
        queue = collections.deque([1, 2, 3], 3)
        self.assertIs(program.turned(queue), queue)
        self.assertEqual(list(queue), [1, 2, 0])
        self.assertEqual(queue.maxlen, 3)

    def test_what_the_program_keeps(self):
        self.assertIs(program.settings(), program.settings())
        self.assertIsNot(program.fresh(), program.fresh())
        self.assertIs(program.settings(), program.COUNTS)

    def test_functions_and_classes(self):
        def helper():
            return 1

        for value in (helper, len, int, program.Box, program.same, print, helper, "".join):
            self.assertIs(program.same(value), value)
        self.assertTrue(program.is_same(helper, helper))

    def test_objects_of_the_programs(self):
        root = program.Node("root")
        leaf = root.child("leaf")
        self.assertIs(leaf.above, root)
        self.assertIs(root.below[0], leaf)
        self.assertIs(program.same(root), root)
        self.assertIn(leaf, root.below)

    def test_a_box(self):
        items = [1]
        box = program.Box(items)
        self.assertIs(box.items, items)
        self.assertIs(box.get(), items)
        self.assertIs(box.add(2), box)
        self.assertEqual(items, [1, 2])

    def test_iterators_and_dates(self):
        numbers = iter([1, 2])
        self.assertIs(program.same(numbers), numbers)
        day = datetime.date(2024, 2, 29)
        self.assertEqual(program.same(day), day)
        self.assertEqual(program.same(decimal.Decimal("1.10")), decimal.Decimal("1.10"))
