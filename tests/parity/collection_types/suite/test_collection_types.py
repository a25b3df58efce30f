import collections
from collections import Counter, OrderedDict, defaultdict, deque

import pytest
from program import Config, by_initial, count_words, history, lru, rotate


def test_counter():
    counts = count_words("a b a")
    assert counts == Counter({"a": 2, "b": 1})
    assert isinstance(counts, Counter)
    assert counts.most_common(1) == [("a", 2)]
    assert counts["zzz"] == 0
    assert counts == {"a": 2, "b": 1}


def test_defaultdict():
    groups = by_initial(["ape", "bear", "ant"])
    assert groups == {"a": ["ape", "ant"], "b": ["bear"]}
    assert isinstance(groups, defaultdict)
    assert groups["z"] == []


def test_deque():
    assert rotate(deque([1, 2, 3]), 1) == deque([3, 1, 2])
    last = history(range(10))
    assert list(last) == [7, 8, 9]
    assert last.maxlen == 3


def test_ordered_dict():
    kept = lru([("a", 1), ("b", 2), ("a", 3)])
    assert kept == OrderedDict([("b", 2), ("a", 3)])
    assert list(kept) == ["b", "a"]


def test_chain_map():
    config = Config({"a": 1}, {"a": 0, "b": 2})
    assert config["a"] == 1
    assert config["b"] == 2
    assert dict(config) == {"a": 1, "b": 2}
    config["b"] = 5
    assert config.maps[0] == {"a": 1, "b": 5}
    assert isinstance(config, collections.ChainMap)


def test_missing_key():
    with pytest.raises(KeyError):
        Config({})["x"]
