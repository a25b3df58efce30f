import re

import pytest
from program import EMAIL, find_dates, first_number, mask, split_words, tokens


@pytest.mark.parametrize("text", ["a@b.uk", "x.y@z.example"])
def test_valid(text):
    assert EMAIL.fullmatch(text)


@pytest.mark.parametrize("text", ["a@b", "@b.uk", "a b@c.uk"])
def test_not_valid(text):
    assert EMAIL.fullmatch(text) is None
    assert not EMAIL.match(text + "!")


def test_groups():
    found = EMAIL.fullmatch("ada@calc.uk")
    assert found.group("name") == "ada"
    assert found["host"] == "calc.uk"
    assert found.groups() == ("ada", "calc.uk")
    assert found.span("host") == (4, 11)


def test_match_of_the_program():
    found = first_number("room 12, floor 3")
    assert found.group() == "12"
    assert found.start() == 5
    assert first_number("none") is None


def test_find_all():
    assert find_dates("on 2025-03-01 and 2024-12-31") == [("2025", "03", "01"), ("2024", "12", "31")]


def test_replace():
    assert mask("card 1234 5678") == "card **** 5678"


def test_split():
    assert split_words("a, b;c") == ["a", "b", "c"]


def test_pattern_of_the_suite():
    assert [m.group() for m in tokens(re.compile("[a-z]+"), "ab 1 cd")] == ["ab", "cd"]


def test_pattern_itself():
    assert EMAIL.pattern.startswith("(?P<name>")
    assert EMAIL.flags & re.IGNORECASE
