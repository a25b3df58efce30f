"""CPU time decides how long a program may take; a bound on the clock ends what uses none."""

from __future__ import annotations

import os
import signal
import socket
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from grader.bridge import Examiner, Run, patience
from grader.bridge.incidents import Cause, Incident
from grader.bridge.patience import Patience, Peer
from grader.bridge.session import Deadlines
from grader.sandbox import Level


class Clocks:
    """The clock on the wall, and the CPU clock of a process: both move when told to."""

    def __init__(self) -> None:
        self.now = 100.0
        self.used: float | None = 3.0

    def wait(self, computing: float = 2.0, bound: float = 10.0) -> Patience:
        return Patience(computing, self.now + bound, lambda: self.used, lambda: self.now)


@pytest.fixture
def clocks() -> Clocks:
    return Clocks()


def test_a_process_that_waits_for_its_turn_goes_on(clocks: Clocks) -> None:
    wait = clocks.wait()
    clocks.now, clocks.used = 107.0, 4.5
    assert not wait.over()
    assert wait.seconds == pytest.approx(0.5)


def test_a_process_that_computes_ends_after_its_cpu_time(clocks: Clocks) -> None:
    wait = clocks.wait()
    clocks.now, clocks.used = 101.9, 4.9
    assert not wait.over()
    clocks.now, clocks.used = 102.1, 5.1
    assert wait.over()
    assert not wait.idle


def test_what_it_used_before_is_not_counted(clocks: Clocks) -> None:
    clocks.used = 50.0
    wait = clocks.wait()
    clocks.now, clocks.used = 103.0, 51.0
    assert not wait.over()


def test_a_process_that_uses_no_cpu_time_ends_at_the_bound(clocks: Clocks) -> None:
    wait = clocks.wait()
    looks = 0
    while not wait.over():
        looks += 1
        clocks.now += wait.seconds
    assert clocks.now == 110.0
    assert wait.idle
    assert looks < 10


def test_without_a_cpu_clock_the_time_on_the_clock_decides(clocks: Clocks) -> None:
    clocks.used = None
    wait = clocks.wait()
    clocks.now = 101.9
    assert not wait.over()
    clocks.now = 102.0
    assert wait.over()


def test_a_process_that_is_known_later_has_used_nothing_before(clocks: Clocks) -> None:
    clocks.used = None
    wait = clocks.wait()
    clocks.now, clocks.used = 102.5, 1.0
    assert not wait.over()
    clocks.now, clocks.used = 104.0, 2.0
    assert wait.over()


def test_several_threads_use_their_time_together(clocks: Clocks) -> None:
    wait = clocks.wait()
    clocks.now, clocks.used = 102.0, 11.0
    assert wait.over()


def test_time_in_which_it_waits_for_us_is_added(clocks: Clocks) -> None:
    clocks.used = None
    wait = clocks.wait(2.0, 3.0)
    wait.extend(5.0)
    clocks.now = 106.9
    assert not wait.over()
    clocks.now = 107.0
    assert wait.over()


def test_no_bound_is_passed_however_little_was_used(clocks: Clocks) -> None:
    wait = clocks.wait(computing=50.0, bound=1.0)
    clocks.now, clocks.used = 101.0, 3.0
    assert wait.over()


# -- who is at the other end


@pytest.fixture
def child() -> Iterator[Callable[[Callable[[socket.socket], None]], tuple[Peer, int]]]:
    pids: list[int] = []
    ends: list[socket.socket] = []

    def fork(action: Callable[[socket.socket], None]) -> tuple[Peer, int]:
        ours, theirs = socket.socketpair()
        ours.settimeout(30)
        ends.append(ours)
        peer = Peer(ours)
        pid = os.fork()
        if pid == 0:
            try:
                action(theirs)
                signal.pause()
            finally:
                os._exit(0)
        pids.append(pid)
        theirs.close()
        return peer, pid

    yield fork
    for end in ends:
        end.close()
    for pid in pids:
        os.kill(pid, signal.SIGKILL)
        os.waitpid(pid, 0)


def test_the_kernel_says_which_process_has_sent_it(child: Any) -> None:
    def compute(sock: socket.socket) -> None:
        while os.times().user < 0.2:
            pass
        sock.sendall(b"here")

    peer, pid = child(compute)
    assert peer.used() is None
    assert peer.receive(4) == b"here"
    used = peer.used()
    assert used is not None
    assert used >= 0.2
    assert patience.cpu_seconds(pid) == pytest.approx(used, abs=0.1)


def test_descriptors_that_come_with_it_are_not_taken(child: Any) -> None:
    peer, _ = child(lambda sock: socket.send_fds(sock, [b"here"], [0, 1, 2]))
    before = len(os.listdir("/proc/self/fd"))
    assert peer.receive(4) == b"here"
    assert len(os.listdir("/proc/self/fd")) == before


def test_a_process_that_is_gone_has_no_clock(child: Any) -> None:
    peer, pid = child(lambda sock: sock.sendall(b"here"))
    peer.receive(4)
    pidfd = os.pidfd_open(pid)
    os.kill(pid, signal.SIGKILL)
    os.waitid(os.P_PIDFD, pidfd, os.WEXITED | os.WNOWAIT)
    os.close(pidfd)
    assert peer.used() in (None, pytest.approx(0, abs=1))  # it has ended and is not waited for
    assert patience.cpu_seconds(2**22 + 1) is None


# -- a session

SLOW = Deadlines(start=5.0, call=2.0, test=4.0, session=60.0)


@pytest.fixture
def starved(monkeypatch: pytest.MonkeyPatch) -> None:
    """As if no process of the program's ever got its turn: its CPU clock stands still."""
    monkeypatch.setattr(patience, "cpu_seconds", lambda _pid: 0.0)


@pytest.fixture
def clockless(monkeypatch: pytest.MonkeyPatch) -> None:
    """As under a kernel that tells no CPU time of others."""
    monkeypatch.setattr(patience, "cpu_seconds", lambda _pid: None)


@pytest.mark.slow
@pytest.mark.usefixtures("starved")
def test_a_slow_right_program_on_a_busy_machine_answers(
    learner: Callable[..., Any], hostile: str
) -> None:
    program = learner(hostile, deadlines=SLOW)
    assert [program.fares.late(seconds) for seconds in (2.5, 2.5)] == ["late", "late"]
    assert program.again().incident is None


def test_the_first_call_of_a_test_goes_by_cpu_time_too(
    learner: Callable[..., Any], hostile: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """No answer has come by then: the copy has said by itself that it is there."""
    monkeypatch.setattr("grader.bridge.session.BOUND", 1e6)
    program = learner(hostile, deadlines=Deadlines(start=5.0, call=0.2, test=9.0, session=900.0))
    assert program.fares.late(0.4) == "late"


def test_a_busy_loop_ends_after_its_cpu_time(
    learner: Callable[..., Any], hostile: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The bound is so far away here that it can't be what ends it."""
    program = learner(hostile, deadlines=Deadlines(start=5.0, call=0.2, test=9.0, session=900.0))
    monkeypatch.setattr("grader.bridge.session.BOUND", 1e6)
    with pytest.raises(Incident) as caught:
        program.fares.hang()
    assert caught.value.cause is Cause.TIME


@pytest.mark.parametrize("name", ["sleep", "stop"])
def test_a_program_that_uses_no_cpu_time_ends_at_the_bound_of_a_call(
    learner: Callable[..., Any], name: str
) -> None:
    source = """
        import os, signal, time

        def sleep():
            time.sleep(600)

        def stop():
            os.kill(os.getpid(), signal.SIGSTOP)

        def one():
            return 1
    """
    program = learner(source, deadlines=Deadlines(start=5.0, call=0.1, test=5.0, session=60.0))
    with pytest.raises(Incident) as caught:
        getattr(program.fares, name)()
    assert caught.value.cause is Cause.TIME
    program.again()
    assert program.fares.one() == 1


@pytest.mark.usefixtures("clockless")
def test_where_no_cpu_time_is_told_the_clock_decides(
    learner: Callable[..., Any], hostile: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    program = learner(hostile, deadlines=Deadlines(start=5.0, call=0.2, test=9.0, session=900.0))
    monkeypatch.setattr("grader.bridge.session.BOUND", 1e6)
    with pytest.raises(Incident) as caught:
        program.fares.sleep()
    assert caught.value.cause is Cause.TIME


def test_cpu_time_of_all_calls_of_a_test_is_limited(
    learner: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    source = """
        import time

        def compute(seconds):
            end = time.process_time() + seconds
            while time.process_time() < end:
                pass
            return 1
    """
    program = learner(source, deadlines=Deadlines(start=5.0, call=5.0, test=0.5, session=900.0))
    monkeypatch.setattr("grader.bridge.session.TEST_BOUND", 1e6)
    assert program.fares.compute(0.3) == 1
    with pytest.raises(Incident) as caught:
        [program.fares.compute(0.1) for _ in range(9)]
    assert caught.value.cause is Cause.TIME
    program.again()
    assert program.fares.compute(0.3) == 1


def test_waits_up_to_the_bound_count_twice_among_what_ran_out_of_time(
    learner: Callable[..., Any], hostile: str
) -> None:
    program = learner(hostile, deadlines=Deadlines(start=5.0, call=0.05, test=1, session=60))
    for _ in range(2):
        with pytest.raises(Incident, match="still running"):
            program.fares.sleep()
        program.again()
    with pytest.raises(Incident, match="ran out of time too often"):
        program.fares.echo(1)


# -- an examiner, at each level of isolation

PROGRAM = b"""
import time

def wait():
    time.sleep(0.6)
    return 1

def burn():
    while True:
        pass
"""
SUITE = """
import fares

def test_waits():
    assert fares.wait() == 1

def test_burns():
    assert fares.burn() == 1
"""


@pytest.mark.slow
# Root's programs run at the levels between only where `nobody` can read this Python.
@pytest.mark.parametrize("level", [Level.NONE, Level.FULL], ids=lambda level: level.label)
def test_cpu_time_is_told_at_each_level(
    level: Level, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What waits has not used up its time and what computes has, however long both took."""
    monkeypatch.setattr("grader.bridge.session.BOUND", 1e6)
    (tmp_path / "test_it.py").write_text(SUITE)
    limits = Deadlines(start=5.0, call=0.3, test=9.0, session=900.0)
    run = Run(tmp_path, ("fares",), {"fares.py": PROGRAM}, tmp_path, deadlines=limits)
    with Examiner(level) as examiner:
        found = {one.id.partition("::")[2]: one for one in examiner.run(run).tests}
    assert found["test_waits"].outcome == "passed"
    assert (found["test_burns"].outcome, found["test_burns"].cause) == ("failed", Cause.TIME)
