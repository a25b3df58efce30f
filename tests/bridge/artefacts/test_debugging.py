"""Scripts of `pdb` commands: which are let through, and what a replay tells."""

from __future__ import annotations

import pytest

from grader.bridge.artefacts.debugging import commands_of, replay
from grader.bridge.artefacts.malformed import Malformed

pytestmark = pytest.mark.interpreter

PROGRAM = b"""import levels


def main():
    for hour in range(5):
        levels.judge(hour, hour * 2)


main()
"""
LEVELS = b"""def judge(hour, level):
    high = level > 5
    return high
"""
FILES = {"warn.py": PROGRAM, "levels.py": LEVELS}


def run(sandbox, script, files=FILES, program="warn.py", seconds=20.0):
    commands = commands_of(script)
    return replay(sandbox, commands, program, files, [], seconds=seconds, note=pytest.fail)


@pytest.mark.parametrize("real", [False, True], ids=["fork", "sandbox"])
def test_a_replay(real, forks, request):
    sandbox = request.getfixturevalue("readers") if real else forks
    script = b"# where it goes wrong\nb levels.py:3, level > 5\nc\np hour, level\nu\np hour\nw\nq\n"
    found = run(sandbox, script)
    assert found.ended == "quit"
    assert [(one.file, one.line, one.function) for one in found.hits] == [("levels.py", 3, "judge")]
    assert found.stops[0].kind == "start"
    assert found.breakpoints == [("levels.py:3", "level > 5")]
    asked = [(expression, value, one.function) for expression, value, one in found.printed]
    assert asked == [("hour, level", "(3, 6)", "judge"), ("hour", "3", "main")]
    assert found.used("up")
    assert not found.used("step")
    assert [one.line for one in found.commands] == [2, 3, 4, 5, 6, 7, 8]
    assert [one.depth for one in found.commands if one.name == "p"] == [0, 1]


def test_stops_are_of_three_kinds(forks):
    found = run(forks, b"tbreak judge\nb levels.judge\nc\nn\ns\nc\nl\nll\na\nr\nq\n")
    kinds = [one.kind for one in found.stops]
    assert kinds[0] == "start"
    assert "step" in kinds
    assert "***" in found.commands[0].output  # not imported yet: refused when named by function


def test_a_program_that_ends_first(forks):
    assert run(forks, b"c\nq\n").ended == "finished"
    assert run(forks, b"c\nq\n", {"warn.py": b"raise SystemExit(3)"}).ended == "exit"
    assert run(forks, b"c\nq\n", {"warn.py": b"1 / 0"}).ended == "error"
    with pytest.raises(Malformed, match="the given program can't be run"):
        run(forks, b"c\nq\n", {"warn.py": b"def"})


def test_too_many_stops(forks):
    loop = {"warn.py": b"for n in range(1000):\n    n\n"}
    with pytest.raises(Malformed, match="stops the program too often; give the breakpoint"):
        run(forks, b"b 2\n" + b"c\n" * 100 + b"q\n", loop)


def test_an_endless_program(readers):
    with pytest.raises(Malformed, match="was still running after 1 seconds"):
        run(readers, b"c\nq\n", {"warn.py": b"while True: pass"}, seconds=1.0)


ALLOWED = [
    "b calc.py:3",
    "break nightplan/scheduler.py:42, junction.name == 'Mill Lane' and not plan",
    "tbreak 12",
    "b inner, x[0] in {1, 2}",
    "b",
    "p len(plans), plans[0].start, plans[1:], -x, x if y else z",
    "pp sorted(plans)",
    "p {'a': (1, 2)}",
    "up 2",
    "d",
    "l 1, 20",
    "ll",
    "l .",
    "until 30",
    "cl 1",
    "c",
]


@pytest.mark.parametrize("line", ALLOWED)
def test_let_through(line):
    assert commands_of(f"{line}\nq\n".encode())[0] == (1, line)


REFUSED = [
    ("!import os; os.system('id')", "`!import` isn't a command that is replayed; use"),
    ("import os", "`import` isn't a command that is replayed"),
    ("x = 5", "`x` isn't a command that is replayed"),
    ("interact", "`interact` isn't a command that is replayed"),
    ("run", "`run` isn't a command that is replayed"),
    ("restart", "`restart` isn't a command that is replayed"),
    ("jump 3", "`jump` isn't a command that is replayed"),
    ("debug f()", "`debug` isn't a command that is replayed"),
    ("alias p print", "`alias` isn't a command that is replayed"),
    ("commands 1", "`commands` isn't a command that is replayed"),
    ("p __import__('os').system('id')", "p may look at values"),
    ("p open('/etc/passwd')", "p may look at values"),
    ("p plan.close()", "p may look at values"),
    ("p (x := 3)", "p may look at values"),
    ("p [x for x in y]", "p may look at values"),
    ("p f'{x}'", "p may look at values"),
    ("p lambda: 0", "p may look at values"),
    ("p x.__class__", "p may look at values"),
    ("p 9 ** 9 ** 9", "p may look at values"),
    ("p max(*x)", "p may look at values"),
    ("p", "`` isn't a Python expression"),
    ("p x = 3", "`x = 3` isn't a Python expression"),
    ("b a.py:3, exec('x')", "a condition may look at values"),
    ("b exec('x')", "a breakpoint is b FILE:LINE, CONDITION"),
    ("c 5", "`c 5` has more after c than is replayed"),
    ("up x", "`up x` has more after up than is replayed"),
    ("p x ;; !y", "the line must hold one short pdb command"),
    ("p " + "x" * 300, "the line must hold one short pdb command"),
    ("p " + "(" * 190, "isn't a Python expression"),
    ("", "the line is empty, and pdb would run the last command again"),
]


@pytest.mark.parametrize(("line", "said"), REFUSED)
def test_refused(line, said):
    with pytest.raises(Malformed) as caught:
        commands_of(f"c\n{line}\nq\n".encode())
    assert caught.value.line == 2
    assert said in caught.value.text


def test_a_script_as_a_whole():
    with pytest.raises(Malformed, match="is empty; write one pdb command"):
        commands_of(b"# only this\n")
    with pytest.raises(Malformed, match="the last line must be q"):
        commands_of(b"c\n")
    with pytest.raises(Malformed, match="holds more than 200 commands"):
        commands_of(b"n\n" * 300 + b"q\n")
    assert commands_of(b"c\nq\n\n\n")[-1] == (2, "q")
