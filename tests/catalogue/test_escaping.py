"""What `visible` writes out, and the laws that every text obeys."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from grader.escaping import visible

ANY_TEXT = st.text(alphabet=st.characters(exclude_categories=()), max_size=300)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("fares.py", "fares.py"),
        ("Müller 价格 🚆", "Müller 价格 🚆"),
        ("a\x1b[31mb", r"a\x1b[31mb"),
        ("one\ntwo\r\n\tthree", r"one\ntwo\r\n\tthree"),
        ("user\u202e\u2066x\u2069", r"user\u202e\u2066x\u2069"),
        ("zero\u200b\u200d\ufeffwidth\u00ad", r"zero\u200b\u200d\ufeffwidth\xad"),
        ("\udcff\ud800", r"\udcff\ud800"),
        ("\u2028\u2029\x85\x7f", r"\u2028\u2029\x85\x7f"),
        ("\U000e0041\u3164", r"\U000e0041\u3164"),
    ],
)
def test_unseen_characters_are_written_out(text: str, shown: str) -> None:
    assert visible(text) == shown


def test_long_text_ends_in_an_ellipsis() -> None:
    assert visible("a" * 200) == "a" * 200
    assert visible("a" * 201) == "a" * 199 + "…"
    assert visible("abc", limit=2) == "a…"


def test_an_escape_is_never_cut_in_two() -> None:
    assert visible("ab\x1bcd", limit=5) == "ab…"
    assert visible("ab\x1b", limit=6) == r"ab\x1b"


@settings(deadline=None)
@given(ANY_TEXT, st.integers(min_value=1, max_value=250))
def test_the_result_is_one_short_line_that_can_be_encoded(text: str, limit: int) -> None:
    shown = visible(text, limit)
    assert len(shown) <= limit
    shown.encode("utf-8")
    assert len(shown.splitlines()) <= 1
    assert not {unicodedata.category(one) for one in shown} & {"Cc", "Cf", "Cs", "Zl", "Zp"}


@settings(deadline=None)
@given(ANY_TEXT)
def test_showing_twice_changes_nothing(text: str) -> None:
    once = visible(text, 5000)
    assert visible(once, 5000) == once
