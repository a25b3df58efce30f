"""What of a learner's file could be covered, and how much of it the reported arcs cover.

Theory of operation. What could run is read from our own copy of the source by coverage.py's own
parser, without any exclusion: pragmas, `if TYPE_CHECKING:` and bodies of `...` count like all
else. What did run is the learner's process's word, as arcs from line to line; only those that
the parser holds possible count. An arc that no code of this file can make shows that the data
were made up. To be called inside `limited`.
"""

from __future__ import annotations

import ast
import tokenize
from collections import defaultdict
from collections.abc import Iterable
from types import CodeType

import msgspec
from coverage.exceptions import CoverageException
from coverage.parser import PythonParser

Arc = tuple[int, int]
Exits = dict[int, set[int]]


class Gap(msgspec.Struct, frozen=True):
    """Something that no test reaches: lines `first` to `last`, or one way on from line `first`.

    `words` say it as the end of a sentence; `order` is for sorting.
    """

    first: int
    last: int
    words: str


class Assessment(msgspec.Struct, frozen=True, kw_only=True):
    """Figures of one file. `exits` are the ways on from lines that have more than one.

    `unreadable` is the line of a syntax error, 0 when there is none. `impossible` are reported
    lines that can't have run as reported. `hidden_branches` are lines with a branch on one line,
    which can't be measured; `pragmas` are lines that ask to be left out, without effect.
    """

    statements: int = 0
    exits: int = 0
    covered_statements: int = 0
    covered_exits: int = 0
    gaps: tuple[Gap, ...] = ()
    impossible: tuple[int, ...] = ()
    hidden_branches: tuple[int, ...] = ()
    pragmas: tuple[int, ...] = ()
    unreadable: int = 0

    @property
    def possible(self) -> int:
        """Statements and exits together, as coverage.py counts with branches."""
        return self.statements + self.exits

    @property
    def covered(self) -> int:
        """How many of them are covered."""
        return self.covered_statements + self.covered_exits


def text_of(source: bytes) -> str:
    """The text as Python's own parser takes it: one kind of line end, a line end at the end."""
    text = source.decode("utf-8-sig", "replace").replace("\r\n", "\n").replace("\r", "\n")
    return text.replace("\f", " ").rstrip("\n") + "\n"


def assess(source: bytes, reported: Iterable[Arc]) -> Assessment:
    """Compare what could run with what is reported to have run."""
    text = text_of(source)
    try:
        tree = ast.parse(text)
        parser = PythonParser(text=text)
        parser.parse_source()
        top = compile(text, "<work>", "exec", dont_inherit=True)
    except (SyntaxError, ValueError, tokenize.TokenError, CoverageException) as error:
        return Assessment(unreadable=getattr(error, "lineno", None) or 1)
    arcs = set(reported)
    possible = parser.arcs()
    executed = _executed(parser, arcs, possible)
    lines = parser.translate_lines({line for arc in arcs for line in arc if line > 0})
    missing = parser.statements - lines
    exits = _branches(possible)
    taken = {
        start: {end for end in ends if (start, end) in executed} for start, ends in exits.items()
    }
    return Assessment(
        statements=len(parser.statements),
        exits=sum(map(len, exits.values())),
        covered_statements=len(parser.statements - missing),
        covered_exits=sum(map(len, taken.values())),
        gaps=_gaps(tree, parser.statements, missing, exits, taken),
        impossible=_impossible(parser, top, arcs),
        hidden_branches=_on_one_line(tree),
        pragmas=_pragmas(text),
    )


def _executed(parser: PythonParser, arcs: set[Arc], possible: set[Arc]) -> set[Arc]:
    """The reported arcs in the parser's terms, by the rules of coverage.py's own analysis."""
    ends: Exits = defaultdict(set)
    for start, end in possible:
        ends[start].add(end)
    found: set[Arc] = set()
    for start, end in parser.translate_arcs(arcs):
        if start != end:
            found.add((start, end))
        elif len(ends.get(start, ())) == 1:  # within one statement: it went on to the only place
            found.add((start, next(iter(ends[start]))))
    return parser.translate_arcs(found)


def _branches(possible: set[Arc]) -> Exits:
    exits: Exits = defaultdict(set)
    for start, end in possible:
        exits[start].add(end)
    return {start: ends for start, ends in exits.items() if len(ends) > 1}


# -- data that can't be


def _impossible(parser: PythonParser, top: CodeType, arcs: set[Arc]) -> tuple[int, ...]:
    """Lines of arcs that no function, class body or module of this file can make."""
    homes: dict[int, set[int]] = defaultdict(set)
    queue, number = [top], 0
    while queue:
        code = queue.pop()
        number += 1
        lines = {line for _, _, line in code.co_lines() if line}
        for line in (*parser.translate_lines(lines), *lines, -code.co_firstlineno):
            homes[line].add(number)
        queue.extend(const for const in code.co_consts if isinstance(const, CodeType))
    strange = {
        abs(start) if not homes.get(start) else abs(end)
        for start, end in arcs
        if not homes.get(start, set()) & homes.get(end, set())
    }
    return tuple(sorted(strange - {0}))[:20] or ((1,) if strange else ())


# -- what is missing, in words


def _gaps(
    tree: ast.AST, statements: set[int], missing: set[int], exits: Exits, taken: Exits
) -> tuple[Gap, ...]:
    gaps = [_lines_gap(first, last) for first, last in _runs(sorted(statements), missing)]
    ways = _ways(tree)
    for start, ends in exits.items():
        if start not in missing:
            gaps += [_exit_gap(start, end, ways.get(start)) for end in ends - taken[start]]
    return tuple(sorted(gaps, key=lambda gap: (gap.first, gap.last, gap.words)))


def _runs(statements: list[int], missing: set[int]) -> Iterable[tuple[int, int]]:
    first = last = 0
    for line in statements:
        if line in missing:
            first, last = first or line, line
        elif first:
            yield first, last
            first = 0
    if first:
        yield first, last


def _lines_gap(first: int, last: int) -> Gap:
    words = f"line {first} never runs" if first == last else f"lines {first} to {last} never run"
    return Gap(first, last, words)


class _Way(msgspec.Struct, frozen=True):
    """What a line with branches is, and the lines of its body."""

    kind: str
    body: range


def _ways(tree: ast.AST) -> dict[int, _Way]:
    found: dict[int, _Way] = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.If | ast.While | ast.For | ast.AsyncFor | ast.match_case):
            line = node.pattern.lineno if isinstance(node, ast.match_case) else node.lineno
            body = range(_first_line(node.body[0]), (node.body[-1].end_lineno or line) + 1)
            found[line] = _Way(type(node).__name__, body)
    return found


def _first_line(node: ast.stmt) -> int:
    decorators: list[ast.expr] = getattr(node, "decorator_list", [])
    return min((one.lineno for one in decorators), default=node.lineno)


def _exit_gap(start: int, end: int, way: _Way | None) -> Gap:
    if way is None:
        goal = "leaves its function" if end < 0 else f"goes on to line {end}"
        return Gap(start, start, f"line {start} never {goal}")
    inside = end in way.body
    words = {
        "If": ("the condition in line {} is never true", "the condition in line {} is never false"),
        "While": (
            "the condition in line {} is never true",
            "the condition in line {} is never false",
        ),
        "match_case": ("the case in line {} never fits", "the case in line {} always fits"),
    }.get(
        way.kind,
        ("the loop in line {} never goes round", "the loop in line {} never runs to its end"),
    )
    return Gap(start, start, words[0 if inside else 1].format(start))


# -- what can't be measured, or tries not to be


def _on_one_line(tree: ast.AST) -> tuple[int, ...]:
    kinds = ast.If | ast.While | ast.For | ast.AsyncFor
    return tuple(
        sorted(
            node.lineno
            for node in ast.walk(tree)
            if isinstance(node, kinds) and node.body[0].lineno == node.lineno
        )
    )


def _pragmas(text: str) -> tuple[int, ...]:
    return tuple(
        number
        for number, line in enumerate(text.split("\n"), 1)
        if "#" in line and "pragma" in line.lower() and "no " in line.lower()
    )
