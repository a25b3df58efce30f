import pytest
from program import Limited, count_calls, greet, retry


def test_keeps_name_and_docstring():
    assert greet.__name__ == "greet"
    assert greet.__doc__ == "Greet somebody."
    assert greet.__wrapped__("Ada") == "Hello Ada"


def test_counts():
    assert greet("Ada") == "Hello Ada"
    greet("Bob")
    assert greet.calls == 2


def test_decorates_a_function_of_the_suite():
    @count_calls
    def double(x):
        return 2 * x

    assert [double(1), double(4)] == [2, 8]
    assert double.calls == 2


def test_retry_until_it_works():
    attempts = []

    @retry(times=3, on=ConnectionError)
    def fetch():
        attempts.append(1)
        if len(attempts) < 3:
            raise ConnectionError("down")
        return "page"

    assert fetch() == "page"
    assert len(attempts) == 3


def test_retry_gives_up():
    @retry(times=2, on=ConnectionError)
    def fetch():
        raise ConnectionError("still down")

    with pytest.raises(ConnectionError, match="still down"):
        fetch()


def test_retry_lets_other_errors_through():
    attempts = []

    @retry(times=5, on=ConnectionError)
    def fetch():
        attempts.append(1)
        raise KeyError("page")

    with pytest.raises(KeyError):
        fetch()
    assert len(attempts) == 1


def test_class_as_decorator():
    limited = Limited(lambda: "ok", most=2)
    assert [limited(), limited()] == ["ok", "ok"]
    with pytest.raises(RuntimeError):
        limited()
