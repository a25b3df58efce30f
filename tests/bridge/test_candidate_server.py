"""The candidate's half, asked over a socket pair as the examiner would ask it."""

from __future__ import annotations

from typing import Any

import pytest

from grader.bridge.candidate import frames

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
    assert asker.ask("get", ["ref", 99], "x")[0] in ("raise", "refused", "lost")
    assert asker.ask("get", ["ref", ["fares", "Money.nothing"]], "x")[0] in (
        "raise",
        "refused",
    )
    assert asker.call("echo", 1)[1] == 1


# -- write-back


def test_what_a_call_changed_in_its_arguments_is_told(asker: Any) -> None:
    shared = (["list", 1], ["dict"], ["set", 5], ["bytearray", "x"])
    args = [asker.raw("@", 2 * i) for i in range(4)]
    head, node, changes, *_ = asker.call("fill", *args, shared=shared)
    assert (head, node) == ("ok", None)
    assert changes == [
        [0, ["list", 1, ["@", 0]]],
        [2, ["dict", "new", ["@", 0]]],
        [4, ["set"]],
        [6, ["bytearray", "x!"]],
        *([number, None] for number in (2, 4, 6)),
    ]


def test_what_a_call_left_alone_is_not_told(asker: Any) -> None:
    head, node, changes, *_ = asker.call("echo", asker.raw("@", 0), shared=(["list", 1],))
    assert (head, changes) == ("ok", [[0, None]])
    assert node == ["@", 0]


def test_changes_are_told_even_when_the_call_raises(asker: Any) -> None:
    shared = (["list", 1], ["dict"], ["set", 5])
    args = [asker.raw("@", 2 * i) for i in range(3)]
    head, _, changes, *_ = asker.call("fill", *args, b"", shared=shared)
    assert head == "ok"
    head, _, changes, *_ = asker.call("fill", *args, None, shared=shared)
    assert head == "raise"
    assert {change[0] for change in changes if change[1]} == {0, 2, 4}


# -- exceptions


def test_an_exception_is_described(asker: Any) -> None:
    head, node, *_ = asker.call("fail", "own")
    what, args, text, where, origin, cause, explicit, notes = node
    assert head == "raise"
    assert what[0] == "object"
    assert what[2] == ["class", ["fares", "FareError"]]
    assert args == ["list", "no such zone", 7]
    assert text == "('no such zone', 7)"
    assert [(file, function) for file, _, function in where] == [("fares.py", "fail")]
    assert (origin, cause, explicit, notes) == (None, None, False, [])


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
    head, *_ = asker.call("deep_rows")
    assert head in ("refused", "raise")
    assert asker.call("echo", 1)[1] == 1


# -- the end


def test_half_a_frame_and_a_hang_up_end_the_conversation(asker: Any) -> None:
    asker.sock.sendall(frames.pack(["op", 1, "len", ["list"]])[:6])
