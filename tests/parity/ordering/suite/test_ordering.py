import bisect
import heapq

import pytest
from program import Task, Temperature, by_length


def test_all_comparisons():
    low, high = Temperature(1), Temperature(9)
    assert low < high
    assert low <= high
    assert high > low
    assert high >= low
    assert low <= Temperature(1)
    assert low == Temperature(1)
    assert low != high


def test_sorting():
    found = sorted([Temperature(5), Temperature(1), Temperature(3)])
    assert [one.degrees for one in found] == [1, 3, 5]
    assert max(found).degrees == 5
    assert min(found).degrees == 1


def test_sort_in_place_and_reverse():
    found = [Temperature(5), Temperature(7)]
    found.sort(reverse=True)
    assert [one.degrees for one in found] == [7, 5]


def test_no_order_with_others():
    with pytest.raises(TypeError):
        Temperature(1) < 5
    with pytest.raises(TypeError):
        sorted([Temperature(1), "a"])
    assert Temperature(1) != 1


def test_priority_queue():
    heap = []
    for task in [Task(3, "c"), Task(1, "a"), Task(2, "b")]:
        heapq.heappush(heap, task)
    assert [heapq.heappop(heap).name for _ in range(3)] == ["a", "b", "c"]


def test_bisect():
    found = [Temperature(1), Temperature(5)]
    assert bisect.bisect(found, Temperature(3)) == 1


def test_as_a_key():
    assert sorted(["ccc", "a", "bb"], key=by_length) == ["a", "bb", "ccc"]
    assert max(["a", "bbb"], key=by_length) == "bbb"
