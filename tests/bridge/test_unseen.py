"""Texts that look the same are told apart by code point."""

from __future__ import annotations

import pytest

from grader.bridge.unseen import unseen_difference


@pytest.mark.parametrize(
    ("expected", "seen", "said"),
    [
        ("Caf\u00e9 Ann", "Cafe\u0301 Ann", ("character 4", "U+00E9", "U+0065", "U+0301")),
        ("Ann", "\u0410nn", ("character 1", "U+0041", "U+0410 (CYRILLIC CAPITAL LETTER A)")),
        ("a b", "a\xa0b", ("character 2", "U+0020 (a space)", "U+00A0 (a non-breaking space)")),
        ("ab", "ab ", ("character 3", "expected nothing more", "U+0020 (a space)")),
        ("a\nb\nc", "a\nb\r\nc", ("line 2, character 2", "(LF)", "U+000D (a carriage return")),
        ("a\n", "a", ("U+000A", "nothing more")),
        ("a-b", "a\u2013b", ("U+002D", "U+2013 (EN DASH)")),
        ("it's", "it\u2019s", ("U+0027", "U+2019")),
        ("ab", "a\u200bb", ("U+200B (ZERO WIDTH SPACE)",)),
        ("ab", "\ufeffab", ("U+FEFF (a byte order mark)",)),
        ("a  b", "a b", ("character 3",)),
        ("\u212b", "\xc5", ("U+212B", "U+00C5")),
        (["x", ("ab",)], ["x", ("ab ",)], ("at [1]: at [0]: ", "character 3")),
        ({"n": "ab"}, {"n": "ab\t"}, ("at 'n': ", "U+0009 (a tab)")),
        ({"\u00e9": 1}, {"e\u0301": 1}, ("a key: ", "U+00E9")),
    ],
)
def test_what_looks_the_same_is_told_by_code_point(expected, seen, said):
    text = unseen_difference(expected, seen)
    assert [part for part in said if part not in text] == []


@pytest.mark.parametrize(
    ("expected", "seen"),
    [("Ann", "Bob"), ("ab", "a b"), ("e", "\u00e9"), ("a", 1), (["a"], ["b"]), ("a", "a"), (1, 2)],
)
def test_what_can_be_seen_needs_no_word(expected, seen):
    assert unseen_difference(expected, seen) == ""
