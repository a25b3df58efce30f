"""Programs in one form: nothing but the code is left, and it does the same."""

from __future__ import annotations

import ast

import pytest

from grader.authoring.one_form import in_one_form

TEXT = b'''"""Price.

More.
"""
# a comment


class A:
    """Documented."""


def f(x):
    """Documented."""
    # another
    return   {"a":x,   'b' : "not a docstring"}
'''


def test_comments_docstrings_and_layout_are_gone() -> None:
    text = in_one_form(TEXT).decode()
    assert "ocumented" not in text
    assert "#" not in text
    assert "Price" not in text
    assert text == (
        "class A:\n    pass\n\ndef f(x):\n    return {'a': x, 'b': 'not a docstring'}\n"
    )


def test_the_same_code_laid_out_otherwise_is_the_same() -> None:
    other = TEXT.replace(b"   {", b" {").replace(b"# another", b"# more\n\n")
    assert in_one_form(other) == in_one_form(TEXT)


def test_it_is_its_own_form() -> None:
    once = in_one_form(TEXT)
    assert in_one_form(once) == once
    ast.parse(once)


def test_a_module_of_nothing_but_a_docstring() -> None:
    assert in_one_form(b'"""Only this."""') == b"\n"


def test_what_is_no_python_is_refused() -> None:
    with pytest.raises(SyntaxError):
        in_one_form(b"def (")
