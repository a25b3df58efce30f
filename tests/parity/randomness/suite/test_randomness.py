import pytest
import program
from program import Dice, deal, pick, shuffle


def test_same_seed_same_rolls():
    program.random.seed(7)
    first = [program.roll() for _ in range(5)]
    program.random.seed(7)
    assert [program.roll() for _ in range(5)] == first


def test_rolls_are_in_range():
    rolls = {program.roll() for _ in range(300)}
    assert rolls == {1, 2, 3, 4, 5, 6}


def test_own_generator():
    assert [Dice(3).roll() for _ in range(3)] == [Dice(3).roll()] * 3
    assert Dice(1).rolls(4) == Dice(1).rolls(4)
    assert Dice(1).rolls(9) != Dice(2).rolls(9)


def test_choice_is_replaced(candidate):
    candidate.swap("program.random.choice", lambda items: items[-1])
    assert pick(["a", "b", "c"]) == "c"


def test_randint_is_replaced(monkeypatch):
    monkeypatch.setattr(program.random, "randint", lambda low, high: high)
    assert program.roll() == 6


def test_by_name(monkeypatch):
    monkeypatch.setattr("program.random.randint", lambda low, high: low)
    assert program.roll() == 1


def test_shuffle_keeps_all():
    cards = list(range(20))
    mixed = shuffle(cards)
    assert sorted(mixed) == cards
    assert cards == list(range(20))


def test_deal_takes_a_generator_of_random_numbers():
    with pytest.raises(ValueError):
        deal(60)
    assert len(set(deal(5))) == 5
