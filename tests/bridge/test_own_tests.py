"""Both ends of a run of own tests: a hostile candidate, and the real one without a sandbox."""

from __future__ import annotations

import json
import os
import socket
import sys
import textwrap
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from grader.bridge import tools
from grader.bridge.candidate import frames, measuring, own_tests
from grader.bridge.channel import Channel
from grader.bridge.incidents import Cause
from grader.bridge.own_tests import OwnDeadlines, OwnTests, Reported, listen
from grader.bridge.tools import tables_mount, tool_mounts
from grader.errors import SandboxError

pytestmark = pytest.mark.interpreter

SHORT = OwnDeadlines(silence=0.3, test=0.2, total=1.0)
WANTED = OwnTests({}, ("test_a.py",), ("fares.py",), SHORT)
IDS = ["test_a.py::test_one", "test_a.py::test_two"]
STARTED = [["started"], ["collected", IDS, 0]]
NOWHERE = ["", "", 0, "", 0]


def hear(*messages: list[Any], raw: bytes = b"", close: bool = True) -> Reported:
    """What is made of these messages, sent at once."""
    ours, theirs = socket.socketpair()
    data = b"".join(map(frames.pack, messages)) + raw

    def send() -> None:
        try:
            theirs.sendall(data)
            if close:
                theirs.shutdown(socket.SHUT_WR)
        except OSError:
            pass

    thread = threading.Thread(target=send)
    thread.start()
    channel = Channel(ours)
    try:
        return listen(channel, WANTED)
    finally:
        channel.close()
        thread.join()
        theirs.close()


def ended(number: int, outcome: str = "passed", place: list[Any] | None = None) -> list[Any]:
    return ["ended", number, outcome, *(place or NOWHERE), False, 3]


def test_an_honest_run_is_taken_as_it_is() -> None:
    said = hear(
        *STARTED,
        ["running", 0],
        ended(0),
        ["running", 1],
        ended(1, "failed", ["call", "AssertionError", 5, "fares.py", 9]),
        ["measured", "fares.py", [1, 2, 2, -1]],
        ["finished", 1, True, []],
    )
    assert said.finished
    assert said.stopped is None
    assert [case.outcome for case in said.cases.values()] == ["passed", "failed"]
    place = said.cases[1].place
    assert (place.error, place.test_line, place.file, place.line) == (
        "AssertionError",
        5,
        "fares.py",
        9,
    )
    assert said.arcs == {"fares.py": ((1, 2), (2, -1))}


def test_the_worse_of_two_outcomes_counts() -> None:
    for pair in (("failed", "passed"), ("passed", "failed")):
        said = hear(*STARTED, *[ended(0, one) for one in pair], ["finished", 0, True, []])
        assert said.cases[0].outcome == "failed"
        assert said.twice


def test_a_name_that_is_no_name_is_dropped() -> None:
    strange = ["call", "Nice\x1b[0m try", 5, "fares.py", 9]
    said = hear(*STARTED, ended(0, "failed", strange), ["finished", 0, True, []])
    assert said.cases[0].place.error == ""


@pytest.mark.parametrize(
    "message",
    [
        ["passed"],
        [1],
        [["running"]],
        ["running", 2],
        ["running", -1],
        ["running", True],
        ["running", 0, 0],
        ["collected", IDS, 0],
        ["ended", 0, "passed"],
        ["ended", 0, "perfect", *NOWHERE, False, 3],
        ["ended", 5, "passed", *NOWHERE, False, 3],
        ["ended", 0, ["passed"], *NOWHERE, False, 3],
        ["ended", 0, "passed", *NOWHERE, 1, 3],
        ["ended", 0, "passed", *NOWHERE, False, -3],
        ["ended", 0, "passed", "lunch", "", 0, "", 0, False, 3],
        ["ended", 0, "passed", "call", 3, 0, "", 0, False, 3],
        ["ended", 0, "passed", "call", "", 10**9, "", 0, False, 3],
        ["ended", 0, "passed", "call", "", 0, "f" * 999, 0, False, 3],
        ["measured", "other.py", [1, 2]],
        ["measured", "fares.py", [1]],
        ["measured", "fares.py", [1, "2"]],
        ["measured", "fares.py", [1, True]],
        ["measured", "fares.py", [1, 10**12]],
        ["measured", "fares.py", [1, 2] * 100_001],
        ["measured", ["fares.py"], [1, 2]],
        ["unloaded", "", "", 0, "", 0],
        ["unloaded", "test_a.py", "", 0],
        ["passed-over"],
        ["started", 1],
        ["finished", 0, 1, []],
        ["finished", 0, True, ["other.py"]],
        ["finished"],
    ],
    ids=lambda message: json.dumps(message)[:60],
)
def test_nonsense_ends_the_run(message: list[Any]) -> None:
    said = hear(*STARTED, message, ["finished", 0, True, []])
    assert said.stopped is Cause.PROTOCOL
    assert not said.finished


def test_too_many_tests_or_messages_end_the_run() -> None:
    many = ["collected", [f"test_a.py::test_{n}" for n in range(501)], 0]
    assert hear(["started"], many).stopped is Cause.PROTOCOL
    assert hear(*STARTED, *[["running", 0]] * 3000).stopped is Cause.PROTOCOL


def test_an_early_end_names_the_test_that_ran() -> None:
    said = hear(*STARTED, ["running", 1])
    assert (said.stopped, said.during) == (Cause.STOPPED, "test_a.py::test_two")
    assert hear(["started"]).during == ""


def test_silence_has_an_end() -> None:
    said = hear(*STARTED, ["running", 0], close=False)
    assert (said.stopped, said.during, said.overdue) == (Cause.TIME, IDS[0], False)
    assert hear(*STARTED, close=False).stopped is Cause.TIME
    assert hear(*STARTED, raw=b"\0\0", close=False).stopped is Cause.TIME


@given(st.binary(max_size=200))
@settings(deadline=None, max_examples=50)
def test_any_bytes_are_survived(raw: bytes) -> None:
    said = hear(*STARTED, raw=raw)
    assert not said.finished
    assert said.stopped in (Cause.STOPPED, Cause.PROTOCOL)


_nodes = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**40), 2**40) | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=10),
    max_leaves=12,
)


@given(
    st.sampled_from(["collected", "unloaded", "running", "ended", "measured", "finished"]),
    st.lists(_nodes, max_size=10),
)
@settings(deadline=None, max_examples=100)
def test_any_message_is_survived(kind: str, rest: list[Any]) -> None:
    said = hear(["started"], ["collected", IDS, 0], [kind, *rest])
    assert all(case.id in IDS for case in said.cases.values())


# -- the candidate's end, in a fork of this process


@pytest.fixture
def ran(tmp_path: Path) -> Callable[..., Reported]:
    """`ran(test_a="…", fares="…")`: the tests run in a fork, without a sandbox."""

    def run(*, measured: tuple[str, ...] = (), **texts: str) -> Reported:
        folder = tmp_path / "work"
        folder.mkdir(exist_ok=True)
        for name, text in texts.items():
            (folder / f"{name}.py").write_text(textwrap.dedent(text), encoding="utf-8")
        tests = tuple(f"{name}.py" for name in texts if name.startswith("test_"))
        arguments = {"folder": str(folder), "tests": list(tests), "measured": list(measured)}
        ours, theirs = socket.socketpair()
        pid = os.fork()
        if pid == 0:
            _be_candidate(arguments, theirs, tuple(texts))
        theirs.close()
        channel = Channel(ours)
        try:
            return listen(channel, OwnTests({}, tests, measured))
        finally:
            channel.close()
            os.waitpid(pid, 0)

    return run


def _be_candidate(arguments: Any, sock: socket.socket, modules: tuple[str, ...]) -> None:
    try:
        null = os.open(os.devnull, os.O_RDWR)
        for fd in (0, 1, 2):
            os.dup2(null, fd)
        for name in modules:
            sys.modules.pop(name, None)
        own_tests.warm()
        own_tests.main({**arguments, "seal": "os:getpid"}, [sock.detach()])
    finally:
        os._exit(0)


def test_outcomes_are_those_of_the_exceptions(ran: Callable[..., Reported]) -> None:
    said = ran(
        test_a="""\
            import pytest, unittest
            from fares import price
            def test_passed(): assert price(1) == 100
            def test_failed(): assert price(1) == 1
            def test_raised(): price("x", 2)
            def test_skipped(): pytest.skip("no")
            @pytest.mark.xfail
            def test_expected(): assert False
            @pytest.mark.xfail
            def test_unexpected(): pass
            @pytest.mark.xfail(strict=True)
            def test_strict(): pass
            @pytest.fixture
            def broken(): raise KeyError
            def test_setup(broken): pass
            @pytest.fixture
            def after():
                yield
                raise ValueError
            def test_teardown(after): pass
            class Old(unittest.TestCase):
                def test_old(self): self.assertTrue(price(1))
                def test_skip(self): raise unittest.SkipTest
        """,
        fares="def price(zones):\n    return 100 * zones\n",
    )
    assert said.finished
    found = {
        case.id.rpartition("::")[2]: (case.outcome, case.phase) for case in said.cases.values()
    }
    assert found == {
        "test_passed": ("passed", ""),
        "test_failed": ("failed", "call"),
        "test_raised": ("failed", "call"),
        "test_skipped": ("skipped", ""),
        "test_expected": ("expected-failure", ""),
        "test_unexpected": ("unexpected-pass", ""),
        "test_strict": ("failed", "call"),
        "test_setup": ("failed", "setup"),
        "test_teardown": ("failed", "teardown"),
        "test_old": ("passed", ""),
        "test_skip": ("skipped", ""),
    }
    failed = next(case for case in said.cases.values() if case.id.endswith("test_failed"))
    assert (failed.place.error, failed.place.file, failed.place.line) == (
        "AssertionError",
        "test_a.py",
        4,
    )


def test_a_file_that_cannot_be_loaded_is_told(ran: Callable[..., Reported]) -> None:
    said = ran(test_a="import nothing_like_it\n", test_b="def test_b(): pass\n")
    assert said.unloaded["test_a.py"].error == "ModuleNotFoundError"
    assert said.unloaded["test_a.py"].line == 1
    assert [case.outcome for case in said.cases.values()] == ["passed"]
    said = ran(test_a="import pytest\npytest.skip('x', allow_module_level=True)\n")
    assert said.passed_over == {"test_a.py"}
    said = ran(test_a="raise SystemExit\n")
    assert said.unloaded["test_a.py"].error == "SystemExit"


def test_more_tests_than_the_most_are_left_out(ran: Callable[..., Reported]) -> None:
    said = ran(
        test_a="""\
            import pytest
            @pytest.mark.parametrize("n", range(510))
            def test_many(n): pass
        """
    )
    assert len(said.cases) == own_tests.MOST_TESTS
    assert said.more == 10


def test_arcs_are_measured_and_switching_off_is_noticed(ran: Callable[..., Reported]) -> None:
    fares = "def price(zones):\n    if zones:\n        return 1\n    return 0\n"
    test = "from fares import price\ndef test_a(): assert price(1)\n"
    said = ran(test_a=test, fares=fares, measured=("fares.py",))
    assert set(said.arcs["fares.py"]) == {(-1, 1), (1, -1), (-1, 2), (2, 3), (3, -1)}
    assert (said.steady, said.foreign) == (True, ())
    off = "import sys\nsys.settrace(None)\n"
    said = ran(test_a=off + test, fares=fares, measured=("fares.py",))
    assert not said.steady
    assert said.arcs["fares.py"] == ()


@pytest.mark.parametrize(
    "line",
    [
        "exec(compile('x = 1', 'fares.py', 'exec'))",
        "type(price)(compile('x = 1', 'fares.py', 'exec'), {})()",
        "price.__code__ = price.__code__.replace(co_consts=(None, 5))",
    ],
)
def test_code_under_a_measured_name_is_noticed(ran: Callable[..., Reported], line: str) -> None:
    fares = "def price():\n    return 1\n"
    said = ran(
        test_a=f"from fares import price\n{line}\ndef test_a(): price()\n",
        fares=fares,
        measured=("fares.py",),
    )
    assert said.foreign == ("fares.py",)


def test_running_a_program_again_is_not_foreign(ran: Callable[..., Reported]) -> None:
    said = ran(
        test_a="""\
            import fares, importlib, runpy
            def test_a():
                importlib.reload(fares)
                runpy.run_path("fares.py")
        """,
        fares="class A:\n    def f(self):\n        return [x for x in (1, 2.0, 'a')]\nA().f()\n",
        measured=("fares.py",),
    )
    assert said.foreign == ()
    assert said.finished


def test_fingerprints_go_by_what_the_code_does() -> None:
    def print_of(text: str) -> int:
        return measuring.fingerprint(compile(text, "fares.py", "exec"))

    assert print_of("def f(): return 1") == print_of("def f(): return 1")
    assert print_of("def f(): return 1") != print_of("def f(): return True")
    assert print_of("def f(): return 1") != print_of("\ndef f(): return 1")


def test_every_package_that_tests_need_is_found() -> None:
    names = {mount.name for mount in tool_mounts()}
    assert {"pytest", "_pytest", "hypothesis", "coverage"} <= names
    assert all(mount.source.exists() for mount in tool_mounts())


def test_a_package_that_is_missing_is_the_operators(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tools, "_NEEDED", ("pytest", "no_such_package"))
    with pytest.raises(SandboxError, match="need the package no_such_package"):
        tool_mounts()


def test_tables_are_copied_readable(tmp_path: Path) -> None:
    table = tmp_path / "cache" / "unicode_data" / "14.0.0" / "charmap.json.gz"
    table.parent.mkdir(parents=True)
    table.write_bytes(b"x")
    table.chmod(0o600)
    mount = tables_mount(tmp_path / "cache", tmp_path / "copy")
    copied = mount.source / "14.0.0" / "charmap.json.gz"
    assert copied.read_bytes() == b"x"
    assert copied.stat().st_mode & 0o044
    assert tables_mount(tmp_path / "nothing", tmp_path / "empty").source.is_dir()
