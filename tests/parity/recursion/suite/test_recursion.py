import pytest
from program import depth, flatten, hanoi, permutations


@pytest.mark.parametrize("disks", range(6))
def test_hanoi_needs_the_least_moves(disks):
    assert len(hanoi(disks, "A", "C", "B")) == 2**disks - 1


def test_hanoi_moves():
    assert hanoi(2, "A", "C", "B") == [("A", "B"), ("A", "C"), ("B", "C")]


def test_flatten():
    assert flatten([1, [2, [3, []]], (4,)]) == [1, 2, 3, (4,)]


def test_depth():
    assert depth([]) == 1
    assert depth([[], [[[]]]]) == 4


def test_permutations():
    assert sorted(permutations("abc")) == ["abc", "acb", "bac", "bca", "cab", "cba"]


def test_endless_recursion_is_a_recursion_error():
    with pytest.raises(RecursionError):
        hanoi(-1, "A", "C", "B")
