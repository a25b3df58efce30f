"""What one side changes in a container that both hold, the other sees."""

import copy

import pytest
from program import Basket, Registry, View, add_all, each, grid, joined, snapshots


def test_a_list_that_is_handed_out_is_a_copy():
    basket = Basket(["tea"])
    basket.items.append("milk")
    assert basket.count() == 1
    got = basket.items
    basket.add("milk")
    assert got == ["tea"]


def test_the_list_that_was_given_is_not_kept():
    items = ["tea"]
    basket = Basket(items)
    items.append("milk")
    assert basket.count() == 1
    basket.add("sugar")
    assert items == ["tea", "milk"]


def test_two_baskets_share_nothing():
    one, other = Basket(), Basket()
    one.add("tea")
    assert other.count() == 0
    assert one.items == ["tea"]


def test_a_view_sees_later_changes():
    rows = [[1, 2], [3]]
    view = View(rows)
    assert view.total() == 6
    rows[1].append(4)
    assert view.total() == 10
    rows.append([5])
    assert view.total() == 15
    del rows[0]
    assert view.total() == 12


def test_a_view_changes_the_callers_rows():
    rows = [[1, 2], [3]]
    inner = rows[0]
    View(rows).double()
    assert rows == [[2, 4], [6]]
    assert rows[0] is inner
    assert inner == [2, 4]


def test_a_row_moved_elsewhere_stays_the_same():
    rows = [[1], [2]]
    view = View(rows)
    rows[0], rows[1] = rows[1], rows[0]
    assert view.rows[0] == [2]
    assert view.rows[0] is rows[0]


def test_a_default_argument_is_fresh():
    registry = Registry()
    assert registry.register("a", 1) == ["a"]
    assert registry.register("b", 2) == ["b"]
    assert Registry().register("c", 3) == ["c"]


def test_a_value_of_a_registry_is_the_callers():
    registry, value = Registry(), {"n": 1}
    registry.register("a", value)
    value["n"] = 2
    assert registry.get("a") == {"n": 2}
    registry.get("a")["m"] = 3
    assert value == {"n": 2, "m": 3}


def test_a_callback_changes_what_it_is_given():
    found = each([1, 2], lambda item, seen: seen.append(item * 10))
    assert found == [10, 20]


def test_a_callback_changes_what_the_suite_holds():
    items = [1, 2]

    def visit(item, seen):
        if item == 1:
            items.append(3)
        seen.append(item)

    assert each(items, visit) == [1, 2, 3]


def test_lists_that_were_emptied():
    values = [[1], [2, 3]]
    assert snapshots(values) == [[1], [2, 3]]
    assert values == [[], []]


def test_rows_of_a_grid_are_apart():
    rows = grid(2, 2)
    rows[0][0] = 1
    assert rows == [[1, 0], [0, 0]]


@pytest.mark.parametrize("second", [[3], [], [[4]]])
def test_in_place_or_not(second):
    first = [1]
    before = copy.deepcopy(first)
    assert joined(first, second) == before + second
    assert first == before
    assert add_all(first, second) == before + second
    assert first == before + second


def test_a_history_is_read_where_it_is():
    basket = Basket()
    history = basket.history
    basket.add("tea")
    assert history == [("add", "tea")]
    assert history is basket.history
