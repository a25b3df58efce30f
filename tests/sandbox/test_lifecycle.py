"""A cell from start to end: files, spawning, waiting, killing, closing."""

# ruff: noqa: E501 - programs stand here as they are run
from __future__ import annotations

import os
import signal
import socket

import pytest

from grader.errors import SandboxError
from grader.sandbox import Ended, Level


def test_a_program_runs_in_the_work_folder_with_its_own_surroundings(cell, run):
    cell.put({"fares.py": b"PRICE = 3\n", "data/stations.csv": b"a,b\n"})
    found = run(
        cell,
        """
        import os, sys
        say(os.getcwd()); say(sorted(os.listdir("."))); say(open("data/stations.csv").read())
        say(dict(os.environ)); say(os.getuid() != 0); say(os.getsid(0) == os.getpid())
        say(fds)
        """,
    )
    folder = cell.folder
    assert found.error is None
    assert found.said == [
        folder,
        ["data", "fares.py"],
        "a,b\n",
        {"HOME": folder, "TMPDIR": folder, "LANG": "C.UTF-8"},
        True,
        True,
        [3],
    ]
    assert found.ended is not None
    assert (found.ended.code, found.ended.signal) == (0, None)
    assert found.ended.max_rss_kb > 1000


def test_how_a_program_ended_is_told(cell, run):
    assert run(cell, "raise SystemExit(7)").ended.code == 7
    assert run(cell, "1 / 0").ended.code == 1
    assert run(cell, "import os; os._exit(255)").ended.code == 255
    assert run(cell, "import os; os.abort()").ended.signal == signal.SIGABRT
    burnt = run(cell, "import time\nwhile time.process_time() < 0.2: pass").ended
    assert burnt.cpu_seconds >= 0.2


def test_waiting_ends_in_time_and_killing_ends_one_program(cell, launch):
    one, two = (
        launch(cell, "import time; time.sleep(99)"),
        launch(cell, "import time; time.sleep(99)"),
    )
    assert cell.wait(one.pid, 0.05) is None
    cell.kill(one.pid)
    assert cell.wait(one.pid, 5) == Ended(
        None, signal.SIGKILL, pytest.approx(0, abs=1), pytest.approx(0, abs=1e6)
    )
    assert cell.wait(two.pid, 0.05) is None
    cell.kill()
    assert cell.wait(two.pid, 5).signal == signal.SIGKILL
    cell.kill(one.pid)
    cell.kill()


def test_descriptors_are_passed_in_order_and_talk_both_ways(cell):
    ours, theirs = socket.socketpair()
    with ours, theirs:
        code = "import socket; s = socket.socket(fileno=fds[1]); s.sendall(s.recv(9)[::-1]); s.detach()"
        told, tell = os.pipe()
        pid = cell.spawn("programs:run", {"code": code, "deny": True}, [tell, theirs.fileno()])
        os.close(tell)
        ours.sendall(b"abc")
        ours.settimeout(10)
        assert ours.recv(9) == b"cba"
        assert cell.wait(pid, 10).code == 0
        os.close(told)


def test_descriptors_can_be_passed_on_over_an_existing_socket(cell):
    ours, theirs = socket.socketpair()
    with ours, theirs:
        code = """
import os, socket
s = socket.socket(fileno=fds[1]); r, w = os.pipe(); os.write(w, b"hello")
socket.send_fds(s, [b"x"], [r]); s.detach()
"""
        told, tell = os.pipe()
        pid = cell.spawn("programs:run", {"code": code, "deny": True}, [tell, theirs.fileno()])
        ours.settimeout(10)
        _, received, _, _ = socket.recv_fds(ours, 10, 1)
        assert os.read(received[0], 9) == b"hello"
        assert cell.wait(pid, 10).code == 0
        for fd in (told, tell, *received):
            os.close(fd)


def test_put_makes_the_folder_afresh_at_the_same_path(cell, run):
    cell.put({"a.py": b"1"})
    run(cell, "import os; os.mkdir('x'); open('x/y', 'w').close(); open('../beside', 'w').close()")
    cell.put({"b.py": b"2"})
    found = run(
        cell, "import os; say(os.getcwd()); say(os.listdir('.')); say(sorted(os.listdir('..')))"
    )
    assert found.said == [cell.folder, ["b.py"], ["shm", "work"]]


def test_put_keeps_folders_of_other_names(cell, run):
    cell.put({"a": b"1"})
    cell.put({"b": b"2"}, name="given")
    cell.put({"c": b"3"})
    assert run(cell, "import os; say(os.listdir('.')); say(os.listdir('../given'))").said == [
        ["c"],
        ["b"],
    ]


def test_put_works_while_a_program_runs(cell, launch):
    started = launch(
        cell,
        """
        import os, time
        os.write(fds[0], b"+")
        while not os.path.exists("/w/work/new"): time.sleep(0.005)
        os.chdir("/w/work"); say(os.listdir("."))
        """,
    )
    assert started.line() == b"+"
    cell.put({"new": b""})
    assert b'["new"]' in started.line()


def test_eight_megabytes_and_many_files(cell, run):
    files = {f"d{n % 7}/f{n}": bytes([n % 256]) * 8192 for n in range(1024)}
    cell.put(files)
    code = "import os; say(sum(os.path.getsize(os.path.join(d, f)) for d, _, fs in os.walk('.') for f in fs))"
    assert run(cell, code).said == [8 << 20]


@pytest.mark.parametrize("path", ["../x", "/x", "a/../x", "", "a//b", "./a", "a/", "a\0b"])
def test_paths_that_leave_the_folder_are_refused(cell, path):
    with pytest.raises(SandboxError, match="doesn't stay inside the work folder"):
        cell.put({path: b""})


def test_impossible_files_are_our_error_and_the_cell_lives(cell, run):
    with pytest.raises(SandboxError):
        cell.put({"a": b"", "a/b": b""})
    with pytest.raises(SandboxError):
        cell.put({"big": bytes(65 << 20)})
    with pytest.raises(SandboxError):
        cell.put({}, name="../x")
    cell.put({"fine": b""})
    assert run(cell, "import os; say(os.listdir('.'))").said == [["fine"]]


def test_an_entry_that_is_not_there_is_our_error(cell, run):
    for entry in ("nowhere:run", "programs:nothing", "programs"):
        with pytest.raises(SandboxError, match="could not spawn"):
            cell.spawn(entry, None, [])
    assert run(cell, "say(1)").said == [1]


def test_a_closed_cell_says_so(new_cell):
    cell = new_cell()
    assert not cell.close()
    assert not cell.close()
    with pytest.raises(SandboxError, match="closed"):
        cell.spawn("programs:run", None, [])
    with pytest.raises(SandboxError, match="closed"):
        cell.wait(5, 1)


def test_cells_at_the_same_time_are_apart(new_cell, run):
    one, two = new_cell(), new_cell()
    one.put({"mine": b"1"})
    two.put({"yours": b"2"})
    look = "import os; say(os.listdir('.')); say(os.getpid())"
    assert run(one, look).said == [["mine"], 2]
    assert run(two, look).said == [["yours"], 2]


def test_modules_named_for_it_are_imported_beforehand(cell, run):
    found = run(cell, "import sys; say('programs' in sys.modules); say(sys.flags.isolated)")
    assert found.said == [True, 1]


def test_the_level_is_told(sandbox, cell):
    assert sandbox.level is Level.FULL
    assert cell.level is Level.FULL
