"""A handed-in list of `pdb` commands: checked, replayed in the sandbox, told as data.

Theory of operation. A command of `pdb` can run any Python. So each line is read here first, by a
closed grammar: breakpoints, steps, moves between frames, and a look at values by expressions
that call nothing but a few built-ins and assign nothing. What passes can look at the *given*
program, not change it or make up what is printed. The replay itself is in a cell of its own.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import msgspec

from grader.bridge.artefacts.malformed import Malformed, quoted
from grader.bridge.artefacts.plain_text import text_of
from grader.bridge.artefacts.readers import SEAL, Told, ask_reader
from grader.sandbox import Sandbox

MOST_COMMANDS = 200
LONGEST = 200
REMARK = "A replayed script shows the use of a debugger, not how the fault was found."

_ALIASES = {
    "break": "b tbreak",
    "continue": "c cont",
    "next": "n",
    "step": "s",
    "return": "r",
    "until": "unt",
    "up": "u",
    "down": "d",
    "p": "pp",
    "where": "w bt",
    "args": "a",
    "list": "l",
    "longlist": "ll",
    "quit": "q exit",
    "clear": "cl",
}
_NAMES = {word: name for name, words in _ALIASES.items() for word in [name, *words.split()]}
_NUMBERED = {"up", "down", "list", "until", "clear"}
_NUMBERS = re.compile(r"(?:\d{1,5}(?:\s*,\s*\d{1,5})?)?|\.")
_PLACE = re.compile(r"(?:[\w./-]{1,100}:)?\d{1,6}|[A-Za-z_][\w.]{0,100}")
_CALLS = {"len", "str", "repr", "type", "sorted", "min", "max", "sum", "round", "abs", "list"}
_CALLS |= {"isinstance", "bool", "int", "vars", "id", "set", "tuple", "dict", "any", "all"}
_NODES = (
    ast.Expression,
    ast.Name,
    ast.Attribute,
    ast.Subscript,
    ast.Slice,
    ast.Constant,
    ast.Tuple,
    ast.List,
    ast.Dict,
    ast.Set,
    ast.Compare,
    ast.BoolOp,
    ast.UnaryOp,
    ast.BinOp,
    ast.IfExp,
    ast.Call,
    ast.expr_context,
    ast.boolop,
    ast.operator,
    ast.unaryop,
    ast.cmpop,
)
_LOOKS_ONLY = (
    "may look at values (names, attributes, items, comparisons, len and the like), "
    "not call other functions or assign"
)


class Command(msgspec.Struct, frozen=True):
    """One command as it was run. `name` in full ("break"), `rest` what follows it.

    `stop` is the number of the stop at which it was given, from 0; `file`, `at` and `function`
    the frame it was given in, `depth` how many frames above the innermost that is; `output` what
    the debugger printed.
    """

    line: int
    name: str
    rest: str
    stop: int
    file: str
    at: int
    function: str
    depth: int
    output: str


class Stop(msgspec.Struct, frozen=True):
    """Where the program stood still. `kind`: "start", "breakpoint" or "step"."""

    file: str
    line: int
    function: str
    kind: str
    breakpoint: int


@dataclass(frozen=True)
class Replay:
    """What a script did. `ended`: "quit", "finished" (the program ended first), "exit" or "error".

    `stops[0]` is the program's first line; `hits` are the stops at breakpoints.
    """

    commands: tuple[Command, ...]
    stops: tuple[Stop, ...]
    ended: str

    @property
    def hits(self) -> list[Stop]:
        """The stops at breakpoints."""
        return [one for one in self.stops if one.kind == "breakpoint"]

    @property
    def breakpoints(self) -> list[tuple[str, str]]:
        """Place and condition ("" without one) of each breakpoint that was asked for."""
        asked = [one.rest for one in self.commands if one.name == "break" and one.rest]
        return [(place.strip(), condition.strip()) for place, _, condition in map(_cut, asked)]

    @property
    def printed(self) -> list[tuple[str, str, Command]]:
        """Expression, printed value and command of each `p` that gave a value."""
        shown = [one for one in self.commands if one.name == "p"]
        return [(c.rest, c.output.strip(), c) for c in shown if not c.output.startswith("***")]

    def used(self, name: str) -> bool:
        """Whether a command, by its full name, was run."""
        return any(one.name == name for one in self.commands)


class _Stop(msgspec.Struct, frozen=True):
    place: tuple[str, int, str]
    kind: str
    breakpoint: int


class _Command(msgspec.Struct, frozen=True):
    line: int
    text: str
    stop: int
    place: tuple[str, int, str]
    depth: int
    output: str


class _Transcript(msgspec.Struct, frozen=True):
    ended: str
    stops: list[_Stop]
    commands: list[_Command]


def commands_of(data: bytes) -> list[tuple[int, str]]:
    """The commands of a script with their lines; Malformed for one that isn't allowed."""
    lines = text_of(data).rstrip().split("\n")
    found = [
        (number, line.strip())
        for number, line in enumerate(lines, start=1)
        if not line.lstrip().startswith("#")
    ]
    if not any(line for _, line in found):
        raise Malformed("is empty; write one pdb command on each line")
    if len(found) > MOST_COMMANDS:
        raise Malformed(f"holds more than {MOST_COMMANDS} commands; find a shorter way")
    for number, line in found:
        _check(line, number)
    last, text = found[-1]
    if _NAMES.get(text) != "quit":
        raise Malformed("the last line must be q, or the program is started again", last)
    return found


def replay(
    sandbox: Sandbox,
    commands: Sequence[tuple[int, str]],
    program: str,
    files: Mapping[str, bytes],
    arguments: Sequence[str],
    *,
    seconds: float,
    note: Callable[[str], None],
) -> Replay:
    """Replay checked commands on `program`, one of `files`; Malformed when that never ends."""
    asked = {
        "program": program,
        "argv": list(arguments),
        "commands": [list(one) for one in commands],
        "seal": SEAL,
    }
    late = f"was still running after {seconds:g} seconds; stop the program earlier"
    said = ask_reader(
        sandbox, "replaying", files, asked, Told[_Transcript], seconds=seconds, late=late, note=note
    )
    if said.ended == "too-many":
        raise Malformed("stops the program too often; give the breakpoint a condition")
    stops = tuple(Stop(*one.place, one.kind, one.breakpoint) for one in said.stops)
    return Replay(tuple(map(_command, said.commands)), stops, said.ended)


def _command(said: _Command) -> Command:
    name, rest = _split(said.text)
    name = _NAMES.get(name, name)
    return Command(said.line, name, rest, said.stop, *said.place, said.depth, said.output)


def _split(line: str) -> tuple[str, str]:
    word, _, rest = line.partition(" ")
    return word, rest.strip()


def _check(line: str, number: int) -> None:
    if not line:
        raise Malformed(
            "the line is empty, and pdb would run the last command again; take it out", number
        )
    if len(line) > LONGEST or ";;" in line or not line.isprintable():
        raise Malformed("the line must hold one short pdb command", number)
    word, rest = _split(line)
    name = _NAMES.get(word)
    if name is None:
        raise Malformed(
            f"{quoted(word)} isn't a command that is replayed; use b, c, n, s, r, u, d, w, a, l, "
            "p, pp and q",
            number,
        )
    if name == "break" and rest:
        _check_breakpoint(rest, number)
    elif name == "p":
        _check_expression(rest, word, number)
    elif rest and not (name in _NUMBERED and _NUMBERS.fullmatch(rest)):
        raise Malformed(f"{quoted(line)} has more after {word} than is replayed", number)


def _check_breakpoint(rest: str, number: int) -> None:
    place, _, condition = _cut(rest)
    if not _PLACE.fullmatch(place.strip()):
        raise Malformed("a breakpoint is b FILE:LINE, CONDITION", number)
    if condition.strip():
        _check_expression(condition.strip(), "a condition", number)


def _cut(rest: str) -> tuple[str, str, str]:
    return rest.partition(",")


def _check_expression(text: str, what: str, number: int) -> None:
    """Refuse what does more than look."""
    try:
        tree = ast.parse(text, mode="eval")
        sound = all(_is_harmless(node) for node in ast.walk(tree))
    except (SyntaxError, ValueError, MemoryError, RecursionError):
        raise Malformed(f"{quoted(text)} isn't a Python expression", number) from None
    if not sound:
        raise Malformed(f"{what} {_LOOKS_ONLY}", number)


def _is_harmless(node: ast.AST) -> bool:
    if isinstance(node, ast.Call):
        called: Any = node.func
        plain = not node.keywords and not any(isinstance(a, ast.Starred) for a in node.args)
        return plain and isinstance(called, ast.Name) and called.id in _CALLS
    if isinstance(node, ast.Attribute):
        return not node.attr.startswith("__")
    if isinstance(node, ast.Name):
        return not node.id.startswith("__")
    return isinstance(node, _NODES) and not isinstance(node, ast.Pow | ast.LShift)
