"""Calls and answers as text: for public examples and the tutor's view."""

from __future__ import annotations

import linecache
import reprlib
import traceback
from pathlib import Path
from typing import Any

from grader.bridge.candidate.codec import CodecError, Decoder, empty_like
from grader.bridge.standins import Remote

NO_ANSWER = "no answer"
# What gives its values one by one, where a learner may have thought of a list.
_ONE_BY_ONE = {
    "generator": "a generator",
    "map": "a map object",
    "filter": "a filter object",
    "zip": "a zip object",
    "enumerate": "an enumerate object",
    "list_iterator": "an iterator over a list",
}
ARROW = "  →  "
_short = reprlib.Repr()
_short.maxstring = _short.maxother = _short.maxlong = 120
_short.maxlist = _short.maxtuple = _short.maxset = _short.maxdict = 20
_short.maxlevel = 4
_LONGEST = 1_000  # characters of one value, and of one call's arguments together


def short_repr(value: object) -> str:
    """repr() with an end to it; of what gives values one by one, what it is."""
    if isinstance(value, Remote) and type(value).__name__ in _ONE_BY_ONE:
        return _ONE_BY_ONE[type(value).__name__]
    try:
        return _short.repr(value)[:_LONGEST]
    except BaseException as error:  # noqa: BLE001 - repr of a stand-in asks the candidate
        return f"<{type(value).__name__}: {type(error).__name__}>"


def render_call(record: list[Any]) -> str:
    """`price(2, 30, [180, 240])  →  240` from the nodes that were sent and received."""
    title, contents, args, kwargs, head, node, changed = record[0][:100], *record[1:]
    if contents is None:
        return f"{title}(…){ARROW}{_answer(head, node, changed)}"
    try:
        decoder = _decoder(contents)
        values = [short_repr(value) for value in decoder.value(args)]
        values += [f"{name}={short_repr(value)}" for name, value in decoder.value(kwargs).items()]
    except CodecError:
        values = ["…"]
    inside = ", ".join(values)[:_LONGEST]
    return f"{title}({inside}){ARROW}{_answer(head, node, [*contents, *changed])}"


def _decoder(contents: Any) -> Decoder:
    """Reads nodes that hold containers by number, of which the contents are given apart."""
    bodies = {number: body for number, body in contents if body is not None}
    plain = {n: body for n, body in bodies.items() if not str(body[0]).startswith("given-")}
    shared = {number: empty_like(body) for number, body in plain.items()}
    decoder = Decoder(lambda node: _opaque(node, decoder), shared)
    for number in bodies.keys() - plain.keys():
        shared[number] = _opaque(bodies[number], decoder)
    for number, body in plain.items():
        decoder.fill(shared[number], body)
    return decoder


def _answer(head: str, node: Any, contents: Any) -> str:
    """An answer as text, from the node that came."""
    if head == "raise":
        what, _, text = node[:3]
        module_and_name = what[2][1:3] if what[0] == "object" and what[2][0] == "kind" else [what]
        name = module_and_name[-1] if isinstance(module_and_name[-1], str) else _class_name(what)
        return f"raises {name}" + (f": {str(text)[:200]}" if text else "")
    if head == "large":
        return "…"
    if head != "ok":
        return NO_ANSWER
    try:
        return short_repr(_decoder(contents).value(node))
    except CodecError:
        return "…"


def _class_name(what: Any) -> str:
    """`FareError` from the node of an exception of the learner's or of a given module."""
    key = what[2][1] if what[0] == "object" else what[2]
    return str(key[1] if isinstance(key, list) and len(key) == 2 else key)


def told(error: BaseException, folder: Path) -> str:
    """An exception for the tutor: the suite's own lines that led to it, and what it says."""
    lines = []
    for frame, number in traceback.walk_tb(error.__traceback__):
        path = Path(frame.f_code.co_filename)
        if path.parent == folder:
            source = linecache.getline(str(path), number).strip()
            lines.append(f"{path.name}:{number}: {source}")
    try:
        text = str(error)
    except BaseException:  # noqa: BLE001 - a stand-in may be gone
        text = ""
    where = vars(error).get("_where")
    raised = [f"raised at {where}"] if where else []
    return "\n".join([*lines, f"{type(error).__name__}: {text}", *raised])


class _Opaque:
    """What has no value here, as text."""

    def __init__(self, text: str) -> None:
        self._text = text

    def __repr__(self) -> str:
        return self._text


def _opaque(node: list[Any], decoder: Decoder) -> Any:
    return _Opaque(_text_of(decoder, *node))


def _text_of(decoder: Decoder, tag: str, *rest: Any) -> str:
    """A node that is no plain value: `Train(id='7')`, `Colour.RED`, `<Total>`, `<a function>`."""
    key = rest[0] if rest else ""
    if tag == "cb":
        return "<a function>"
    kind = rest[1] if tag == "object" and len(rest) > 1 else None
    if type(kind) is list and len(kind) > 2 and kind[:2] == ["kind", "builtins"]:
        return _ONE_BY_ONE.get(str(kind[2]), f"<{tag}>")
    if tag.startswith("given-") and len(rest) == 3 and type(rest[1]) is str:
        return _given(decoder, tag, rest[1], rest[2])
    return f"<{key[1] if isinstance(key, list) and len(key) == 2 else tag}>"


def _given(decoder: Decoder, tag: str, name: str, content: Any) -> str:
    """An object of a given module; its class is named, and what it holds is shown."""
    if tag == "given-enum":
        return f"{name}.{content}"
    held = decoder.value(content)
    if tag == "given-error":
        held = held[0] if type(held) is list and held else ()
    if type(held) is dict:
        return f"{name}({', '.join(f'{field}={short_repr(held[field])}' for field in held)})"
    return f"{name}({', '.join(map(short_repr, held))})" if type(held) is list else f"<{name}>"
