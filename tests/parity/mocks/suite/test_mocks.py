from unittest import mock

import pytest
import program
from program import Notifier, Shop, checkout


def test_patched_function():
    with mock.patch("program.rate", return_value=2) as rate:
        assert program.convert(10, "EUR") == 20
    rate.assert_called_once_with("EUR")


@mock.patch("program.rate")
def test_patched_by_decorator(rate):
    rate.side_effect = [1, 3]
    assert program.convert(10, "EUR") == 10
    assert program.convert(10, "USD") == 30
    assert [call.args for call in rate.call_args_list] == [("EUR",), ("USD",)]


def test_error_in_the_patched_function():
    with mock.patch("program.rate", side_effect=TimeoutError("slow")):
        assert program.convert(10, "EUR") is None


def test_patched_constant_and_dictionary():
    with mock.patch.object(program, "LIMIT", 5):
        assert not program.allowed(6)
    assert program.allowed(6)
    with mock.patch.dict(program.STOCK, {"tea": 1}):
        assert program.in_stock("tea")
    assert not program.in_stock("tea")


def test_patched_method():
    with mock.patch.object(Shop, "price", return_value=7) as price:
        assert Shop().total(["a", "b"]) == 14
    assert price.call_count == 2


def test_mock_as_argument():
    pay = mock.Mock(return_value=True)
    assert checkout(50, pay) == "paid"
    pay.assert_called_once_with(50, currency="GBP")


def test_declined():
    assert checkout(50, mock.Mock(return_value=False)) == "declined"
    with pytest.raises(ConnectionError):
        checkout(50, mock.Mock(side_effect=ConnectionError))


def test_object_with_methods(candidate):
    gateway = mock.Mock()
    gateway.send.return_value = 3
    notifier = Notifier(candidate.lend(gateway, "send"))
    assert notifier.tell("hello") == 3
    gateway.send.assert_called_once_with("HELLO")


def test_spy():
    def real(amount, currency):
        return amount < 100

    spy = mock.Mock(wraps=real)
    assert checkout(500, spy) == "declined"
    assert spy.call_args.kwargs == {"currency": "GBP"}
