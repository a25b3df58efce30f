"""Looks for names and addresses in what is handed in, so that the apprentice can take them out.

It finds what has a form: e-mail addresses, UK phone numbers and postcodes, the names that this
machine knows its user by, and phrases such as "my name is". It can't know every name, and only
ever tells: nothing is changed, and nothing is sent.
"""

from __future__ import annotations

import io
import re
import tokenize
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from grader.escaping import visible
from grader.workspace.own_names import OwnNames

LONGEST_LINE = 5_000
SHOWN = 40

_EMAIL = re.compile(r"[\w.+-]{1,64}@[A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63})+")
# RFC 2606 and RFC 6761: domains that can belong to nobody.
_NOBODY = re.compile(r"(?:^|\.)(?:example(?:\.(?:com|org|net))?|test|invalid|localhost)$", re.I)
_PHONE = re.compile(
    r"(?<![\w.+-])(?:(?:\+44|0044)(?:[ ()-]{0,3}\d){9,11}|0(?:[ ()-]{0,3}\d){9,10})(?![\w-])"
)
# Ofcom keeps these for drama; they ring nowhere.
_DRAMA = re.compile(r"0(?:7700900|1632960|2079460|1\d{2}4960|8081570|9098790|3069990)\d{3}")
# Royal Mail's form; without the space only in capitals, or it would be found in many a code.
_POSTCODE = re.compile(
    r"\b(?:GIR 0AA|[A-PR-UWYZ](?:\d{1,2}|[A-HK-Y]\d{1,2}|\d[A-HJKPSTUW]|[A-HK-Y]\d[ABEHMNPRV-Y])"
    r" ?\d[ABD-HJLNP-UW-Z]{2})\b"
)
_PHRASES = re.compile(
    r"\bmy (?:full )?name(?:['’]s| is)\s+\w+|\b(?:i am|i['’]m) called\s+\w+"
    r"|\b(?:written|made|coded) by:?\s+(?-i:[A-Z])\w+|\bauthor:?\s+(?-i:[A-Z])\w+",
    re.I,
)
_BETWEEN = {tokenize.COMMENT, tokenize.NL, tokenize.INDENT, tokenize.DEDENT}
_SCRIPT = (".py", ".pyw")


@dataclass(frozen=True)
class Remark:
    """Something that may tell who somebody is: file, line from 1, what kind, and the text."""

    file: str
    line: int
    what: str
    found: str


@dataclass(frozen=True)
class Looked:
    """What was found, and the files that could not be looked into because they aren't text."""

    remarks: tuple[Remark, ...]
    closed: tuple[str, ...]


def look(files: Mapping[str, bytes], own: OwnNames) -> Looked:
    """Look through files by name: of Python, comments and docstrings; of other text, all of it."""
    remarks: list[Remark] = []
    closed: list[str] = []
    patterns = _own_patterns(own)
    for name, content in files.items():
        try:
            text = content.decode("utf-8-sig")
        except UnicodeDecodeError:
            closed.append(name)
            continue
        lines = _of_python(text) if name.endswith(_SCRIPT) else enumerate(text.splitlines(), 1)
        remarks += _remarks(name, lines, patterns)
    return Looked(tuple(remarks), tuple(closed))


def _remarks(
    file: str, lines: Iterable[tuple[int, str]], own: list[tuple[str, re.Pattern[str]]]
) -> Iterator[Remark]:
    for number, line in lines:
        seen: set[str] = set()
        for what, found in _in_line(line[:LONGEST_LINE], own):
            # An address holds the user's name: it is told once.
            if not any(found in other for other in seen):
                seen.add(found)
                yield Remark(file, number, what, visible(found, SHOWN))


def _in_line(line: str, own: list[tuple[str, re.Pattern[str]]]) -> Iterator[tuple[str, str]]:
    for match in _EMAIL.finditer(line):
        if not _NOBODY.search(match[0].rpartition("@")[2]):
            yield "an e-mail address", match[0]
    for match in _PHONE.finditer(line):
        digits = re.sub(r"\D", "", match[0])
        national = "0" + re.sub(r"^(?:0044|44)0?", "", digits).removeprefix("0")
        if not _DRAMA.fullmatch(national) and len(national) in (10, 11):
            yield "a phone number", match[0]
    yield from (("a postcode", match[0]) for match in _POSTCODE.finditer(line))
    for what, pattern in own:
        yield from ((what, match[0]) for match in pattern.finditer(line))
    yield from (("a name, it seems", match[0]) for match in _PHRASES.finditer(line))


def _own_patterns(own: OwnNames) -> list[tuple[str, re.Pattern[str]]]:
    """Whole names in any letters; a part of a name only with its capital, for it may be a word."""
    patterns = [
        (what, _whole(name, re.IGNORECASE))
        for what, names in (
            ("your own e-mail address", own.addresses),
            ("your own name", own.people),
            ("your user name on this computer", own.accounts),
        )
        for name in names
    ]
    parts = dict.fromkeys(part for name in own.people for part in name.split() if len(part) > 2)
    return [*patterns, *(("part of your own name", _whole(part)) for part in parts)]


def _whole(name: str, flags: int = 0) -> re.Pattern[str]:
    return re.compile(rf"(?<![^\W_]){re.escape(name)}(?![^\W_])", flags)


def _of_python(text: str) -> Iterator[tuple[int, str]]:
    """Comments and docstrings with their lines; all lines of what isn't Python yet."""
    try:
        tokens = list(tokenize.generate_tokens(io.StringIO(text).readline))
    except (SyntaxError, ValueError, tokenize.TokenError):
        yield from enumerate(text.splitlines(), 1)
        return
    first = True  # whether the next token begins a statement: a text that stands alone
    for token in tokens:
        if token.type == tokenize.COMMENT or (first and token.type == tokenize.STRING):
            yield from enumerate(token.string.splitlines(), token.start[0])
        if token.type not in _BETWEEN:
            first = token.type == tokenize.NEWLINE
