import copy

from program import Cart, add_item, drain, dedupe, fill, merge, sort_in_place, transpose


def test_list_is_changed():
    numbers = [3, 1, 2]
    assert sort_in_place(numbers) is None
    assert numbers == [1, 2, 3]


def test_argument_is_left_alone():
    numbers = [3, 1, 3]
    assert dedupe(numbers) == [3, 1]
    assert numbers == [3, 1, 3]


def test_dict_and_nested():
    stock = {"tea": [1]}
    merge(stock, {"tea": [2], "milk": [3]})
    assert stock == {"tea": [1, 2], "milk": [3]}


def test_two_names_for_one_list():
    row = [0, 0]
    grid = [row, row]
    fill(grid, 1)
    assert row == [1, 1]
    assert grid[0] is grid[1]


def test_set_and_bytearray():
    letters, data = {"a", "b"}, bytearray(b"abc")
    assert drain(letters, data) == 2
    assert letters == set()
    assert data == bytearray()


def test_no_default_is_shared():
    assert add_item("a") == ["a"]
    assert add_item("b") == ["b"]


def test_copy_is_made():
    table = [[1, 2], [3, 4]]
    before = copy.deepcopy(table)
    assert transpose(table) == [[1, 3], [2, 4]]
    assert table == before


def test_keyword_argument():
    numbers = [2, 1]
    sort_in_place(numbers=numbers)
    assert numbers == [1, 2]


def test_object_keeps_no_alias():
    items = ["tea"]
    cart = Cart(items)
    items.append("milk")
    assert cart.items == ["tea"]
    cart.items.append("jam")
    assert cart.items == ["tea", "jam"]
    assert items == ["tea", "milk"]
