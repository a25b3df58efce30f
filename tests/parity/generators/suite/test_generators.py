import itertools

import pytest
from program import averager, chunks, countdown, naturals, tree_walk


def test_is_lazy():
    assert list(itertools.islice(naturals(), 4)) == [0, 1, 2, 3]


def test_next_and_stop():
    counting = countdown(2)
    assert next(counting) == 2
    assert next(counting) == 1
    with pytest.raises(StopIteration) as caught:
        next(counting)
    assert caught.value.value == "lift-off"
    assert next(counting, "empty") == "empty"


def test_send():
    average = averager()
    next(average)
    assert average.send(10) == 10
    assert average.send(20) == 15


def test_throw_resets():
    average = averager()
    next(average)
    average.send(10)
    assert average.throw(ValueError("reset")) is None
    assert average.send(4) == 4


def test_close_runs_the_end():
    log = []
    counting = countdown(5, log.append)
    next(counting)
    counting.close()
    assert log == ["closed"]
    with pytest.raises(StopIteration):
        next(counting)


def test_chunks_of_any_iterable():
    assert list(chunks(range(5), 2)) == [[0, 1], [2, 3], [4]]
    assert list(chunks((c for c in "abc"), 2)) == [["a", "b"], ["c"]]


def test_chunks_take_no_more_than_they_need():
    taken = []

    def source():
        for number in itertools.count():
            taken.append(number)
            yield number

    assert next(chunks(source(), 3)) == [0, 1, 2]
    assert taken == [0, 1, 2]


def test_yield_from():
    assert list(tree_walk((1, (2, None, None), (3, None, None)))) == [2, 1, 3]


def test_unpacking_and_loops():
    first, *rest = countdown(4)
    assert first == 4
    assert rest == [3, 2, 1]
    assert sum(countdown(4)) == 10
    assert dict(zip("ab", naturals(), strict=False)) == {"a": 0, "b": 1}
    assert 7 in naturals()
