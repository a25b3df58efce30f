"""How much a program can send home through what is told of one hidden test: it is counted."""

from __future__ import annotations

import builtins
import dataclasses
import math
import re
from pathlib import Path
from typing import Any

import msgspec
import pytest

from grader.bridge import Deadlines, Examiner, Run
from grader.checks.hidden_suite import CHECK
from grader.checks.verdicts import items_of
from grader.disclosure import for_learner
from grader.results import (
    CheckResult,
    Digests,
    ExerciseResult,
    GradeReport,
    Outcome,
    Status,
    to_json,
)
from grader.sandbox import best_level

SECURITY = Path(__file__).parents[2] / "grader" / "SECURITY.md"
# Whatever a program could vary to say which number it was called with.
PROGRAM = """
import builtins, decimal, json, os, signal, sqlite3, sys, time, warnings
from pathlib import Path

_KINDS = [kind for _, kind in sorted(vars(builtins).items())
          if isinstance(kind, type) and issubclass(kind, BaseException)]

def _made(kind):
    for args in ((), ("x",), ("utf-8", b"x", 0, 1, "x"), ("utf-8", "x", 0, 1, "x"),
                 ("x", 0, 1, "x"), ("x", [ValueError("x")])):
        try:
            return kind(*args)
        except TypeError:
            pass

class Number:
    pass

class Total(Number):
    pass

class Sum:
    pass

def _at_line(kind, line):
    code = compile("\\n" * line + "raise _KINDS[%d]" % _KINDS.index(kind), __file__, "exec")
    exec(code, globals())

def _raise(error):
    raise error

def _own(name, *bases):
    return type(name, bases or (Exception,), {})("text " + name)

def _library():
    return [decimal.InvalidOperation("x"), json.JSONDecodeError("x", "x", 0), sqlite3.Error("x")]

_WAYS = [lambda kind=kind: _raise(_made(kind)) for kind in _KINDS]
_WAYS += [lambda line=line: _at_line(KeyError, line) for line in range(0, 90, 5)]
_WAYS += [lambda text=text: _raise(ValueError(text)) for text in ("a", "b", "c")]
_WAYS += [lambda name=name: _raise(_own(name)) for name in ("Number", "Total", "Sum", "kind", "x")]
_WAYS += [lambda: _raise(_own("Number", KeyError)), lambda: _raise(_own("x", OSError, KeyError))]
_WAYS += [lambda error=error: _raise(error) for error in _library()]
_WAYS += [lambda kind=kind: kind() for kind in (Number, Total, Sum)]
_WAYS += [lambda name=name: _own(name) for name in ("print", "len", "Sum")]
_WAYS += [lambda: 7, lambda: 8, lambda: "7", lambda: None, lambda: [7], lambda: print, lambda: Sum]
_WAYS += [lambda code=code: os._exit(code) for code in (0, 1, 2)]
_WAYS += [lambda number=number: os.kill(os.getpid(), number) for number in (9, 15, 11)]
_WAYS += [lambda: "x" * (20 << 20), lambda: [[]] * 600_000, lambda: 10 ** 400_000]
_WAYS += [lambda seconds=seconds: time.sleep(seconds) for seconds in (0, 0.05, 0.2)]
_WAYS += [lambda text=text: print(text) for text in ("a", "b")]
_WAYS += [lambda: warnings.warn("x"), lambda: Path("/etc/passwd"), lambda: sys.exit("x")]
_WAYS += [lambda: time.sleep(9)]

def _garble(data):
    import socket
    server = sys.modules["_candidate.server"]
    plain = server.Server.send
    def send(self, message):
        self.sock.sendall(data)
    server.Server.send = send

_WAYS += [lambda data=data: _garble(data) for data in (
    b"\\0\\0\\0\\2{}", b"\\0\\0\\0\\2[]", b"\\xff\\xff\\xff\\xff", b"\\0\\0\\0\\5[1,2]",
    b'\\0\\0\\0\\x17["ok",1,["date"],[],"",""]', b"\\0\\0\\0\\3abc")]

def say(number):
    return _WAYS[number]()

def count():
    return len(_WAYS)

def swallow(function):
    try:
        function()
    except BaseException:
        return None
"""
SUITE = '''
from pathlib import Path
import pytest
import fares

@pytest.mark.parametrize("number", range(fares.count()))
def test_it(number):
    """It is."""
    found = fares.say(number)
    if isinstance(found, Path):
        found = len(found.read_text())
    assert found + 0 == 7

def test_swallowed():
    """It is."""
    def look():
        assert False
    fares.swallow(look)
'''


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> list[dict[str, Any]]:
    """What the learner gets of each test, without its number."""
    folder = tmp_path_factory.mktemp("course")
    tests = folder / "solution" / "hidden"
    tests.mkdir(parents=True)
    (tests / "test_it.py").write_text(SUITE)
    run = Run(
        tests=tests,
        modules=("fares",),
        files={"fares.py": PROGRAM.encode()},
        given_folder=folder,
        deadlines=Deadlines(start=10, call=1.5, test=5, session=120),
    )
    with Examiner(best_level()) as examiner:
        collected = examiner.run(dataclasses.replace(run, collect_only=True))
        examined = examiner.run(run)
    assert examined.finished, examined.faults
    items = items_of(collected.tests, examined, CHECK.options())
    check = CheckResult(name="hidden-suite", outcome=Outcome.FAILED, items=items, seconds=1.25)
    result = ExerciseResult(
        id="x", title="X", client="C", track="t", difficulty=1, status=Status.NOT_YET,
        digest=Digests(exercise="", work=""), checks=(check,), seconds=2.5,
    )  # fmt: skip
    report = GradeReport(grader="0", isolation="full", submission="x", exercises=(result,))
    read = msgspec.json.decode(to_json(for_learner(report)))["exercises"][0]
    assert (read["seconds"], read["checks"][0]["seconds"]) == (0, 0)
    return [{k: v for k, v in one.items() if k not in ("id", "behaviour")}
           for one in read["checks"][0]["items"]]  # fmt: skip


@pytest.mark.slow
def test_the_channel_is_as_narrow_as_is_said(told: list[dict[str, Any]]) -> None:
    """SECURITY.md gives the bits that one hidden test can carry, in one hand-in."""
    ways = {msgspec.json.encode(one) for one in told}
    said = re.search(r"under (\d+) bits of the program's choice", SECURITY.read_text())
    assert said is not None
    bits = math.log2(len(ways))
    print(f"{len(told)} ways to answer, {len(ways)} told apart: {bits:.2f} bits")
    assert int(said[1]) - 1 <= bits < int(said[1])
    varying = {name for name in told[0] if len({str(one[name]) for one in told}) > 1}
    assert varying <= {"outcome", "sentence", "reason", "cause", "trust"}


@pytest.mark.slow
def test_nothing_of_the_programs_choice_is_told(told: list[dict[str, Any]]) -> None:
    reasons = {one["reason"] for one in told}
    assert not [one for one in told if one["where"] or one["seconds"] or one["example"]]
    for name in ("Number", "Total", "Sum", "kind", "fares", "line"):
        assert not [reason for reason in reasons if re.search(rf"\b{name}\b", reason)], name
    raised = [re.fullmatch(r"your program raised an? (\w+)", reason) for reason in reasons]
    kinds = {found[1] for found in raised if found}
    assert {"KeyError", "ValueError", "OSError", "exception"} <= kinds
    assert all(hasattr(builtins, kind) for kind in kinds - {"exception"})
