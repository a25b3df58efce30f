"""The candidate's half, asked over a socket pair as the examiner would ask it."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from grader.bridge.candidate import frames
from grader.bridge.candidate.streams import CUT, MAX_OUTPUT

SOURCE = """
import collections, enum, sys

class FareError(ValueError):
    pass

class Money:
    unit = "p"
    def __init__(self, pence=0):
        self.pence = pence
    def __add__(self, other):
        return Money(self.pence + other.pence)
    def __eq__(self, other):
        return isinstance(other, Money) and self.pence == other.pence
    def __len__(self):
        return self.pence
    def __enter__(self):
        return self
    def __exit__(self, kind, error, trace):
        self.pence = -1
        return kind is KeyError
    @staticmethod
    def zero():
        return 0

class Zone(enum.Enum):
    ONE = 1

class Level(enum.IntEnum):
    LOW = 1

class Name(str):
    def __str__(self):
        return "a lie"
    def __iter__(self):
        return iter("a lie")

class Row(list):
    pass

class Table(dict):
    def items(self):
        return []
    def __getitem__(self, key):
        return "a lie"

class Weight(float):
    pass

class Wave(complex):
    pass

Point = collections.namedtuple("Point", "x y")

def price(zone, *extra, **named):
    print("pricing", zone)
    return zone * 10

def echo(value):
    return value

def make(kind):
    return {"money": Money(3), "zone": Zone.ONE, "level": Level.LOW, "name": Name("Ann"),
            "row": Row([1, 2]), "table": Table(a=1), "weight": Weight(2.5), "wave": Wave(1j),
            "point": Point(1, 2), "odd": object(), "class": Money, "level-class": Level,
            "std": collections.ChainMap, "flag": enum.Flag}[kind]

def fill(items, table, found, data):
    items.append(items)
    table["new"] = items
    found.clear()
    data += b"!"

def fail(how):
    if how == "own":
        raise FareError("no such zone", 7)
    if how == "exit":
        sys.exit(3)
    if how == "cause":
        try:
            {}["k"]
        except KeyError as error:
            raise FareError("wrapped") from error
    if how == "context":
        try:
            1 / 0
        except ZeroDivisionError:
            raise FareError("meanwhile")
    if how == "odd-text":
        class Odd(Exception):
            def __str__(self):
                raise RuntimeError("no text")
        raise Odd(object())
    if how == "syntax":
        compile("x = (", __file__, "exec")

def deep():
    value = []
    for _ in range(200):
        value = [value]
    return value

def deep_rows():
    value = Row()
    for _ in range(400):
        value = Row([value])
    return value

def large():
    return ["x" * (1 << 20)] * 20

def call(function, *args):
    return function(*args)

def call_safely(function, *args):
    try:
        return function(*args)
    except Exception as error:
        return type(error).__name__, str(error)

def call_and_raise_again(function):
    function()

def read(source):
    with source as lines:
        return lines.read(2)

def total(numbers):
    return sum(numbers)

def talk(text):
    sys.stdout.write(text)
    sys.stderr.write("oops")

def ask():
    return input("Zone? ")

def shut():
    sys.stdout.close()

def environment(name):
    import os
    return os.environ.get(name), sys.argv, os.getcwd()

def use_open():
    return open("x")

import types
other = types.ModuleType("other")
import fares as itself
number = 5
"""


@pytest.fixture
def asker(served: Callable[..., Any]) -> Any:
    return served(SOURCE)


# -- questions


def test_a_call_answers_with_a_value_and_what_was_printed(asker: Any) -> None:
    assert asker.call("price", 3) == ["ok", 30, [], "pricing 3\n", ""]


def test_attributes_are_read_set_and_deleted(asker: Any) -> None:
    money = asker.ref("Money")
    assert asker.value("get", money, "unit") == "p"
    asker.value("set", money, "unit", "£")
    assert asker.value("get", money, "unit") == "£"
    asker.value("del", money, "unit")
    assert asker.ask("get", money, "unit")[0] == "raise"


def test_operators_and_built_in_functions(asker: Any) -> None:
    assert asker.value("op", "add", 2, 3) == 5
    assert asker.value("op", "len", ["list", 1, 2]) == 2
    made = asker.value("call", asker.ref("Money"), [], ["list", 4], ["dict"])
    held = ["ref", made[1]]
    assert asker.value("op", "len", held) == 4
    assert asker.value("op", "eq", held, held) is True
    assert asker.value("op", "contains", ["list", 1], 1) is True
    assert asker.value("op", "format", 3.14159, ".2f") == "3.14"


def test_a_context_is_entered_and_left_with_and_without_an_exception(asker: Any) -> None:
    made = asker.value("call", asker.ref("Money"), [], ["list", 4], ["dict"])
    held = ["ref", made[1]]
    assert asker.value("op", "enter", held)[1] == made[1]
    assert asker.value("op", "exit", held, None) is False
    swallowed = ["exc", 0, "builtins", "KeyError", ["list", "k"], None]
    assert asker.value("op", "exit", held, swallowed) is True
    passed_on = ["exc", 1, "builtins", "ValueError", ["list"], None]
    assert asker.value("op", "exit", held, passed_on) is False
    assert asker.value("get", held, "pence") == -1


@pytest.mark.parametrize(
    ("kind", "what", "inner"),
    [
        ("money", ["class", ["fares", "Money"]], None),
        ("zone", ["class", ["fares", "Zone"]], None),
        ("level", ["class", ["fares", "Level"]], 1),
        ("name", ["class", ["fares", "Name"]], "Ann"),
        ("row", ["class", ["fares", "Row"]], ["list", 1, 2]),
        ("table", ["class", ["fares", "Table"]], ["dict", "a", 1]),
        ("weight", ["class", ["fares", "Weight"]], 2.5),
        ("wave", ["class", ["fares", "Wave"]], ["complex", 0.0, 1.0]),
        ("point", ["class", ["fares", "Point"]], ["tuple", 1, 2]),
        ("odd", ["kind", "builtins", "object", []], None),
    ],
)
def test_objects_are_named_by_their_class_with_the_value_inside(
    asker: Any, kind: str, what: Any, inner: Any
) -> None:
    head, node, *_ = asker.call("make", kind)
    assert head == "ok"
    assert node[0] == "object"
    assert node[2:] == [what, inner]


def test_the_same_object_has_the_same_key(asker: Any) -> None:
    one = asker.call("make", "zone")[1]
    assert one[1] == ["fares", "Zone.ONE"]
    assert asker.call("make", "zone")[1] == one
    assert asker.call("make", "money")[1][1] != asker.call("make", "money")[1][1]


def test_classes_are_named(asker: Any) -> None:
    assert asker.call("make", "class")[1] == ["class", ["fares", "Money"]]
    assert asker.call("make", "std")[1] == ["std", "collections", "ChainMap"]
    assert asker.call("make", "flag")[1] == ["std", "enum", "Flag"]


def test_a_class_describes_itself(asker: Any) -> None:
    name, module, bases, fields, methods = asker.ask("describe", ["fares", "Money"])[1][1:]
    assert (name, module, bases, fields) == (
        "Money", "fares", ["list", ["list", "builtin", "object"]], ["list"],
    )  # fmt: skip
    assert methods == ["list", "__len__", "__enter__", "__eq__", "__hash__"]


def test_bases_and_fields_of_classes(asker: Any) -> None:
    assert asker.value("describe", ["fares", "Point"])[3] == ["x", "y"]
    assert asker.value("describe", ["fares", "Level"])[2] == [["std", "enum", "IntEnum"]]
    assert asker.value("describe", ["fares", "FareError"])[2] == [["builtin", "ValueError"]]


def test_the_value_inside_is_taken_again(asker: Any) -> None:
    row = asker.call("make", "row")[1]
    appended = asker.value("get", ["ref", row[1]], "append")
    asker.value("call", ["ref", appended[1]], [], ["list", 3], ["dict"])
    assert asker.ask("snapshot", ["ref", row[1]])[1] == ["list", 1, 2, 3]


def test_a_list_can_be_made_that_stays_here(asker: Any) -> None:
    node = asker.ask("make", ["list", 1])[1]
    assert node[0] == "object"
    assert node[3] == ["list", 1]


def test_modules_are_named(asker: Any) -> None:
    assert asker.ask("get", ["mod", "fares"], "itself")[1] == ["module", "fares"]
    assert asker.ask("get", ["mod", "fares"], "number")[1] == 5
    assert asker.ask("get", ["mod", "fares"], "other")[1][0] == "object"


@pytest.mark.parametrize(
    "question",
    [
        ("nonsense",),
        ("call", ["nonsense"], [], ["list"], ["dict"]),
        ("call", ["builtin", "print"], [["tuple"]], ["list"], ["dict"]),
        ("get", ["@", 0], "x"),
    ],
)
def test_a_question_that_makes_no_sense_is_refused(asker: Any, question: Any) -> None:
    assert asker.ask(*question)[0] == "refused"
    assert asker.call("echo", 1)[1] == 1


def test_a_stranger_among_references_is_an_error_and_no_death(asker: Any) -> None:
    assert asker.ask("get", ["ref", 99], "x")[0] in ("raise", "refused")
    assert asker.ask("get", ["ref", ["fares", "Money.nothing"]], "x")[0] in ("raise", "refused")
    assert asker.call("echo", 1)[1] == 1


# -- write-back


def test_what_a_call_changed_in_its_arguments_is_told(asker: Any) -> None:
    shared = (["list", 1], ["dict"], ["set", 5], ["bytearray", "x"])
    args = [asker.raw("@", i) for i in range(4)]
    head, node, changes, *_ = asker.call("fill", *args, shared=shared)
    assert (head, node) == ("ok", None)
    assert changes == [
        [0, ["list", 1, ["@", 0]]],
        [1, ["dict", "new", ["@", 0]]],
        [2, ["set"]],
        [3, ["bytearray", "x!"]],
    ]


def test_what_a_call_left_alone_is_not_told(asker: Any) -> None:
    head, node, changes, *_ = asker.call("echo", asker.raw("@", 0), shared=(["list", 1],))
    assert (head, changes) == ("ok", [])
    assert node == ["list", 1]


def test_changes_are_told_even_when_the_call_raises(asker: Any) -> None:
    shared = (["list", 1], ["dict"], ["set", 5])
    args = [asker.raw("@", i) for i in range(3)]
    head, _, changes, *_ = asker.call("fill", *args, b"", shared=shared)
    assert head == "ok"
    head, _, changes, *_ = asker.call("fill", *args, None, shared=shared)
    assert head == "raise"
    assert [change[0] for change in changes] == [0, 1, 2]


# -- exceptions


def test_an_exception_is_described(asker: Any) -> None:
    head, node, *_ = asker.call("fail", "own")
    what, args, text, where, origin, cause, explicit = node
    assert head == "raise"
    assert what[0] == "object"
    assert what[2] == ["class", ["fares", "FareError"]]
    assert args == ["list", "no such zone", 7]
    assert text == "('no such zone', 7)"
    assert [(file, function) for file, _, function in where] == [("fares.py", "fail")]
    assert (origin, cause, explicit) == (None, None, False)


def test_leaving_the_program_is_an_answer_like_others(asker: Any) -> None:
    head, node, *_ = asker.call("fail", "exit")
    assert (head, node[0][2][:3], node[1]) == (
        "raise", ["kind", "builtins", "SystemExit"], ["list", 3],
    )  # fmt: skip
    assert asker.call("echo", 1)[1] == 1


@pytest.mark.parametrize(
    ("how", "name", "explicit"),
    [("cause", "KeyError", True), ("context", "ZeroDivisionError", False)],
)
def test_causes_come_along(asker: Any, how: str, name: str, explicit: bool) -> None:
    node = asker.call("fail", how)[1]
    assert node[5][0][2][2] == name
    assert node[6] is explicit


def test_an_exception_without_text_or_sendable_arguments(asker: Any) -> None:
    head, node, *_ = asker.call("fail", "odd-text")
    assert head == "raise"
    assert node[2] == ""


def test_a_syntax_error_says_where(asker: Any) -> None:
    node = asker.call("fail", "syntax")[1]
    assert node[3][-1] == ["fares.py", 1, ""]


def test_a_value_too_deep_or_too_large_is_refused(asker: Any) -> None:
    assert asker.call("deep")[0] == "refused"
    assert asker.call("large")[0] == "refused"
    head, text, *_ = asker.call("deep_rows")
    assert head in ("refused", "raise")
    assert asker.call("echo", 1)[1] == 1


# -- the suite's functions, objects and iterators


def serve_one(asker: Any, answer: list[Any]) -> list[Any]:
    """Answer the next callback; what was asked."""
    asked = asker.receive()
    assert asked[0] == "callback"
    asker.send(answer)
    return asked[1:]  # type: ignore[no-any-return]


def test_a_callback_asks_and_goes_on_with_the_answer(asker: Any) -> None:
    given = asker.raw("cb", 0, "double")
    asker.post("call", asker.ref("call"), [], asker.node([given, 4]), ["dict"])
    assert serve_one(asker, ["return", 8]) == [0, "", ["list", 4], ["dict"], "", ""]
    assert asker.receive()[2] == 8


def test_a_callback_comes_back_as_itself_and_is_the_same_each_time(asker: Any) -> None:
    assert asker.call("echo", asker.raw("cb", 0, "f"))[1] == ["cb", 0]
    same = asker.call("call", asker.raw("builtin", "isinstance"), asker.raw("cb", 0), object)
    assert same[1] is True


def test_what_was_printed_before_a_callback_goes_with_it(asker: Any) -> None:
    asker.post("call", asker.ref("call"), [], asker.node([asker.raw("cb", 0)]), ["dict"])
    serve_one(asker, ["return", None])
    asker.receive()
    asker.call("talk", "hello")
    asker.post("call", asker.ref("call"), [], asker.node([asker.raw("cb", 0)]), ["dict"])
    assert serve_one(asker, ["return", None])[-2:] == ["", ""]
    asker.receive()


def test_an_exception_of_a_callback_can_be_caught(asker: Any) -> None:
    args = asker.node([asker.raw("cb", 0)])
    asker.post("call", asker.ref("call_safely"), [], args, ["dict"])
    serve_one(asker, ["throw", ["exc", 0, "builtins", "KeyError", ["list", "k"], None]])
    assert asker.receive()[2] == ["tuple", "KeyError", "'k'"]


@pytest.mark.parametrize("module", ["builtins", "test_fares"])
def test_an_exception_of_a_callback_that_is_not_caught_says_where_it_came_from(
    asker: Any, module: str
) -> None:
    args = asker.node([asker.raw("cb", 0)])
    asker.post("call", asker.ref("call"), [], args, ["dict"])
    serve_one(asker, ["throw", ["exc", 5, module, "OSError", ["list", "x"], None]])
    head, _, node, *_ = asker.receive()
    assert head == "raise"
    assert node[4] == 5


def test_an_exception_that_takes_other_arguments_still_arrives(asker: Any) -> None:
    args = asker.node([asker.raw("cb", 0)])
    asker.post("call", asker.ref("call_safely"), [], args, ["dict"])
    serve_one(asker, ["throw", ["exc", 0, "builtins", "UnicodeDecodeError", ["list"], None]])
    assert asker.receive()[2][1] == "SuiteError"


def test_an_exception_of_the_learners_comes_back_as_itself(asker: Any) -> None:
    error = asker.call("fail", "own")[1][0]
    args = asker.node([asker.raw("cb", 0)])
    asker.post("call", asker.ref("call"), [], args, ["dict"])
    serve_one(asker, ["throw", ["exc", 0, "fares", "FareError", ["list"], error[1]]])
    assert asker.receive()[2][0][1] == error[1]


def test_questions_are_answered_while_a_callback_runs(asker: Any) -> None:
    asker.post("call", asker.ref("call"), [], asker.node([asker.raw("cb", 0)]), ["dict"])
    assert asker.receive()[0] == "callback"
    asker.post("call", asker.ref("price"), [], ["list", 2], ["dict"])
    assert asker.receive()[2] == 20
    asker.send(["return", 1])
    assert asker.receive()[2] == 1


def test_of_a_lent_object_only_the_named_methods_are_there(asker: Any) -> None:
    lent = asker.raw("cap", 0, ["read", "close"])
    asker.post("call", asker.ref("read"), [], asker.node([lent]), ["dict"])
    assert serve_one(asker, ["return", "ab"])[:3] == [0, "read", ["list", 2]]
    assert serve_one(asker, ["return", None])[:2] == [0, "close"]
    assert asker.receive()[2] == "ab"
    assert asker.ask("get", ["cap", 0, ["read"]], "write")[0] == "raise"


def test_an_iterator_of_the_suite_is_asked_for_each_item(asker: Any) -> None:
    asker.post("call", asker.ref("total"), [], asker.node([asker.raw("iter", 0)]), ["dict"])
    for item in (1, 2):
        assert serve_one(asker, ["return", item])[1] == "__next__"
    serve_one(asker, ["throw", ["exc", 0, "builtins", "StopIteration", ["list"], None]])
    assert asker.receive()[2] == 3


# -- streams and process


def test_output_is_capped_and_says_so(asker: Any) -> None:
    out = asker.call("talk", "x" * (MAX_OUTPUT + 5))[3]
    assert out == "x" * MAX_OUTPUT + CUT
    assert asker.call("talk", "short")[3:] == ["short", "oops"]


def test_output_of_odd_characters_arrives(asker: Any) -> None:
    assert asker.call("talk", "£ \ud800")[3] == "£ \\ud800"


def test_a_program_may_close_its_own_output(asker: Any) -> None:
    assert asker.call("shut")[0] == "ok"
    assert asker.call("echo", 1)[:2] == ["ok", 1]


def test_standard_input_can_be_set(asker: Any) -> None:
    asker.value("stdin", "2\n")
    assert asker.call("ask")[1] == "2"
    assert asker.call("ask")[1][0][2][2] == "EOFError"


def test_environment_arguments_and_folder(
    asker: Any, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("CITY", "")
    asker.value("environ", asker.node({"CITY": "Leeds"}))
    asker.value("argv", asker.node(["fares.py", "3"]))
    assert asker.call("environment", "CITY")[1] == [
        "tuple", "Leeds", ["list", "fares.py", "3"], str(tmp_path),
    ]  # fmt: skip


def test_an_attribute_or_a_built_in_can_be_swapped(
    asker: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("builtins.open", open)
    asker.value("swap", "fares", "number", 6)
    assert asker.value("get", ["mod", "fares"], "number") == 6
    asker.value("swap", "builtins", "open", ["builtin", "len"])
    assert asker.call("use_open")[1] == 1


def test_files_are_put_and_fetched(asker: Any, tmp_path: Path) -> None:
    folder = str(tmp_path / "deep" / "work")
    asker.value("put", folder, asker.node({"in/a.csv": b"1", "b.txt": b"2"}))
    assert Path(folder, "in", "a.csv").read_bytes() == b"1"
    names = ["list", "b.txt", "in/a.csv"]
    both = ["dict", "b.txt", ["bytes", "2"], "in/a.csv", ["bytes", "1"]]
    assert asker.ask("fetch", folder)[1] == ["list", names, both]
    assert asker.ask("fetch", folder)[1] == ["list", names, ["dict"]]
    asker.value("put", folder, asker.node({"b.txt": None}))
    assert asker.ask("fetch", folder)[1] == ["list", ["list", "in/a.csv"], ["dict"]]


def test_two_folders_are_not_mixed_up(asker: Any, tmp_path: Path) -> None:
    one, two = tmp_path / "one", tmp_path / "two"
    for folder in (one, two):
        folder.mkdir()
    (one / "a.txt").write_bytes(b"1")
    (two / "a.txt").hardlink_to(one / "a.txt")
    assert asker.value("fetch", str(one))[1] == {"a.txt": b"1"}
    assert asker.value("fetch", str(two))[1] == {"a.txt": b"1"}


def test_links_and_odd_files_are_not_fetched(asker: Any, tmp_path: Path) -> None:
    folder = tmp_path / "out"
    folder.mkdir()
    (folder / "link").symlink_to("/etc/passwd")
    (folder / "dirlink").symlink_to(tmp_path)
    os.mkfifo(folder / "pipe")
    assert asker.value("fetch", str(folder)) == [[], {}]


def test_too_many_files_are_not_fetched(
    asker: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("grader.bridge.candidate.files.MAX_FILES", 2)
    folder = tmp_path / "out"
    folder.mkdir()
    for name in "abc":
        (folder / name).write_bytes(b"")
    head, node, *_ = asker.ask("fetch", str(folder))
    assert head == "raise"
    assert "more or larger files" in node[2]


# -- given modules

GIVEN = """
import dataclasses, enum, collections

@dataclasses.dataclass(frozen=True)
class Stop:
    name: str
    zone: int = 1

class Mode(enum.Enum):
    BUS = "bus"

Pair = collections.namedtuple("Pair", "a b")

class TariffError(Exception):
    pass

class Opaque:
    pass

def helper():
    return 1
"""


@pytest.fixture
def giver(served: Callable[..., Any], monkeypatch: pytest.MonkeyPatch) -> Any:
    Path("given_tariff.py").write_text(GIVEN)
    monkeypatch.delitem(sys.modules, "given_tariff", raising=False)
    return served(
        "from given_tariff import *\n"
        "def echo(value):\n    return value\n"
        "def zone(stop):\n    return stop.zone\n"
        "def fail(error):\n    raise error\n"
        "def opaque():\n    return Opaque()\n"
        "itself = Stop\n",
        given=("given_tariff",),
    )


@pytest.mark.parametrize(
    "node",
    [
        ["given-fields", "given_tariff", "Stop", ["dict", "name", "Leeds", "zone", 2]],
        ["given-enum", "given_tariff", "Mode", "BUS"],
        ["given-tuple", "given_tariff", "Pair", ["list", 1, ["list", 2]]],
        ["given-error", "given_tariff", "TariffError", ["list", "x"]],
        ["given", "given_tariff", "helper"],
        ["given", "given_tariff", "Stop"],
    ],
)
def test_objects_of_given_modules_cross_by_value(giver: Any, node: Any) -> None:
    assert giver.call("echo", giver.raw(*node))[1] == node


def test_a_given_object_arrives_as_the_real_thing(giver: Any) -> None:
    stop = giver.raw("given-fields", "given_tariff", "Stop", ["dict", "name", "A", "zone", 9])
    assert giver.call("zone", stop)[1] == 9


def test_a_given_exception_can_be_raised(giver: Any) -> None:
    error = giver.raw("given-error", "given_tariff", "TariffError", ["list", "late"])
    head, node, *_ = giver.call("fail", error)
    assert head == "raise"
    assert node[0] == ["given-error", "given_tariff", "TariffError", ["list", "late"]]
    assert node[2] == "late"


def test_a_given_object_without_fields_is_an_object(giver: Any) -> None:
    assert giver.call("opaque")[1][0] == "object"


@pytest.mark.parametrize(
    "node",
    [
        ["given", "given_tariff", "dataclasses"],
        ["given", "given_tariff", "nothing"],
        ["given", "os", "system"],
        ["given", "given_tariff", 5],
        ["given-fields", "given_tariff", "Stop", ["dict", "name", "A"]],
        ["given-fields", "given_tariff", "Stop", ["list"]],
        ["given-fields", "given_tariff", "Mode", ["dict"]],
        ["given-enum", "given_tariff", "Mode", "TRAM"],
        ["given-enum", "given_tariff", "Stop", "name"],
        ["given-tuple", "given_tariff", "helper", ["list"]],
        ["given-error", "given_tariff", "Stop", ["list"]],
    ],
)
def test_nothing_else_of_a_given_module_can_be_named(giver: Any, node: Any) -> None:
    assert giver.call("echo", giver.raw(*node))[0] in ("refused", "raise")


# -- the end


def test_half_a_frame_and_a_hang_up_end_the_conversation(asker: Any) -> None:
    asker.sock.sendall(frames.pack(["op", 1, "len", ["list"]])[:6])
