"""What a diagram is once it is read: nodes, edges and groups, whatever it was written in."""

from __future__ import annotations

from dataclasses import dataclass, field

from grader.bridge.artefacts.malformed import Malformed

MOST_NODES = 2_000
MOST_EDGES = 5_000
DEEPEST = 20


@dataclass
class Node:
    """A box, state, class, entity or participant. `group` names what is drawn around it.

    `members` are the lines inside a class or an entity. `shape` is the opening bracket in a
    flowchart ("{" is a decision), else the kind of node ("choice", "actor", …).
    """

    id: str
    label: str = ""
    shape: str = ""
    group: str = ""
    line: int = 0
    members: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Edge:
    """An arrow, relation or message, in the order of the text. `arrow` is as it was written.

    `group` is what is drawn around it: a subgraph, or in a sequence "alt gateway down".
    `ends` are what stands at both ends in class and entity diagrams: "1", "0..*", "||", "o{".
    """

    source: str
    target: str
    label: str = ""
    arrow: str = ""
    group: str = ""
    line: int = 0
    ends: tuple[str, str] = ("", "")


@dataclass(frozen=True)
class Group:
    """A subgraph, composite state, namespace or block of a sequence, inside `group`."""

    id: str
    label: str
    kind: str
    group: str
    line: int


@dataclass(frozen=True)
class Diagram:
    """A diagram. `kind`: flowchart, state, class, entity or sequence.

    `nodes` by id in the order in which they first stand. `notes` are their texts. `unread` are
    lines that the reader doesn't know, with their numbers.
    """

    kind: str
    direction: str
    nodes: dict[str, Node]
    edges: tuple[Edge, ...]
    groups: tuple[Group, ...]
    notes: tuple[str, ...]
    unread: tuple[tuple[int, str], ...]

    def after(self, node: str) -> list[str]:
        """The nodes to which an edge leads from `node`."""
        return [edge.target for edge in self.edges if edge.source == node]

    def reached_from(self, node: str) -> set[str]:
        """All nodes that can be reached from `node` along edges; itself only on a cycle."""
        ways: dict[str, list[str]] = {}
        for edge in self.edges:
            ways.setdefault(edge.source, []).append(edge.target)
        found: set[str] = set()
        left = list(ways.get(node, ()))
        while left:
            one = left.pop()
            if one not in found:
                found.add(one)
                left += ways.get(one, ())
        return found


@dataclass
class Builder:
    """A diagram while it is read; `line` is the line at which the reader is."""

    kind: str
    direction: str = ""
    line: int = 0
    nodes: dict[str, Node] = field(default_factory=dict)
    edges: list[Edge] = field(default_factory=list)
    groups: list[Group] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    unread: list[tuple[int, str]] = field(default_factory=list)
    open_groups: list[Group] = field(default_factory=list)
    inside: Node | None = None  # the class or entity whose members are being listed
    in_note: bool = False  # in a note of several lines

    def node(self, name: str, label: str = "", shape: str = "") -> Node:
        """The node of this id; a label or shape told later counts."""
        found = self.nodes.get(name)
        if found is None:
            if len(self.nodes) == MOST_NODES:
                raise Malformed(f"has more than {MOST_NODES:,} nodes; draw a smaller diagram")
            found = self.nodes[name] = Node(name, name, "", self._group, self.line)
        if self.kind == "flowchart":  # a node belongs to the subgraph that mentions it
            found.group = found.group or self._group
        found.label = label or found.label
        found.shape = shape or found.shape
        return found

    def edge(
        self,
        source: str,
        target: str,
        label: str = "",
        arrow: str = "",
        ends: tuple[str, str] = ("", ""),
    ) -> None:
        """An edge between nodes, which are made if need be."""
        if len(self.edges) == MOST_EDGES:
            raise Malformed(f"has more than {MOST_EDGES:,} arrows; draw a smaller diagram")
        self.node(source)
        self.node(target)
        self.edges.append(Edge(source, target, label, arrow, self._group, self.line, ends))

    def open_group(self, kind: str, name: str, label: str = "") -> None:
        """What follows is inside, up to `close_group`."""
        if len(self.open_groups) == DEEPEST:
            raise Malformed(f"more than {DEEPEST} groups are open inside each other", self.line)
        group = Group(name, label or name, kind, self._group, self.line)
        self.groups.append(group)
        self.open_groups.append(group)

    def leave_unread(self, text: str, nodes: int, edges: int) -> None:
        """Take back what came of a line that was not understood to its end."""
        for name in list(self.nodes)[nodes:]:
            del self.nodes[name]
        del self.edges[edges:]
        self.unread.append((self.line, text))

    def close_group(self) -> bool:
        """The innermost open group ends; False when none is open."""
        return bool(self.open_groups) and self.open_groups.pop() is not None

    @property
    def _group(self) -> str:
        return self.open_groups[-1].id if self.open_groups else ""

    def built(self) -> Diagram:
        """The diagram as far as it was read."""
        return Diagram(
            self.kind,
            self.direction,
            self.nodes,
            tuple(self.edges),
            tuple(self.groups),
            tuple(self.notes),
            tuple(self.unread),
        )
