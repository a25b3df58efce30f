import contextlib

import pytest
from program import Account, NotEnoughError, Timer, quiet, tag, transaction


def test_enter_and_exit():
    with Timer() as timer:
        assert timer.running
    assert not timer.running
    assert timer.rounds == 1


def test_exit_runs_after_an_error():
    timer = Timer()
    with pytest.raises(ZeroDivisionError):
        with timer:
            1 / 0
    assert not timer.running
    assert timer.failed_with == "ZeroDivisionError"


def test_swallows_only_what_it_should():
    with quiet(KeyError, IndexError):
        {}["a"]
    with pytest.raises(ValueError, match="bad"):
        with quiet(KeyError):
            raise ValueError("bad")


def test_generator_based(capsys):
    with tag("b") as name:
        assert name == "b"
        print("text")
    assert capsys.readouterr().out == "<b>\ntext\n</b>\n"


def test_transaction_rolls_back():
    account = Account(100)
    with pytest.raises(NotEnoughError):
        with transaction(account):
            account.take(30)
            account.take(90)
    assert account.balance == 100


def test_transaction_commits():
    account = Account(100)
    with transaction(account) as same:
        same.take(30)
    assert account.balance == 70


def test_as_decorator():
    @tag("i")
    def shout():
        return "done"

    assert shout() == "done"


def test_in_an_exit_stack():
    one, two = Timer(), Timer()
    with contextlib.ExitStack() as stack:
        stack.enter_context(one)
        stack.enter_context(two)
        assert one.running
        assert two.running
    assert (one.rounds, two.rounds) == (1, 1)
