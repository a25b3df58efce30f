import statistics
from itertools import islice

import pytest
from program import box, by_team, pairs, summary, ticket_numbers, windows


def test_summary():
    found = summary([2, 4, 4, 4, 5, 5, 7, 9])
    assert found["mean"] == 5 and found["median"] == 4.5
    assert found["stdev"] == pytest.approx(2.138, abs=0.001)
    assert found["quartiles"] == pytest.approx([4, 4.5, 6.5])


def test_too_few():
    with pytest.raises(statistics.StatisticsError):
        summary([1])


def test_teams():
    people = [{"team": t, "name": n} for t, n in ("ra", "bc", "rb")]
    assert by_team(people) == {"b": ["c"], "r": ["a", "b"]}


def test_windows():
    found = windows(iter("abcd"), 2)
    assert iter(found) is found
    assert next(found) == ("a", "b")
    assert list(found) == [("b", "c"), ("c", "d")]


def test_lazy_iterators():
    assert set(pairs(["x", "y", "z"])) == {("x", "y"), ("x", "z"), ("y", "z")}
    assert len(list(pairs("abcd"))) == 6
    assert list(islice(ticket_numbers(5), 3)) == [5, 15, 25]


def test_box():
    text = """
        one two three four five six
    """
    assert box("Hi", text) == "=========Hi=========\none two three four  \nfive six            "
