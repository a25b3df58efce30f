"""Mutants: what is changed and what is not."""

from __future__ import annotations

import ast
import textwrap
from pathlib import Path

import pytest

from grader.authoring.mutating import mutants_of

ROOT = Path(__file__).parents[2]
REFERENCES = sorted((ROOT / "solutions").glob("*/[!t]*.py"))


def changes(source):
    """What became of the one statement in a function, for each mutant."""
    text = textwrap.dedent(source)
    return {mutant.what.partition(": ")[2] for mutant in mutants_of("m.py", text.encode())}


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("a = b < c", {"`b < c` became `b <= c`"}),
        ("a = b == c", {"`b == c` became `b != c`"}),
        ("a = b not in c", {"`b not in c` became `b in c`"}),
        ("a = b + c", {"`b + c` became `b - c`"}),
        ("a = b // c", {"`b // c` became `b / c`"}),
        ("a = b + 'x'", {"`'x'` became `'xx'`"}),
        ("a = 3", {"`3` became `4`", "`3` became `2`"}),
        ("a = True", {"`True` became `False`"}),
        ("a = None", set()),
        ("a = not b", {"`not b` became `b`"}),
        ("a = min(b)", {"`min(b)` became `max(b)`"}),
        ("a.b = c", {"`a.b = c` was taken out"}),
        ("a += b", {"`a += b` was taken out", "`a += b` became `a -= b`"}),
        ("a()", {"`a()` was taken out"}),
        ("a = [b for b in c if b]", {"`b` was turned round"}),
        ("a = b if c else d", {"`c` was turned round"}),
        (
            "a = b and c",
            {
                "`and` became `or` in `b and c`",
                "`b` was left out of `b and c`",
                "`c` was left out of `b and c`",
            },
        ),
        ("raise E('of no use')", {"`raise E('of no use')` was taken out"}),
        (
            "def f():\n    return 'x'.y",
            {"`return 'x'.y` became `return None`", "`'x'` became `'xx'`"},
        ),
        ("def f():\n    return None", set()),
        ("if a:\n    b()", {"`a` was turned round", "`b()` was taken out"}),
        ("if a is None:\n    pass", {"`a is None` became `a is not None`"}),
    ],
)
def test_changes(source, expected):
    assert changes(source) == expected


@pytest.mark.parametrize(
    "source",
    [
        '"""A docstring with 3 words."""',
        "from a import b",
        "__all__ = ['b']",
        "a: 'list[3]'",
        "@cache(3)\ndef f(a: int = b) -> 'x':\n    ...",
        "a = f'{b + 3} pounds'",
        "if __name__ == '__main__':\n    main(3)",
        "class A:\n    '''Text.'''",
    ],
)
def test_what_nobody_could_tell_is_left_alone(source):
    assert changes(source) == set()


@pytest.mark.parametrize("path", REFERENCES, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_every_mutant_is_a_program_that_differs_in_one_place(path):
    source = path.read_bytes()
    seen = set()
    for mutant in mutants_of(path.name, source):
        made = ast.dump(ast.parse(mutant.source))
        assert made != ast.dump(ast.parse(source))
        assert made not in seen
        seen.add(made)
        assert source.splitlines()[mutant.line - 1] not in mutant.source.splitlines() or mutant.line
        assert len(mutant.source) > len(source) / 2


def test_bytes_and_characters_are_not_mixed_up():
    (one, _) = mutants_of("m.py", "a = ['é', 'ü'][b]; c = 'ö' if d else 5\n".encode())[-2:]
    ast.parse(one.source)
    assert one.source.startswith("a = ['é', 'ü'][b]; c = ".encode())
