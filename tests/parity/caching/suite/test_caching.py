import pytest
from program import area, calls, fibonacci, half, lookup, slow_square


def test_cache_is_used():
    assert [slow_square(3), slow_square(3), slow_square(4)] == [9, 9, 16]
    assert slow_square.cache_info().hits == 1
    assert slow_square.cache_info().misses == 2
    assert calls == [3, 4]


def test_cache_can_be_cleared():
    slow_square.cache_clear()
    calls.clear()
    slow_square(5)
    slow_square.cache_clear()
    slow_square(5)
    assert slow_square.cache_info().currsize == 1
    assert calls == [5, 5]


def test_large_fibonacci():
    assert fibonacci(90) == 2880067194370816120


def test_cache_has_a_limit():
    assert lookup.cache_info().maxsize == 2
    for key in "abcab":
        lookup(key)
    assert lookup.cache_info().hits == 0


def test_partial():
    assert half(9) == 4.5
    assert half.keywords == {"by": 2}
    assert half.args == ()


def test_cached_property():
    plot = area(3, 4)
    assert plot.size == 12
    assert plot.size == 12
    assert plot.computed == 1


def test_unhashable_argument():
    with pytest.raises(TypeError):
        slow_square([1])
