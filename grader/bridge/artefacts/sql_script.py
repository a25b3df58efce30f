"""A file of SQL as statements: where each begins, what kind it is, the comments before it."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass

from grader.bridge.artefacts.malformed import Malformed
from grader.bridge.artefacts.plain_text import decoded

MOST_BYTES = 200_000
MOST_STATEMENTS = 1_000
LONGEST = 20_000

_NAMED = re.compile(r"--\s*name:\s*(\S+)")
# A comment, a quoted piece, white space, a run of plain characters, or one of the others.
_PIECE = re.compile(
    r"--[^\n]*|/\*.*?(?:\*/|\Z)|'[^']*(?:'|\Z)|\"[^\"]*(?:\"|\Z)|`[^`]*(?:`|\Z)"
    r"|\[[^\]]*(?:\]|\Z)|\s+|[^\s/'\"`\[;-]+|.",
    re.DOTALL,
)
_QUOTES = {"'": "'", '"': '"', "`": "`", "[": "]"}
_KIND = re.compile(r"(create|drop|alter)\s+(?:temp\w*\s+|unique\s+|virtual\s+)?(\w+)|(\w+)")


@dataclass(frozen=True)
class Statement:
    """One statement. `kind` is its first word or two, as in "select" and "create table".

    `text` is without comments and the last semicolon; `name` is that of a `-- name: Q1` line
    before it; `line` is where the statement itself begins.
    """

    text: str
    kind: str
    name: str
    comments: tuple[str, ...]
    line: int


def statements_of(data: bytes) -> tuple[Statement, ...]:
    """Split a script as SQLite does; Malformed when a quote or a statement stays open."""
    text = decoded(data, MOST_BYTES)
    found: list[Statement] = []
    for statement in _split(text):
        if len(found) == MOST_STATEMENTS:
            raise Malformed(f"holds more than {MOST_STATEMENTS:,} statements; shorten it")
        found.append(statement)
    return tuple(found)


def _split(text: str) -> Iterator[Statement]:
    code: list[str] = []
    comments: list[str] = []
    line = start = 1
    for part in _PIECE.findall(text):
        if part.startswith(("--", "/*")):
            comments.append(_comment(part))
            part_of_code = " " if code else ""
        else:
            _check_closed(part, line)
            part_of_code = part if code or not part.isspace() else ""
        if part_of_code:
            start = start if code else line
            code.append(part_of_code)
        if len(code) > LONGEST:
            raise Malformed("the statement is too long; split it", start)
        if part == ";" and (whole := _whole(code)) is not None:
            yield from _statement(whole, comments, start)
            code, comments = [], []
        line += part.count("\n")
    if code:
        raise Malformed("the statement is never ended; put a semicolon after it", start)


def _comment(part: str) -> str:
    return part.removeprefix("--").removeprefix("/*").removesuffix("*/").strip()


def _check_closed(part: str, line: int) -> None:
    closing = _QUOTES.get(part[0])
    if closing and (len(part) == 1 or part[-1] != closing):
        raise Malformed(f"what is opened by {part[0]} here is never closed", line)


def _whole(code: list[str]) -> str | None:
    """The statement, when the semicolon ends it: in a trigger it may not."""
    text = "".join(code)
    return text.strip()[:-1].strip() if sqlite3.complete_statement(text) else None


def _statement(text: str, comments: list[str], line: int) -> Iterator[Statement]:
    if not text:
        return
    found = _KIND.match(text.lower())
    kind = re.sub(r"\s+", " ", f"{found[1] or found[3]} {found[2] or ''}".strip()) if found else ""
    named = [match[1] for comment in comments if (match := _NAMED.match(f"-- {comment}"))]
    yield Statement(text, kind, named[-1] if named else "", tuple(comments), line)
