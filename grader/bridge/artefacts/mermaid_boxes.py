"""Lines of Mermaid's state, class and entity diagrams."""

from __future__ import annotations

import re

from grader.bridge.artefacts.diagram import Builder

_NAME = r"[\w.$~-]+(?:\([^)]*\))?"
_STATE_EDGE = re.compile(r"(\[\*\]|[\w.-]+?)\s*-->\s*(\[\*\]|[\w.-]+)\s*(?::\s*(.*))?$")
_STATE_AS = re.compile(r'state\s+"([^"]*)"\s+as\s+([\w.-]+)\s*(\{)?$')
_STATE_KIND = re.compile(r"state\s+([\w.-]+)\s*<<\s*(\w+)\s*>>$")
_STATE_GROUP = re.compile(r"state\s+([\w.-]+)\s*\{$")
_STATE_TEXT = re.compile(r"(?:state\s+)?([\w.-]+)\s*(?::\s*(.*))?$")
_NOTE = re.compile(
    r"note\s+(?:(?:right|left)\s+of\s+\S+\s*:\s*(.*)|(?:for\s+\S+\s+)?\"([^\"]*)\")$"
)
_NOTE_OPEN = re.compile(r"note\s+(?:right|left)\s+of\s+\S+$")

_CLASS = re.compile(r"class\s+`?([\w.~-]+)`?\s*(?:\[\"([^\"]*)\"\])?\s*(?::::\w+)?\s*(\{)?(\})?$")
_CLASS_EDGE = re.compile(
    r"([\w.~-]+?)\s*(?:\"([^\"]*)\")?\s*"
    r"((?:<\||[*o<])?(?:--|\.\.)(?:\|>|[*o>])?)"
    r"\s*(?:\"([^\"]*)\")?\s*([\w.~-]+)\s*(?::\s*(.*))?$"
)
_CLASS_MEMBER = re.compile(r"([\w.~-]+)\s*:\s*(.+)$")
_CLASS_KIND = re.compile(r"<<\s*([\w ]+?)\s*>>\s*([\w.~-]+)$")
_NAMESPACE = re.compile(r"namespace\s+([\w.-]+)\s*\{$")

_ENTITY_NAME = r'(?:"[^"]*"|[\w-]+?)'
_ENTITY_EDGE = re.compile(
    rf"({_ENTITY_NAME})\s*(\|\||\|o|\}}\||\}}o)(--|\.\.)(\|\||o\||\|\{{|o\{{)"
    rf"\s*({_ENTITY_NAME})\s*(?::\s*(.*))?$"
)
_ENTITY = re.compile(rf"({_ENTITY_NAME})\s*(?:\[\"?([^\]\"]*)\"?\])?\s*(\{{)?(\}})?$")


def state_line(builder: Builder, line: str) -> bool:
    """Read a line of a state diagram; "[*]" is the start as a source and the end as a target."""
    if builder.in_note:
        return _note_goes_on(builder, line)
    if line == "}":
        return builder.close_group()
    if line == "--":
        return True
    if found := _STATE_EDGE.match(line):
        source = "start" if found[1] == "[*]" else found[1]
        target = "end" if found[2] == "[*]" else found[2]
        for name, wanted in ((source, "start"), (target, "end")):
            if name == wanted:
                builder.node(name, "[*]", name)
        builder.edge(source, target, _words(found[3]), "-->")
        return True
    return _state_itself(builder, line) or _note(builder, line)


def _state_itself(builder: Builder, line: str) -> bool:
    if found := _STATE_AS.match(line):
        builder.node(found[2], _words(found[1]))
        if found[3]:
            builder.open_group("state", found[2], _words(found[1]))
    elif found := _STATE_KIND.match(line):
        builder.node(found[1], shape=found[2])
    elif found := _STATE_GROUP.match(line):
        builder.node(found[1])
        builder.open_group("state", found[1])
    elif not line.startswith("note") and (found := _STATE_TEXT.match(line)):
        builder.node(found[1], _words(found[2]))
    else:
        return False
    return True


def class_line(builder: Builder, line: str) -> bool:
    """Read a line of a class diagram."""
    if builder.inside is not None:
        return _member(builder, line)
    if line == "}":
        return builder.close_group()
    if found := _NAMESPACE.match(line):
        builder.open_group("namespace", found[1])
    elif found := _CLASS.match(line):
        node = builder.node(_class(found[1]), _words(found[2]))
        builder.inside = node if found[3] and not found[4] else None
    elif found := _CLASS_KIND.match(line):
        builder.node(_class(found[2]), shape=found[1])
    elif found := _CLASS_EDGE.match(line):
        ends = (_words(found[2]), _words(found[4]))
        builder.edge(_class(found[1]), _class(found[5]), _words(found[6]), found[3], ends)
    elif found := _CLASS_MEMBER.match(line):
        builder.node(_class(found[1])).members.append(_words(found[2]))
    else:
        return _note(builder, line)
    return True


def entity_line(builder: Builder, line: str) -> bool:
    """Read a line of an entity-relationship diagram."""
    if builder.inside is not None:
        return _member(builder, line)
    if found := _ENTITY_EDGE.match(line):
        source, target = _words(found[1]), _words(found[5])
        ends = (found[2], found[4])
        builder.edge(source, target, _words(found[6]), "".join(found.group(2, 3, 4)), ends)
        return True
    if found := _ENTITY.match(line):
        node = builder.node(_words(found[1]), _words(found[2]))
        builder.inside = node if found[3] and not found[4] else None
        return True
    return False


def _member(builder: Builder, line: str) -> bool:
    """A line inside the braces of a class or entity."""
    node = builder.inside
    assert node is not None
    if line == "}":
        builder.inside = None
    elif found := re.fullmatch(r"<<\s*([\w ]+?)\s*>>", line):
        node.shape = found[1]
    else:
        node.members.append(_words(line))
    return True


def _note(builder: Builder, line: str) -> bool:
    if found := _NOTE.match(line):
        builder.notes.append(_words(found[1] or found[2]))
        return True
    if _NOTE_OPEN.match(line):
        builder.in_note = True
        builder.notes.append("")
        return True
    return False


def _note_goes_on(builder: Builder, line: str) -> bool:
    if line == "end note":
        builder.in_note = False
    else:
        builder.notes[-1] = f"{builder.notes[-1]} {_words(line)}".strip()
    return True


def _class(name: str) -> str:
    """The name of a class without its type parameters: `Box~T~` is `Box`."""
    return name.partition("~")[0]


def _words(text: str | None) -> str:
    return re.sub(r"\s+", " ", (text or "").strip().strip('"')).strip()
