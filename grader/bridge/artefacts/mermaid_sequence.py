"""A line of a Mermaid sequence diagram: participants, messages in order, blocks around them."""

from __future__ import annotations

import re

from grader.bridge.artefacts.diagram import Builder

_PARTICIPANT = re.compile(
    r"(?:create\s+)?(participant|actor)\s+(.+?)(?:@\{[^}]*\})?(?:\s+as\s+(.+))?$"
)
_ARROW = re.compile(r"<<-{1,2}>>|-{1,2}(?:>>|>|x|\))")
_NOTE = re.compile(r"note\s+(?:(?:right|left)\s+of|over)\s+[^:]+:\s*(.*)$", re.IGNORECASE)
_OPENS = re.compile(r"(alt|opt|loop|par|critical|break|rect|box)\b\s*(.*)$")
_GOES_ON = re.compile(r"(else|and|option)\b\s*(.*)$")
_PASSED_OVER = re.compile(r"(?:activate|deactivate|destroy)\s+\S+|links?\s")


def sequence_line(builder: Builder, line: str) -> bool:
    """Read a line; False when it isn't understood."""
    if line == "end":
        return builder.close_group()
    if found := _PARTICIPANT.match(line):
        builder.node(found[2].strip(), _words(found[3]), found[1])
    elif found := _NOTE.match(line):
        builder.notes.append(_words(found[1]))
    elif (found := _OPENS.match(line)) or (
        (found := _GOES_ON.match(line)) and builder.close_group()
    ):
        _open(builder, found[1], found[2])
    else:
        return bool(_PASSED_OVER.match(line)) or _message(builder, line)
    return True


def _open(builder: Builder, kind: str, text: str) -> None:
    builder.open_group(kind, f"{kind} {_words(text)}".strip(), _words(text))


def _message(builder: Builder, line: str) -> bool:
    head, colon, text = line.partition(":")
    arrow = _ARROW.search(head)
    if arrow is None:
        return False
    source = head[: arrow.start()].strip()
    target = head[arrow.end() :].strip().lstrip("+-").strip()
    if not source or not target:
        return False
    builder.edge(source, target, _words(text) if colon else "", arrow[0])
    return True


def _words(text: str | None) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<br\s*/?>", " ", text or "")).strip()
