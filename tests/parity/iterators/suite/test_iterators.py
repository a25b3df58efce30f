import itertools

import pytest
from program import Countdown, Deck, Peekable


def test_iterates_again_and_again():
    countdown = Countdown(3)
    assert list(countdown) == [3, 2, 1]
    assert list(countdown) == [3, 2, 1]


def test_two_at_once():
    countdown = Countdown(2)
    assert [(a, b) for a in countdown for b in countdown] == [(2, 2), (2, 1), (1, 2), (1, 1)]


def test_an_iterator_is_its_own_iterator():
    items = iter(Countdown(2))
    assert iter(items) is items
    assert next(items) == 2
    assert list(items) == [1]
    with pytest.raises(StopIteration):
        next(items)


def test_reversed():
    assert list(reversed(Countdown(3))) == [1, 2, 3]


def test_old_sequence_protocol():
    deck = Deck()
    assert len(deck) == 4
    assert deck[0] == "A1"
    assert deck[-1] == "B2"
    assert deck[1:3] == ["A2", "B1"]
    assert [card for card in deck] == ["A1", "A2", "B1", "B2"]
    assert "B1" in deck
    assert "C1" not in deck
    with pytest.raises(IndexError):
        deck[4]


def test_peekable():
    numbers = Peekable([1, 2])
    assert numbers.peek() == 1
    assert next(numbers) == 1
    assert numbers.peek() == 2
    assert bool(numbers) is True
    assert next(numbers) == 2
    assert bool(numbers) is False
    assert numbers.peek("none") == "none"


def test_with_itertools():
    assert list(itertools.chain(Countdown(1), Deck())) == [1, "A1", "A2", "B1", "B2"]
    assert max(Countdown(9)) == 9
    assert sorted(Countdown(3)) == [1, 2, 3]
    assert list(map(str, Countdown(2))) == ["2", "1"]
    assert list(enumerate(Countdown(2))) == [(0, 2), (1, 1)]
