import pytest
from program import BankError, LimitError, NoMoneyError, check, load, take, take_all


def test_hierarchy():
    assert issubclass(NoMoneyError, BankError)
    assert issubclass(BankError, Exception)
    assert issubclass(LimitError, ValueError)
    assert not issubclass(NoMoneyError, LimitError)


def test_raised_and_caught_by_its_base():
    with pytest.raises(BankError):
        take(5, 10)
    try:
        take(5, 10)
    except BankError as error:
        assert type(error) is NoMoneyError
    else:
        pytest.fail("nothing raised")


def test_attributes_and_text():
    with pytest.raises(NoMoneyError, match=r"5 short of 15") as caught:
        take(10, 15)
    assert caught.value.missing == 5
    assert str(caught.value) == "5 short of 15"
    assert caught.value.args == (5, 15)
    assert caught.type is NoMoneyError


def test_built_in_base():
    with pytest.raises(ValueError, match="over the limit") as caught:
        take(1000, 501)
    assert isinstance(caught.value, LimitError)
    assert isinstance(caught.value, BankError)


def test_cause():
    with pytest.raises(BankError) as caught:
        load({"balance": "x"})
    assert isinstance(caught.value.__cause__, ValueError)
    assert "invalid literal" in str(caught.value.__cause__)


def test_context_and_suppressed_context():
    with pytest.raises(BankError) as caught:
        load({})
    assert caught.value.__cause__ is None
    assert caught.value.__suppress_context__ is True


def test_notes():
    with pytest.raises(BankError) as caught:
        take_all(10, [3, 20])
    assert caught.value.__notes__ == ["in payment 2"]


def test_made_by_the_suite():
    error = NoMoneyError(1, 2)
    assert error.missing == 1
    with pytest.raises(NoMoneyError):
        raise error


def test_finally_and_else():
    log = []
    assert check(1, log.append) == "one"
    assert log == ["end"]
    with pytest.raises(KeyError) as caught:
        check(2, log.append)
    assert caught.value.args == (2,)
    assert log == ["end", "end"]


def test_nothing_else_is_caught():
    with pytest.raises(TypeError):
        take("a", 1)
    with pytest.raises(AssertionError):
        take(-1, 1)
