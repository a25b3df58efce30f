"""Mermaid text as nodes and edges: flowchart, state, class, entity and sequence diagrams.

A tolerant reader of a documented subset (see the page of the `work` fixture): lines that it does
not know are kept in `unread`; what only changes how a drawing looks is passed over.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from grader.bridge.artefacts.diagram import Builder, Diagram
from grader.bridge.artefacts.malformed import Malformed
from grader.bridge.artefacts.mermaid_boxes import class_line, entity_line, state_line
from grader.bridge.artefacts.mermaid_flow import flow_line
from grader.bridge.artefacts.mermaid_sequence import sequence_line
from grader.bridge.artefacts.plain_text import decoded

MOST_BYTES = 200_000
MOST_LINES = 4_000
LONGEST_LINE = 2_000

_READERS: dict[str, tuple[str, Callable[[Builder, str], bool]]] = {
    "flowchart": ("flowchart", flow_line),
    "graph": ("flowchart", flow_line),
    "statediagram": ("state", state_line),
    "statediagram-v2": ("state", state_line),
    "classdiagram": ("class", class_line),
    "classdiagram-v2": ("class", class_line),
    "erdiagram": ("entity", entity_line),
    "sequencediagram": ("sequence", sequence_line),
}
_LOOKS = re.compile(
    r"(?:classDef|class(?=\s+[\w,]+\s+\w+$)|style|linkStyle|click|cssClass|callback|link|links"
    r"|accTitle|accDescr|title|autonumber|hide|scale|theme)(?![\w-])"
)
_FENCE = re.compile(r"\s*(?:```|~~~)")
_NO_HEAD = (
    "doesn't begin with a kind of diagram that is read here: flowchart, stateDiagram-v2, "
    "classDiagram, erDiagram or sequenceDiagram"
)


def diagram_of(data: bytes) -> Diagram:
    """Return the diagram; Malformed when it is none that is read here or too large."""
    lines = decoded(data, MOST_BYTES).splitlines()
    if len(lines) > MOST_LINES:
        raise Malformed(f"has more than {MOST_LINES:,} lines; draw a smaller diagram")
    statements = _statements(lines)
    number, head = next(statements, (0, ""))
    words = head.split()
    kind, read = _READERS.get(words[0].lower() if words else "", ("", None))
    if read is None:
        raise Malformed(_NO_HEAD)
    builder = Builder(kind, words[1] if len(words) > 1 else "")
    for number, line in statements:
        builder.line = number
        before = len(builder.nodes), len(builder.edges)
        if not (_is_only_looks(builder, line) or read(builder, line)):
            builder.leave_unread(line, *before)
    if builder.open_groups:
        raise Malformed("what is opened here is never closed", builder.open_groups[-1].line)
    return builder.built()


def _statements(lines: list[str]) -> Iterator[tuple[int, str]]:
    """Lines with something on them, numbered; comments, fences and front matter left out."""
    in_front = False
    begun = False
    for number, raw in enumerate(lines, start=1):
        if len(raw) > LONGEST_LINE:
            raise Malformed(f"the line is longer than {LONGEST_LINE:,} characters", number)
        line = raw.strip()
        if line == "---" and (in_front or not begun):
            in_front, begun = not in_front, True
        elif line and not in_front and not line.startswith("%%") and not _FENCE.match(line):
            begun = True
            yield number, line.rstrip(";").rstrip()


def _is_only_looks(builder: Builder, line: str) -> bool:
    if line.startswith("direction "):
        builder.direction = builder.direction or line.split()[1]
        return True
    kind_has_classes = builder.kind == "class" and line.startswith("class ")
    return bool(_LOOKS.match(line)) and not kind_has_classes
