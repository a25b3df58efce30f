"""Programs that fight back: the worker, the zygote and the next cell go on regardless."""

# ruff: noqa: E501 - programs stand here as they are run
from __future__ import annotations

import os
import signal
from pathlib import Path

import pytest

from grader.errors import SandboxError
from grader.sandbox import Level, Limits, Mount, Policy, Sandbox
from grader.sandbox import cell as cell_module
from grader.sandbox.inside.waiting import readable

PROGRAMS = Mount(Path(__file__).parent / "programs.py", "programs")
FINE = "say('fine')"
NAME = "import ctypes; ctypes.CDLL(None).prctl(15, b'{}', 0, 0, 0)\n"


def host_pid(cell_pid_marker, named):
    found = named(cell_pid_marker)
    assert len(found) == 1
    return found[0]


def test_killing_everybody_leaves_the_supervisor(cell, run):
    code = """
    import os, signal
    for number in range(1, 65):
        for pid in (1, -1, 0, os.getppid(), *range(3, 40)):
            if number not in (6, 9, 19) or pid not in (0, -1):
                try: signal.signal(number, signal.SIG_IGN)
                except (OSError, ValueError): pass
                try: os.kill(pid, number)
                except OSError: pass
    os.kill(-1, signal.SIGKILL); os.kill(0, signal.SIGKILL)
    """
    assert run(cell, code).ended.signal is not None
    assert run(cell, FINE).said == ["fine"]


def test_a_program_that_stops_itself_can_be_ended(cell, launch, run):
    code = "import os, signal; os.write(fds[0], b'+'); os.kill(os.getpid(), signal.SIGSTOP)"
    started = launch(cell, code)
    assert started.line() == b"+"
    assert cell.wait(started.pid, 0.05) is None
    cell.kill(started.pid)
    assert cell.wait(started.pid, 5).signal == signal.SIGKILL
    assert run(cell, FINE).said == ["fine"]


def test_a_fork_bomb_is_bounded_and_ended(new_cell, launch, run):
    cell = new_cell(Policy(Limits(processes=20)))
    started = launch(
        cell,
        """
        import os, time
        while True:
            try:
                if os.fork() == 0: os.setsid()
            except OSError:
                try: os.write(fds[0], b"+")
                except OSError: pass
                time.sleep(0.01)
        """,
    )
    assert started.line().startswith(b"+")
    cell.kill()
    assert cell.wait(started.pid, 5).signal == signal.SIGKILL
    assert run(cell, FINE).said == ["fine"]


def test_daemons_that_ignore_signals_are_gone_after_close(new_cell, launch, named):
    cell, name = new_cell(), f"daemon-{os.getpid()}"
    started = launch(
        cell,
        NAME.format(name)
        + """
import os, signal, time
for number in range(1, 65):
    try: signal.signal(number, signal.SIG_IGN)
    except (OSError, ValueError): pass
for n in range(4):
    if os.fork() == 0:
        os.setsid()
        if os.fork(): os._exit(0)
        if n == 3: os.write(fds[0], b"+")
        time.sleep(99)
time.sleep(99)
""",
    )
    assert started.line() == b"+"
    assert len(named(name)) >= 2
    assert not cell.close()
    assert named(name) == []


def test_killing_a_template_leaves_its_forks_until_all_are_killed(cell, launch, named):
    name = f"fork-{os.getpid()}"
    code = (
        NAME.format(name)
        + "import os, time\nif os.fork() == 0: os.write(fds[0], b'+')\ntime.sleep(99)"
    )
    started = launch(cell, code)
    assert started.line() == b"+"
    cell.kill(started.pid)
    assert len(named(name)) == 1
    cell.kill()
    assert named(name) == []


TREE = """
import os
os.makedirs("x/y"); open("x/y/z", "w").close(); os.mkdir(b"bad\\xff\\nname"); open("n" * 255, "w").close()
os.symlink("/usr", "link"); os.symlink("..", "x/up"); os.mkfifo("fifo"); os.mkdir("sealed")
here = os.getcwd()
for n in range(1000): os.mkdir("d" * 200); os.chdir("d" * 200)
os.chdir(here); os.chmod("x/y", 0); os.chmod("x", 0); os.chmod("sealed", 0o500)
os.mkdir("../beside"); os.chmod("../beside", 0); os.chmod(here, 0); os.chmod("/w", 0)
"""


def test_trees_that_resist_are_removed(cell, run):
    assert run(cell, TREE).error is None
    cell.put({"new": b""})
    assert run(cell, "import os; say(os.listdir('.')); say(sorted(os.listdir('..')))").said == [
        ["new"],
        ["shm", "work"],
    ]


def test_a_work_folder_that_became_something_else_is_made_afresh(cell, run):
    for trick in ("os.symlink('/usr/lib', 'work')", "open('work', 'w').close()", "pass"):
        code = (
            f"import os; os.chdir('..'); os.rename('work', 'moved'); os.rename('shm', 's'); {trick}"
        )
        assert run(cell, code).error is None
        cell.put({"new": b""})
        assert run(cell, "import os; say(os.listdir('.'))").said == [["new"]]


def test_a_program_that_keeps_writing_is_killed_when_put_needs_it(cell, launch, run):
    started = launch(
        cell,
        """
        import os
        os.write(fds[0], b"+")
        n = 0
        while True:
            n += 1
            try: os.makedirs(f"/w/work/{n}/{n}"); os.makedirs(f"/w/more{n}")
            except OSError: pass
        """,
    )
    assert started.line() == b"+"
    cell.put({"new": b""})
    cell.kill()
    cell.put({"new": b""})
    assert run(cell, "import os; say(os.listdir('.'))").said == [["new"]]


def test_descriptors_and_pipes_can_be_flooded(cell, run):
    code = """
    import os, socket
    kept = []
    try:
        while True:
            a, b = socket.socketpair(); kept += [a, b]
            a.setblocking(False)
            try:
                while True: a.send(bytes(65536))
            except BlockingIOError: pass
    except OSError: pass
    for fd in range(3, 64):
        try: os.dup2(0, fd)
        except OSError: pass
    """
    run(cell, code)
    assert run(cell, FINE).said == ["fine"]


def test_a_cell_whose_supervisor_is_stopped_is_ended_from_above(
    sandbox, launch, named, monkeypatch
):
    monkeypatch.setattr(cell_module, "SPAWN_SECONDS", 0.3)
    cell, name = sandbox.cell(), f"held-{os.getpid()}"
    started = launch(
        cell, NAME.format(name) + "import os, time; os.write(fds[0], b'+'); time.sleep(99)"
    )
    assert started.line() == b"+"
    status = Path(f"/proc/{host_pid(name, named)}/status").read_text()
    os.kill(int(status.partition("PPid:")[2].split()[0]), signal.SIGSTOP)
    with pytest.raises(SandboxError, match="did not answer in time"):
        cell.spawn("programs:run", None, [])
    assert named(name) == []
    with sandbox.cell() as after:
        assert (
            after.wait(after.spawn("programs:run", {"code": "", "deny": True}, [0]), 5) is not None
        )


def test_a_dead_zygote_is_started_anew_and_its_cells_fail_plainly():
    with Sandbox(level=Level.FULL) as sandbox:
        lost = sandbox.cell()
        running = sandbox._running
        assert running is not None
        signal.pidfd_send_signal(running._held, signal.SIGKILL)
        assert readable([running._held], 10)
        with pytest.raises(SandboxError, match="failed and was shut down"):
            lost.kill()
        with sandbox.cell() as cell:
            pid = cell.spawn("_inside.canary:linger", None, [1])
            cell.kill()
            assert cell.wait(pid, 5).signal == signal.SIGKILL


def test_the_zygote_has_no_rights(launch, named, cell):
    name = f"child-{os.getpid()}"
    started = launch(
        cell, NAME.format(name) + "import os, time; os.write(fds[0], b'+'); time.sleep(9)"
    )
    assert started.line() == b"+"
    pid = host_pid(name, named)
    for _ in range(3):  # the program, its supervisor, the zygote
        text = Path(f"/proc/{pid}/status").read_text()
        facts = dict(line.split(":\t", 1) for line in text.splitlines())
        assert "0" not in facts["Uid"].split()
        assert facts["NoNewPrivs"] == "1"
        for kind in ("CapInh", "CapPrm", "CapEff", "CapAmb", "CapBnd"):
            assert int(facts[kind], 16) == 0 or (kind == "CapBnd" and os.getuid() != 0)
        pid = int(facts["PPid"])
    cell.kill()


def test_a_sandbox_that_is_closed_ends_open_cells(launch, named):
    name = f"open-{os.getpid()}"
    with Sandbox(level=Level.FULL, packages=[PROGRAMS]) as sandbox:
        cell = sandbox.cell()
        assert (
            launch(
                cell, NAME.format(name) + "import os; os.write(fds[0], b'+')\nwhile 1: pass"
            ).line()
            == b"+"
        )
        assert named(name) != []
    assert named(name) == []
    assert not cell.close()
