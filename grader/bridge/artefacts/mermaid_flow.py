"""A line of a Mermaid flowchart: nodes in their brackets, chains of arrows, subgraphs."""

from __future__ import annotations

import re

from grader.bridge.artefacts.diagram import Builder

# Opening brackets, longest first, and what closes each.
_SHAPES = {
    "(((": (")))",),
    "((": ("))",),
    "([": ("])",),
    "[[": ("]]",),
    "[(": (")]",),
    "[/": ("/]", "\\]"),
    "[\\": ("\\]", "/]"),
    "{{": ("}}",),
    "(": (")",),
    "[": ("]",),
    "{": ("}",),
    ">": ("]",),
}
_ID = re.compile(r"[^\W_](?:[\w./]|-(?![-.>ox=]))*|_\w*")
_CLASS = re.compile(r":::[\w-]+")
_SUBGRAPH = re.compile(r"subgraph\b\s*(.*)$")
# A whole arrow (its text may follow between bars), and the halves of one with text inside.
_ARROW = re.compile(r"[<ox]?(?:-{2,}[>ox]|-{3,}|={2,}[>ox]|={3,}|-\.+-[>ox]?)|~{3,}")
_OPENING = re.compile(r"[<ox]?(?:--|==|-\.)")
_CLOSING = re.compile(r"-{2,}[>ox]|-{3,}|={2,}[>ox]|={3,}|\.+-[>ox]?")
_BARS = re.compile(r"\s*\|([^|]*)\|")


def flow_line(builder: Builder, line: str) -> bool:
    """Read a line; False when it isn't understood."""
    if line == "end":
        return builder.close_group()
    if found := _SUBGRAPH.match(line):
        return _subgraph(builder, found[1].strip())
    parts = line.split(";") if ";" in line and '"' not in line else [line]
    return all(_Chain(builder, part.strip()).read() for part in parts if part.strip())


def _subgraph(builder: Builder, rest: str) -> bool:
    name, bracket, label = rest.partition("[")
    title = _plain(label.rstrip("]")) if bracket else _plain(name)
    builder.open_group("subgraph", _plain(name.strip()) or title or "subgraph", title)
    return True


class _Chain:
    """`A & B --> C -- text --> D`, read from left to right."""

    def __init__(self, builder: Builder, text: str) -> None:
        self._builder = builder
        self._text = text
        self._at = 0

    def read(self) -> bool:
        before = self._nodes()
        while before:
            if self._at == len(self._text):
                return True
            arrow = self._arrow()
            after = self._nodes() if arrow else []
            if arrow is None or not after:
                return False
            for source in before:
                for target in after:
                    self._builder.edge(source, target, arrow[1], arrow[0])
            before = after
        return False

    def _nodes(self) -> list[str]:
        """One node, or several joined by "&"; none when there is none here."""
        found = []
        while True:
            name = self._node()
            if not name:
                return []
            found.append(name)
            self._skip()
            if not self._text.startswith("&", self._at):
                return found
            self._at += 1

    def _node(self) -> str:
        self._skip()
        matched = _ID.match(self._text, self._at)
        if matched is None:
            return ""
        self._at = matched.end()
        shape, label = self._brackets()
        if styled := _CLASS.match(self._text, self._at):
            self._at = styled.end()
        self._builder.node(matched[0], label, shape)
        return matched[0]

    def _brackets(self) -> tuple[str, str]:
        for opening, closings in _SHAPES.items():
            if self._text.startswith(opening, self._at):
                start = self._at + len(opening)
                ends = [(self._end_of(start, closing), closing) for closing in closings]
                reached = [one for one in ends if one[0] >= 0]
                if reached:
                    end, closing = min(reached)
                    self._at = end + len(closing)
                    return opening, _plain(self._text[start:end])
        return "", ""

    def _end_of(self, start: int, closing: str) -> int:
        """Where the brackets close; what is in double quotes may hold brackets."""
        if self._text.startswith('"', start):
            quote = self._text.find('"', start + 1)
            return self._text.find(closing, quote) if quote >= 0 else -1
        return self._text.find(closing, start)

    def _arrow(self) -> tuple[str, str] | None:
        """The arrow here and its text."""
        self._skip()
        if matched := _ARROW.match(self._text, self._at):
            self._at = matched.end()
            barred = _BARS.match(self._text, self._at)
            if barred is None:
                return matched[0], ""
            self._at = barred.end()
            return matched[0], _plain(barred[1])
        opened = _OPENING.match(self._text, self._at)
        closed = _CLOSING.search(self._text, opened.end()) if opened else None
        if opened is None or closed is None:
            return None
        self._at = closed.end()
        head = opened[0][:-1] if closed[0][0] == "." else opened[0][:-2]
        return f"{head}{closed[0]}", _plain(self._text[opened.end() : closed.start()])

    def _skip(self) -> None:
        while self._at < len(self._text) and self._text[self._at].isspace():
            self._at += 1


def _plain(text: str) -> str:
    """A label without its quotes, its line breaks as blanks."""
    text = re.sub(r"<br\s*/?>", " ", text.strip().strip('"').strip("`"))
    return re.sub(r"\s+", " ", text).strip()
