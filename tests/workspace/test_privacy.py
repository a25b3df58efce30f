"""What looks like a name or an address is told with its place; what doesn't is left in peace."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader.workspace import OwnNames
from grader.workspace.privacy import look

OWN = OwnNames(accounts=("rprice",), people=("Ravi Price",), addresses=("ravi@mail.co.uk",))


def found(line, name="notes.md"):
    return [(one.what, one.found) for one in look({name: line.encode()}, OWN).remarks]


@pytest.mark.parametrize(
    ("line", "what", "text"),
    [
        ("write to sam.o'hara@mail.co.uk", "an e-mail address", "hara@mail.co.uk"),
        ("ring 07812 345678", "a phone number", "07812 345678"),
        ("ring +44 (0)20 7123 4567.", "a phone number", "+44 (0)20 7123 4567"),
        ("ring 01904-123456", "a phone number", "01904-123456"),
        ("near YO1 7HH", "a postcode", "YO1 7HH"),
        ("near SW1A1AA", "a postcode", "SW1A1AA"),
        ("by ravi price, 2026", "your own name", "ravi price"),
        ("Price says", "part of your own name", "Price"),
        ("/home/rprice/course", "your user name on this computer", "rprice"),
        ("My name is Sam", "a name, it seems", "My name is Sam"),
        ("Author: Sam", "a name, it seems", "Author: Sam"),
        ("I'm called Sam", "a name, it seems", "I'm called Sam"),
    ],
)
def test_what_is_found(line, what, text):
    assert (what, text) in found(line)


@pytest.mark.parametrize(
    "line",
    [
        "the price of 3 zones is 345p",
        "write to info@example.org or a@shop.test",
        "ring 020 7946 0123 or 07700 900123",  # numbers kept for drama
        "R-4101 costs 0.123456789 or 00123",
        "LMP-00042 BIN-00088 CV-3",
        "the author of this rule is unknown; made by hand",
        "@pytest.mark.parametrize",
        "2026-07-01T08:30:00Z",
    ],
)
def test_what_is_left_in_peace(line):
    assert found(line) == []


def test_an_address_of_ones_own_is_told_once():
    assert found("mail ravi@mail.co.uk please") == [("an e-mail address", "ravi@mail.co.uk")]


PROGRAM = '''\
"""Fares.

By Sam, sam@mail.co.uk
"""
ADDRESS = "test@mail.co.uk"  # not free text


def price():
    """Ask 07812 345678."""
    text = """not@mail.co.uk"""
    return text  # see YO1 7HH
'''


def test_of_python_only_comments_and_docstrings():
    remarks = look({"a/fares.py": PROGRAM.encode()}, OwnNames()).remarks
    places = [(one.file, one.line, one.found) for one in remarks]
    assert places == [
        ("a/fares.py", 3, "sam@mail.co.uk"),
        ("a/fares.py", 9, "07812 345678"),
        ("a/fares.py", 11, "YO1 7HH"),
    ]


def test_of_python_that_is_not_python_yet_all_of_it():
    assert [one.line for one in look({"a.py": b"x = (\ny = 'a@mail.co.uk'\n"}, OWN).remarks] == [2]


def test_what_is_not_text_is_said():
    assert look({"a/b.db": b"\xff\x00"}, OWN).closed == ("a/b.db",)


@given(st.text(), st.sampled_from(["a.py", "a.md"]))
def test_any_text_can_be_looked_through(text, name):
    looked = look({name: text.encode("utf-8", "replace")}, OWN)
    assert all(one.line >= 1 and "\n" not in one.found for one in looked.remarks)
