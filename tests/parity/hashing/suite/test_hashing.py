import pytest
from program import Card, Coin, Mutable, unique


def test_equal_cards_are_one_in_a_set():
    assert len({Card("A", 1), Card("A", 1), Card("B", 1)}) == 2


def test_as_keys():
    counts = {Card("A", 1): 3}
    assert counts[Card("A", 1)] == 3
    assert Card("A", 2) not in counts
    counts[Card("A", 1)] += 1
    assert list(counts.values()) == [4]


def test_hash_agrees_with_equality():
    assert hash(Card("A", 1)) == hash(Card("A", 1))
    assert Card("A", 1) == Card("A", 1)


def test_identity_without_eq():
    one, two = Coin(), Coin()
    assert one != two
    assert one == one
    assert len({one, two, one}) == 2
    assert [one, two].index(two) == 1


def test_unhashable():
    with pytest.raises(TypeError):
        hash(Mutable(1))
    with pytest.raises(TypeError):
        {Mutable(1)}


def test_unique_keeps_the_order():
    cards = [Card("B", 1), Card("A", 1), Card("B", 1)]
    assert unique(cards) == [Card("B", 1), Card("A", 1)]


def test_sets_of_the_program():
    assert set(unique([Card("B", 1), Card("B", 1)])) == {Card("B", 1)}
    assert Card("B", 1) in [Card("B", 1)]
    assert Card("C", 1) not in [Card("B", 1)]
