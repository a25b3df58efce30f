"""Markdown as CommonMark with tables: a tree of sections, and what lies in them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from markdown_it import MarkdownIt
from markdown_it.token import Token

from grader.bridge.artefacts.malformed import Malformed
from grader.bridge.artefacts.plain_text import decoded

MOST_BYTES = 100_000
MOST_TOKENS = 50_000
DEEPEST = 40

_WORD = re.compile(r"[^\W_]+(?:[-'’.,][^\W_]+)*")
_BREAKS = {"softbreak": " ", "hardbreak": "\n"}


@dataclass(frozen=True)
class Link:
    """A link or a picture; `target` is written as it stands and is never followed."""

    text: str
    target: str
    line: int
    picture: bool = False


@dataclass(frozen=True)
class Code:
    """A code block; `language` is the first word after the fence, "" without one."""

    language: str
    text: str
    line: int


@dataclass(frozen=True)
class MarkdownTable:
    """A table: `header` and `rows` hold the text of cells, `lines` where each row stands."""

    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    lines: tuple[int, ...]
    line: int


@dataclass(frozen=True)
class Point:
    """One item of a list, without its inner lists; `level` is 1 in the outermost."""

    text: str
    numbered: bool
    level: int
    line: int


@dataclass
class Section:
    """A heading and what stands below it up to the next; `level` is 0 for the page itself."""

    heading: str = ""
    level: int = 0
    line: int = 1
    paragraphs: list[str] = field(default_factory=list)
    points: list[Point] = field(default_factory=list)
    tables: list[MarkdownTable] = field(default_factory=list)
    links: list[Link] = field(default_factory=list)
    code: list[Code] = field(default_factory=list)
    sections: list[Section] = field(default_factory=list)

    def walk(self) -> Iterator[Section]:
        """This section and all below it, in the order of the page."""
        yield self
        for section in self.sections:
            yield from section.walk()

    def section(self, heading: str) -> Section | None:
        """The first section below with this heading, whatever its capitals; None without."""
        wanted = _folded(heading)
        below = (one for one in self.walk() if one is not self)
        return next((one for one in below if _folded(one.heading) == wanted), None)

    @property
    def text(self) -> str:
        """All text of this section and those below, headings included, code left out."""
        parts: list[str] = []
        for one in self.walk():
            rows = [row for table in one.tables for row in (table.header, *table.rows)]
            parts += [one.heading, *one.paragraphs, *(point.text for point in one.points)]
            parts += [" ".join(row) for row in rows]
        return "\n".join(part for part in parts if part)

    @property
    def words(self) -> int:
        """How many words `text` has; "3.5", "o'clock" and "by-pass" are one each."""
        return len(_WORD.findall(self.text))

    @property
    def headings(self) -> list[tuple[int, str, int]]:
        """Level, text and line of every heading below, in order."""
        return [(one.level, one.heading, one.line) for one in self.walk() if one is not self]

    def every(self, what: str) -> list[object]:
        """All `points`, `tables`, `links`, `code` or `paragraphs`, those below included."""
        return [found for one in self.walk() for found in getattr(one, what)]


def page_of(data: bytes) -> Section:
    """Return the page as the section that holds all others."""
    text = decoded(data, MOST_BYTES)
    tokens = MarkdownIt("commonmark", {"maxNesting": DEEPEST}).enable("table").parse(text)
    if len(tokens) > MOST_TOKENS:
        raise Malformed("holds too many paragraphs, lists and tables; make it shorter")
    page = Section()
    _Reader(page).read(tokens)
    return page


class _Reader:
    """Puts the tokens of a page into sections."""

    def __init__(self, page: Section) -> None:
        self._path = [page]
        self._lists: list[bool] = []
        self._point: Token | None = None
        self._told = False

    def read(self, tokens: Sequence[Token]) -> None:
        place = 0
        while place < len(tokens):
            token = tokens[place]
            if token.type == "heading_open":
                self._open_section(token, tokens[place + 1])
            elif token.type == "table_open":
                place = self._table(tokens, place)
            elif token.type in ("fence", "code_block"):
                language = token.info.split()[0] if token.info.split() else ""
                self._here.code.append(Code(language, token.content, _line(token)))
            elif token.type == "inline":
                self._inline(token, tokens[place - 1])
            else:
                self._list_token(token)
            place += 1

    @property
    def _here(self) -> Section:
        return self._path[-1]

    def _open_section(self, token: Token, title: Token) -> None:
        level = int(token.tag[1:])
        while self._here.level >= level:
            self._path.pop()
        section = Section(_text(title), level, _line(token))
        self._here.sections.append(section)
        self._path.append(section)

    def _list_token(self, token: Token) -> None:
        if token.type in ("bullet_list_open", "ordered_list_open"):
            self._lists.append(token.type == "ordered_list_open")
        elif token.type in ("bullet_list_close", "ordered_list_close"):
            self._lists.pop()
        elif token.type == "list_item_open":
            self._point = token

    def _inline(self, token: Token, before: Token) -> None:
        self._here.links.extend(_links(token))
        if before.type == "heading_open":
            return
        text = _text(token)
        if self._point is not None and self._lists:
            point = Point(text, self._lists[-1], len(self._lists), _line(self._point))
            self._here.points.append(point)
            self._point = None
        else:
            self._here.paragraphs.append(text)

    def _table(self, tokens: Sequence[Token], place: int) -> int:
        """Read a table; the place of its last token."""
        first = tokens[place]
        rows: list[list[str]] = []
        lines: list[int] = []
        while tokens[place].type != "table_close":
            token = tokens[place]
            if token.type == "tr_open":
                rows.append([])
                lines.append(_line(token))
            elif token.type == "inline":
                rows[-1].append(_text(token))
                self._here.links.extend(_links(token, lines[-1]))
            place += 1
        cells = tuple(tuple(row) for row in rows[1:])
        table = MarkdownTable(tuple(rows[0]), cells, tuple(lines[1:]), _line(first))
        self._here.tables.append(table)
        return place


def _line(token: Token) -> int:
    return token.map[0] + 1 if token.map else 0


def _text(token: Token) -> str:
    """The words of a line of text, its marks and HTML taken out."""
    parts = []
    for child in token.children or ():
        if child.type in ("text", "code_inline"):
            parts.append(child.content)
        elif child.type == "image":
            parts.append(_text(child))
        else:
            parts.append(_BREAKS.get(child.type, ""))
    return "".join(parts).strip()


def _links(token: Token, line: int = 0) -> Iterator[Link]:
    """The links and pictures of a line of text."""
    opened: tuple[str, list[str]] | None = None
    line = line or _line(token)
    for child in token.children or ():
        if child.type in ("softbreak", "hardbreak"):
            line += 1
        if child.type == "link_open":
            opened = str(child.attrGet("href") or ""), []
        elif child.type == "link_close" and opened is not None:
            yield Link("".join(opened[1]), opened[0], line)
            opened = None
        elif child.type == "image":
            yield Link(_text(child), str(child.attrGet("src") or ""), line, picture=True)
        elif opened is not None:
            opened[1].append(child.content)


def _folded(heading: str) -> str:
    return re.sub(r"\s+", " ", heading).strip(" .:").casefold()
