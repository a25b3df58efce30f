"""Mermaid text as nodes and edges: the documented subset, and what lies outside it."""

from __future__ import annotations

import pytest

from grader.bridge.artefacts.diagram import Edge
from grader.bridge.artefacts.mermaid_text import diagram_of


def edges(diagram):
    return [(one.source, one.arrow, one.target, one.label) for one in diagram.edges]


FLOW = b"""---
title: Warnings
---
%% a comment
flowchart LR
  A[Gauge reading] -->|rises| B{Over limit?}
  B -- yes --> C(["Send (now)"]) & D
  B -. no .-> E[/Log/]
  subgraph river [River side]
    direction TB
    E --> F:::warm
    subgraph inner
      Z
    end
  end
  F ==> G; G --- H
  my-node --> other-node
  x <--> y
  a1--text-->b2
  style A fill:#fff
  classDef warm fill:#f00
  click A "https://example.test"
  what is this
  A[never closed --> B
"""


def test_flowchart():
    flow = diagram_of(FLOW)
    assert (flow.kind, flow.direction) == ("flowchart", "LR")
    assert edges(flow) == [
        ("A", "-->", "B", "rises"),
        ("B", "-->", "C", "yes"),
        ("B", "-->", "D", "yes"),
        ("B", "-.->", "E", "no"),
        ("E", "-->", "F", ""),
        ("F", "==>", "G", ""),
        ("G", "---", "H", ""),
        ("my-node", "-->", "other-node", ""),
        ("x", "<-->", "y", ""),
        ("a1", "-->", "b2", "text"),
    ]
    labels = {name: (node.label, node.shape) for name, node in flow.nodes.items()}
    assert labels["A"] == ("Gauge reading", "[")
    assert labels["B"] == ("Over limit?", "{")
    assert labels["C"] == ("Send (now)", "([")
    assert labels["E"] == ("Log", "[/")
    assert [(one.id, one.label, one.group) for one in flow.groups] == [
        ("river", "River side", ""),
        ("inner", "inner", "river"),
    ]
    assert (flow.nodes["F"].group, flow.nodes["Z"].group) == ("river", "inner")
    assert [text for _, text in flow.unread] == ["what is this", "A[never closed --> B"]
    assert "what" not in flow.nodes
    assert flow.after("B") == ["C", "D", "E"]
    assert flow.reached_from("B") == {"C", "D", "E", "F", "G", "H"}


def test_state_diagram():
    states = diagram_of(
        b"stateDiagram-v2\ndirection LR\n[*] --> Idle\nIdle --> Busy : start work\n"
        b'state Busy {\n a --> b\n --\n c\n}\nstate "Long name" as ln\nBusy --> [*]\n'
        b"note right of Busy : careful\nnote left of Idle\n more\n than one\nend note\n"
        b"state pick <<choice>>\nIdle : waits\n"
    )
    assert edges(states) == [
        ("start", "-->", "Idle", ""),
        ("Idle", "-->", "Busy", "start work"),
        ("a", "-->", "b", ""),
        ("Busy", "-->", "end", ""),
    ]
    assert states.nodes["a"].group == "Busy"
    assert (states.nodes["ln"].label, states.nodes["pick"].shape) == ("Long name", "choice")
    assert (states.nodes["Idle"].label, states.notes) == ("waits", ("careful", "more than one"))
    assert (states.unread, states.direction) == ((), "LR")


def test_class_diagram():
    classes = diagram_of(
        b"classDiagram\nclass Animal {\n  <<interface>>\n  +int age\n  +eat() void\n}\n"
        b'Animal <|-- Duck : is a\nCustomer "1" --> "0..*" Ticket : buys\nDuck : +swim()\n'
        b"class Box~T~\n<<service>> Sender\nA ..> B\nA *-- C\nnamespace Shop {\nclass Till\n}\n"
    )
    assert classes.nodes["Animal"].members == ["+int age", "+eat() void"]
    assert classes.nodes["Animal"].shape == "interface"
    assert classes.edges[1] == Edge("Customer", "Ticket", "buys", "-->", "", 8, ("1", "0..*"))
    assert [one.arrow for one in classes.edges] == ["<|--", "-->", "..>", "*--"]
    assert classes.nodes["Duck"].members == ["+swim()"]
    assert {"Box", "Sender"} <= classes.nodes.keys()
    assert classes.nodes["Till"].group == "Shop"
    assert classes.unread == ()


def test_entity_diagram():
    entities = diagram_of(
        b"erDiagram\nCUSTOMER ||--o{ ORDER : places\nORDER {\n int id PK\n string name\n}\n"
        b'ORDER }|..|{ "LINE ITEM" : "has many"\nEMPTY\n'
    )
    assert edges(entities) == [
        ("CUSTOMER", "||--o{", "ORDER", "places"),
        ("ORDER", "}|..|{", "LINE ITEM", "has many"),
    ]
    assert entities.edges[0].ends == ("||", "o{")
    assert entities.nodes["ORDER"].members == ["int id PK", "string name"]
    assert "EMPTY" in entities.nodes


def test_sequence_diagram():
    sequence = diagram_of(
        b"sequenceDiagram\nautonumber\nparticipant G as Gauge<br>one\nactor U\n"
        b"G->>+S: level 3.2: high\nalt gateway down\n  S--xU: fail\nelse up\n  S-->>-U: sms\nend\n"
        b"Note over G,S: hello\nloop daily\nS-)G: ping\nend\nactivate S\nnonsense\n"
    )
    assert edges(sequence) == [
        ("G", "->>", "S", "level 3.2: high"),
        ("S", "--x", "U", "fail"),
        ("S", "-->>", "U", "sms"),
        ("S", "-)", "G", "ping"),
    ]
    groups = [one.group for one in sequence.edges]
    assert groups == ["", "alt gateway down", "else up", "loop daily"]
    assert (sequence.nodes["G"].label, sequence.nodes["U"].shape) == ("Gauge one", "actor")
    assert (sequence.notes, sequence.unread) == (("hello",), ((16, "nonsense"),))


def test_a_fenced_diagram_is_read():
    assert edges(diagram_of(b"```mermaid\ngraph TD;\nA-->B;\n```\n")) == [("A", "-->", "B", "")]


WRONG = [
    (b"pie\n a: 1", "work.txt doesn't begin with a kind of diagram that is read here: flowchart"),
    (b"", "work.txt doesn't begin with a kind of diagram that is read here: flowchart"),
    (b"graph\nsubgraph a\nb", "work.txt, line 2: what is opened here is never closed"),
    (b"graph\n" + b"subgraph a\n" * 30, "work.txt, line 22: more than 20 groups are open inside"),
    (b"graph\n" + b"a" * 3000, "work.txt, line 2: the line is longer than 2,000 characters"),
    (b"graph\n" + b"a\n" * 5000, "work.txt has more than 4,000 lines; draw a smaller diagram"),
    (b"graph\n" + b"A&" * 900 + b"A-->" + b"A&" * 90 + b"A", "work.txt has more than 5,000 arrows"),
    (
        b"graph\n" + b";".join(b"n%d" % n for n in range(2100)),
        "work.txt, line 2: the line is longer",
    ),
    (
        b"graph\n" + b"\n".join(b"n%d" % n for n in range(2100)),
        "work.txt has more than 2,000 nodes; draw a smaller diagram",
    ),
    (
        b"graph\n" + b"\n".join(b"n%d-->m" % n for n in range(100_000)),
        "work.txt is 1,088,895 bytes long",
    ),
]


@pytest.mark.parametrize(("data", "sentence"), WRONG, ids=range(len(WRONG)))
def test_what_a_learner_reads(data, sentence, told):
    assert told(diagram_of, data).startswith(sentence), told(diagram_of, data)
