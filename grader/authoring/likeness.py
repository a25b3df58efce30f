"""Whether a text holds a hidden program, though it be renamed, commented and indented otherwise.

Two signs: most of a program's lines are there, or one whole function is there that the programs of
an exercise do in different ways. Such a function is the task itself; what all programs share may be
what the exercise gives.
"""

from __future__ import annotations

import ast
import builtins
import io
import keyword
import tokenize
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from grader.authoring.shingles import shingles_of

MOST_SHARE = 0.8
LINES = 3  # in a run
LEAST_RUNS = 4  # fewer could be anybody's
LEAST_NODES = 25  # of a function's syntax: a stub has fewer
_PASSED_OVER = frozenset(
    {tokenize.COMMENT, tokenize.NL, tokenize.INDENT, tokenize.DEDENT, tokenize.ENCODING}
)
_STRINGS = ("'", '"', "r", "R", "f", "F", "b", "B", "u", "U")


@dataclass(frozen=True)
class Likeness:
    """What a text is recognised by: runs of its lines, its functions, all lines of a program."""

    runs: frozenset[object]
    functions: frozenset[str] = frozenset()
    text: str = ""


def likeness_of(name: str, data: bytes) -> Likeness:
    """Return what a text is recognised by: of a program without names, comments and imports."""
    if name.endswith(".py"):
        lines = _lines(data)
        if lines is not None:
            runs = {tuple(lines[at : at + LINES]) for at in range(len(lines) - LINES + 1)}
            return Likeness(frozenset(runs), _functions(data), "\n".join(lines))
    return Likeness(frozenset(shingles_of(data)))


def tasks_of(programs: Iterable[Likeness], given: Sequence[Likeness]) -> frozenset[str]:
    """Return the functions that not all programs have: what an exercise asks for."""
    every = [one.functions for one in programs if one.functions]
    shared = frozenset.intersection(*every) if len(every) > 1 else frozenset()
    public = frozenset[str]().union(*(one.functions for one in given))
    return frozenset[str]().union(*every) - shared - public


def holds(
    text: Likeness, program: Likeness, given: Sequence[Likeness], tasks: frozenset[str]
) -> str:
    """Say how much of a program is in a text, beyond what is given; "" when that is not much."""
    if text.functions & program.functions & tasks:
        return "a whole function"
    if program.text and program.text == text.text:
        return "the same text"
    own = program.runs.difference(*(one.runs for one in given))
    least = 1 if given else LEAST_RUNS  # what mends a given program may be short
    if len(own) >= least and len(own & text.runs) >= MOST_SHARE * len(own):
        return "most lines"
    return ""


def _lines(data: bytes) -> list[str] | None:
    """Return logical lines with one name for all names; None when it isn't Python."""
    lines: list[str] = []
    words: list[str] = []
    try:
        for token in tokenize.tokenize(io.BytesIO(data).readline):
            if token.type in _PASSED_OVER:
                continue
            if token.type not in (tokenize.NEWLINE, tokenize.ENDMARKER):
                words.append(_word(token))
                continue
            if words and not _tells_nothing(words):
                lines.append(" ".join(words))
            words = []
    except (tokenize.TokenError, SyntaxError, ValueError):
        return None
    return lines


def _word(token: tokenize.TokenInfo) -> str:
    word = token.string
    if token.type == tokenize.NAME and not keyword.iskeyword(word) and not hasattr(builtins, word):
        return "name"
    return word


def _tells_nothing(words: list[str]) -> bool:
    return words[0] in ("import", "from") or (len(words) == 1 and words[0].startswith(_STRINGS))


def _functions(data: bytes) -> frozenset[str]:
    try:
        tree = ast.parse(data)
    except (SyntaxError, ValueError, RecursionError):
        return frozenset()
    found = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            dumped = [_bare(one) for one in node.body if not _is_text(one)]
            if sum(1 for one in node.body for _ in ast.walk(one)) >= LEAST_NODES:
                found.add("\n".join(dumped))
    return frozenset(found)


def _is_text(node: ast.stmt) -> bool:
    return isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)


def _bare(node: ast.stmt) -> str:
    """Return the syntax of a statement with one name for all that its author may have named."""
    parts = []
    for one in ast.walk(node):
        parts.append(type(one).__name__)
        for key, value in ast.iter_fields(one):
            if key in ("id", "arg") and isinstance(value, str) and not hasattr(builtins, value):
                parts.append("name")
            elif isinstance(value, str | int | float | complex | bytes | bool):
                parts.append(repr(value))
    return " ".join(parts)
