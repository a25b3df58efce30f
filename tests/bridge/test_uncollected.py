"""What looks like a test and is none for pytest is named, with the reason; what is one, isn't."""

from __future__ import annotations

import pytest

from grader.bridge.reading_tests import read_tests

CLASS = "class TestFares:\n    {}\n    def test_one(self):\n        assert price() == 1\n"


def read(text, name="test_fares.py", program=b""):
    files = {name: text.encode(), "fares.py": program}
    return read_tests(files, [name], ["fares.py"])


@pytest.mark.parametrize(
    ("text", "line", "said"),
    [
        (CLASS.format("def __init__(self):\n        self.n = 1\n"), 1, "class with `__init__`"),
        (CLASS.format("def __new__(cls):\n        return object()\n"), 1, "class with `__new__`"),
        ("@dataclass\n" + CLASS.format("n: int = 1"), 2, "class with `__init__`"),
        (
            "class Base:\n    def __init__(self):\n        pass\n"
            "class TestFares(Base):\n    def test_one(self):\n        assert 1\n",
            4,
            "class with `__init__`, as TestFares has",
        ),
        (CLASS.format("").replace("TestFares", "FaresTest"), 1, "FaresTest does not"),
        (CLASS.format("").replace("TestFares", "testFares"), 1, "testFares does not"),
        ("def price_test():\n    assert price() == 1\n", 1, "price_test does not"),
        ("def Test_price():\n    assert price() == 1\n", 1, "Test_price does not"),
        ("def tset_price():\n    assert price() == 1\n", 1, "tset_price does not"),
        (CLASS.format("").replace("test_one", "one_test"), 3, "one_test does not"),
        (
            "def check():\n    def test_inner():\n        assert price() == 1\n    test_inner\n",
            2,
            "test_inner stands inside check",
        ),
    ],
)
def test_it_is_named(text, line, said):
    reading = read(text)
    assert not reading.tests or "test_one" not in [one.name for one in reading.tests]
    (found,) = reading.uncollected
    assert (found.file, found.line) == ("test_fares.py", line)
    assert said in found.what


@pytest.mark.parametrize(
    "text",
    [
        CLASS.format("n = 1"),
        "def test_one():\n    assert price() == 1\n",
        "def helper(n):\n    assert n\n\ndef test_one():\n    helper(price())\n",
        "import unittest\n" + CLASS.format("").replace("TestFares", "Fares(unittest.TestCase)"),
        "class Own:\n    def test_one(self):\n        assert 1\nclass TestA(Own):\n    pass\n",
        "class Latest:\n    def contest(self):\n        return 1\n",
        "@pytest.fixture\ndef the_test_data():\n    return 1\n",
    ],
)
def test_what_pytest_takes_is_not_named(text):
    assert read(text).uncollected == ()


@pytest.mark.parametrize(
    "program", [b"def test_one():\n    assert 1\n", CLASS.format("").encode()], ids=["def", "class"]
)
def test_tests_in_the_program_are_named(program):
    (found,) = read("", program=program).uncollected
    assert found.file == "fares.py"
    assert "not in a file whose name begins with test_" in found.what


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("def test_one():\n    return price() == 1\n", "looks at `assert` alone"),
        ("def test_one():\n    yield price() == 1\n", "has a `yield`"),
        ("def test_one():\n    assert price() == 1\n    return\n", ""),
    ],
)
def test_why_a_test_checks_nothing(text, why):
    (test,) = read(text).tests
    assert (why in test.why) if why else not test.why
    assert (test.strength == "checks") == (not why)
