"""Builds HTML in which all text is escaped: only what an element made here is markup."""

from __future__ import annotations

import html
import re

from grader.escaping import visible

LIMIT = 600
_VOID = frozenset({"meta", "hr", "br"})
_NOT_ID = re.compile(r"[^A-Za-z0-9_-]+")


class Html(str):
    """Text that is markup already. Everything else is escaped when it is put into an element."""

    __slots__ = ()


def element(tag: str, *children: str, **attributes: str) -> Html:
    """Return an element; `class_` stands for class and `aria_label` for aria-label.

    Children that aren't Html, and all attributes, are made visible and escaped. An attribute
    without a value is given as "".
    """
    told = "".join(
        f' {name.rstrip("_").replace("_", "-")}="{escaped(value)}"'
        for name, value in attributes.items()
    )
    if tag in _VOID:
        return Html(f"<{tag}{told}>")
    return Html(f"<{tag}{told}>{joined(*children)}</{tag}>")


def joined(*children: str) -> Html:
    """Return children one after the other, those that aren't Html escaped."""
    return Html("".join(one if isinstance(one, Html) else escaped(one) for one in children))


def escaped(text: str, limit: int = LIMIT) -> Html:
    """Return text of unknown origin as one line of HTML, at most `limit` characters of it."""
    return Html(html.escape(visible(text, limit), quote=True))


def lines(text: str, most: int = 400) -> Html:
    """Return text of several lines for a <pre>; at most `most` lines."""
    found = text.split("\n")
    shown = [str(escaped(line.expandtabs(4).rstrip())) for line in found[:most]]
    if len(found) > most:
        shown.append(f"… {len(found) - most} more lines")
    return Html("\n".join(shown))


def bullets(items: list[str], **attributes: str) -> Html:
    """Return an unordered list, or nothing without items."""
    if not items:
        return Html("")
    return element("ul", *(element("li", item) for item in items), **attributes)


def facts(*pairs: tuple[str, str], **attributes: str) -> Html:
    """Return a list of terms and their descriptions, leaving out empty ones."""
    rows = [
        element("div", element("dt", term), element("dd", told)) for term, told in pairs if told
    ]
    return element("dl", *rows, **attributes) if rows else Html("")


def folded(summary: str, *children: str, **attributes: str) -> Html:
    """Return something that opens when it is clicked."""
    return element("details", element("summary", summary), *children, **attributes)


def scrolled(table: Html, label: str, class_: str = "wide") -> Html:
    """Return what may be wider than the page: it scrolls by itself, also with the keyboard."""
    return element("div", table, class_=class_, tabindex="0", role="region", aria_label=label)


def id_of(prefix: str, text: str) -> str:
    """Return an id for a place of the page: letters, digits and hyphens only."""
    return f"{prefix}-{_NOT_ID.sub('-', text)[:60]}"
