"""HTML through a parser that reads it as browsers do; no script runs and nothing is fetched.

justhtml: written in Python alone, so that hostile pages meet no C code in the examiner; passes
the browsers' own set of parser tests; has no dependencies.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from justhtml import JustHTML, SelectorError

from grader.bridge.artefacts.malformed import Malformed
from grader.bridge.artefacts.plain_text import decoded
from grader.bridge.incidents import AuthorFault

MOST_BYTES = 150_000
MOST_ELEMENTS = 5_000
DEEPEST = 100

_HEADING = re.compile(r"h([1-6])")
_UNSHOWN = ("script", "style", "template", "title")


@dataclass(frozen=True)
class Element:
    """One element: `name` in small letters, `attributes` as text, `line` where it begins."""

    name: str
    attributes: dict[str, str]
    line: int
    _node: Any

    @property
    def text(self) -> str:
        """Its text, that of elements inside included, each run of white space one blank."""
        return re.sub(r"\s+", " ", "".join(_texts(self._node))).strip()

    @property
    def parent(self) -> Element | None:
        """The element around it."""
        above = self._node.parent
        return _element(above) if above is not None and _is_element(above) else None

    @property
    def children(self) -> list[Element]:
        """The elements directly inside."""
        return [_element(one) for one in self._node.children or () if _is_element(one)]

    def select(self, selector: str) -> list[Element]:
        """The elements inside that a CSS selector such as `th[scope=col]` picks, in order."""
        try:
            found = self._node.query(selector)
        except SelectorError as error:
            raise AuthorFault(f"select({selector!r}): {error}") from None
        return [_element(one) for one in found if _is_element(one)]


@dataclass(frozen=True)
class HtmlPage:
    """A page. `faults` are what a browser silently mends: a line and the standard's own word."""

    root: Element
    doctype: bool
    faults: tuple[tuple[int, str], ...]

    def select(self, selector: str) -> list[Element]:
        """The elements that a CSS selector picks, in the order of the page."""
        itself = [self.root] if selector.strip() == self.root.name else []
        return [*itself, *self.root.select(selector)]

    @property
    def language(self) -> str:
        """The page's `lang`, "" without one."""
        return self.root.attributes.get("lang", "").strip()

    @property
    def title(self) -> str:
        """The text of `<title>` in the head."""
        found = self.select("head > title")
        return re.sub(r"\s+", " ", "".join(_texts(found[0]._node, all_=True))) if found else ""

    @property
    def headings(self) -> list[tuple[int, str, int]]:
        """Level, text and line of every heading, in order."""
        found = self.select("h1, h2, h3, h4, h5, h6")
        return [(int(one.name[1]), one.text, one.line) for one in found]


def html_of(data: bytes) -> HtmlPage:
    """Return the page; whatever the text is, there is one, as in a browser."""
    text = decoded(data, MOST_BYTES)
    if not text.strip():
        raise Malformed("is empty; write the page into it")
    # Not sanitised: it is looked at, never shown.
    parsed = JustHTML(
        text,
        sanitize=False,
        collect_errors=True,
        track_node_locations=True,
        scripting_enabled=False,
    )
    names = _measure(parsed.root)
    top = next(one for one in parsed.root.children or () if one.name == "html")
    faults = tuple((error.line or 0, str(error.code)) for error in parsed.errors[:200])
    return HtmlPage(_element(top), "!doctype" in names, faults)


def _measure(root: Any) -> set[str]:
    """Refuse a page that is too deep or has too many elements; the names at its top."""
    level, count = [root], 0
    for _ in range(DEEPEST + 1):
        level = [one for node in level for one in node.children or ()]
        count += len(level)
        if count > 4 * MOST_ELEMENTS:
            raise Malformed(f"holds more than {MOST_ELEMENTS:,} elements; make it smaller")
        if not level:
            return {str(one.name).lower() for one in root.children}
    raise Malformed(f"has elements more than {DEEPEST} deep in each other; make it flatter")


def _is_element(node: Any) -> bool:
    return not str(node.name).startswith(("#", "!"))


def _element(node: Any) -> Element:
    attributes = {str(name): str(value or "") for name, value in (node.attrs or {}).items()}
    return Element(str(node.name), attributes, int(node.origin_line or 0), node)


def _texts(node: Any, *, all_: bool = False) -> Iterator[str]:
    """The text that is shown, without recursion; with blanks around what stands on its own."""
    stack = [node]
    while stack:
        one = stack.pop()
        if one.name == "#text":
            yield str(one.data)
        elif all_ or one is node or one.name not in _UNSHOWN:
            stack.extend(reversed(one.children or ()))
            yield " " if _stands_alone(str(one.name)) else ""


def _stands_alone(name: str) -> bool:
    return name in ("p", "br", "div", "li", "td", "th", "tr", "dt", "dd", "option") or bool(
        _HEADING.fullmatch(name)
    )
