"""A line that only a newer Python reads is told as that; a plain mistake isn't."""

from __future__ import annotations

import pytest

from grader.bridge.newer_syntax import newer_syntax

OLD = (3, 11)


@pytest.mark.parametrize(
    ("line", "message", "since"),
    [
        ('print(f"{names["a"]}")', "f-string: unmatched '['", "3.12"),
        ("print(f'{names['a']} and more')", "f-string: unmatched '['", "3.12"),
        (
            "x = f\"{'\\n'.join(rows)}\"",
            "f-string: no room for a backslash",
            "3.12",
        ),
        ("def first[T](items: list[T]) -> T:", "expected '('", "3.12"),
        ("    async def first[T](items):", "expected '('", "3.12"),
        ("class Box[T]:", "invalid syntax", "3.12"),
        ("type Pence = int", "invalid syntax", "3.12"),
        ("type Pair[T] = tuple[T, T]", "invalid syntax", "3.12"),
        ("def first[T = int](items):", "expected '('", "3.13"),
        ("    except KeyError, ValueError:", "multiple exception types", "3.14"),
        ('greeting = t"Hello {name}"', "invalid syntax", "3.14"),
    ],
)
def test_the_version_is_named(line, message, since):
    said = newer_syntax(f"a = 1\n{line}\n".encode(), 2, message, OLD)
    assert f"only since Python {since}" in said
    newest = (3, int(since.partition(".")[2]))
    assert newer_syntax(f"a = 1\n{line}\n".encode(), 2, message, newest) == ""


@pytest.mark.parametrize(
    "line",
    [
        "def f(:",
        "print(f'{a'",
        "class Box",
        "type = int(",
        "x = [1, 2",
        "except KeyError as",
        "print('it' 's",
        'return f"{a}" + "{b"',
        'text"a"',
    ],
)
def test_a_plain_mistake_is_not(line):
    assert newer_syntax(line.encode(), 1, "invalid syntax", OLD) == ""


def test_no_such_line_says_nothing():
    assert newer_syntax(b"", 7, "", OLD) == ""
