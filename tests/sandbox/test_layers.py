"""Canaries: for each layer, a program that tries to get through it."""

# ruff: noqa: E501 - programs stand here as they are run
from __future__ import annotations

import os
import socket
import sys
from pathlib import Path

import pytest

from grader.sandbox import Policy
from grader.sandbox.inside import syscalls

#: Calls with arguments that a kernel without a filter would answer with something else than EPERM.
REFUSED = [
    "ptrace", "process_vm_readv", "pidfd_getfd", "kcmp", "shmget", "semget", "msgget", "mq_open",
    "memfd_create", "io_uring_setup", "bpf", "perf_event_open", "userfaultfd", "keyctl", "add_key",
    "name_to_handle_at", "mount", "setns", "unshare", "fsopen", "personality", "vmsplice", "execve",
    "execveat",
]  # fmt: skip


# 1: a clean process


def test_only_the_passed_descriptors_are_open(cell, run):
    code = """
    import os
    for fd in range(1024):
        try: say([fd, os.fstat(fd).st_rdev])
        except OSError: pass
    """
    found = run(cell, code).said
    assert [fd for fd, _ in found] == [0, 1, 2, 3]
    assert {device for _, device in found[:3]} == {os.stat("/dev/null").st_rdev}


def test_nothing_of_the_grader_or_of_installed_packages_can_be_imported(cell, run):
    code = """
    for name in ("grader", "pytest", "hypothesis", "pip", "msgspec"):
        try: __import__(name); say(name)
        except ImportError: pass
    """
    assert run(cell, code).said == []


# 4: namespaces


def test_files_outside_are_not_there(cell, run, tmp_path):
    secret = tmp_path / "secret"
    secret.write_text("42")
    paths = [str(secret), str(Path.cwd()), str(Path(__file__)), "/etc/passwd", "/home", "/tmp",
             "/proc/self", "/proc/1", "/sys", "/dev/shm/x", "/dev/tty", "/dev/ptmx", "/run"]  # fmt: skip
    assert run(cell, f"import os; say([p for p in {paths} if os.path.exists(p)])").said == [[]]


def test_site_packages_look_empty(cell, run):
    code = """
    import os, sys
    for folder in (os.path.dirname(os.__file__), "/usr/lib/python3"):
        for name in ("site-packages", "dist-packages"):
            try: say(os.listdir(os.path.join(folder, name)))
            except OSError: pass
    """
    assert all(names == [] for names in run(cell, code).said)


def test_the_network_of_the_machine_is_out_of_reach(new_cell, run):
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
        code = f"import socket; socket.create_connection(('127.0.0.1', {port}), 2)"
        assert "PermissionError" in run(new_cell(), code).error
        assert "ConnectionRefusedError" in run(new_cell(Policy(loopback=True)), code).error


def test_loopback_works_where_it_is_asked_for_and_is_the_cells_own(new_cell, run):
    policy = Policy(loopback=True)
    code = """
    import socket, threading
    server = socket.create_server(("127.0.0.1", 8123))
    thread = threading.Thread(target=lambda: server.accept()[0].sendall(b"hi")); thread.start()
    say(socket.create_connection(("127.0.0.1", 8123), 5).recv(9).decode()); thread.join()
    for family, kind, protocol in ((socket.AF_UNIX, 1, 0), (socket.AF_NETLINK, 3, 0),
            (socket.AF_INET, socket.SOCK_RAW, 1), (socket.AF_INET, 1, 262), (socket.AF_PACKET, 2, 0)):
        try: socket.socket(family, kind, protocol); say("made")
        except PermissionError: pass
    """
    one, two = new_cell(policy), new_cell(policy)
    assert run(one, code, deny=True).said == ["hi"]
    assert run(two, code, deny=True).said == ["hi"]
    asyncio_works = "import asyncio\nasync def f(): return 5\nsay(asyncio.run(f()))"
    assert run(one, asyncio_works, deny=True).said == [5]


def test_asyncio_works_without_any_network(cell, run):
    assert run(cell, "import asyncio\nasync def f(): return 5\nsay(asyncio.run(f()))").said == [5]


def test_nothing_outside_the_work_root_can_be_written(cell, run):
    code = f"""
    import os
    places = ["/", "/dev", "/packages", "/packages/_inside", "/usr/lib", "/proc", {os.path.dirname(os.__file__)!r}]
    for place in places:
        try: open(os.path.join(place, "x"), "w"); say(place)
        except OSError: pass
    """
    assert run(cell, code).said == []


# 5: Landlock


def test_listing_and_signalling_are_refused(cell, run):
    code = """
    import os, signal
    for action in (lambda: os.listdir("/"), lambda: os.kill(1, 0), lambda: os.kill(1, signal.SIGKILL)):
        try: action(); say("done")
        except PermissionError: say("refused")
    """
    assert run(cell, code).said == ["refused"] * 3


def test_programs_of_one_cell_cannot_signal_each_other(cell, launch, run):
    started = launch(cell, "import time; time.sleep(99)")
    code = f"import os\ntry: os.kill({started.pid}, 9)\nexcept PermissionError: say('refused')"
    assert run(cell, code).said == ["refused"]
    assert cell.wait(started.pid, 0) is None


def test_moving_linking_and_copying_work_inside(cell, run):
    code = """
    import os, shutil
    os.makedirs("a/b"); open("a/x", "w").close(); os.rename("a/x", "a/b/x"); os.symlink("b/x", "a/l")
    os.chmod("a/b/x", 0o640); shutil.copy2("a/l", "y"); os.mkfifo("pipe"); say(sorted(os.listdir(".")))
    say(oct(os.stat("y").st_mode & 0o777))
    """
    found = run(cell, code)
    assert found.error is None
    assert found.said == [["a", "pipe", "y"], "0o640"]


# 6: system calls


@pytest.mark.parametrize("name", REFUSED)
def test_system_calls_are_refused(cell, run, name):
    code = f"""
    import ctypes
    libc = ctypes.CDLL(None, use_errno=True)
    say([libc.syscall({syscalls.number(name)}, 0, 0, 0, 0, 0, 0), ctypes.get_errno()])
    """
    assert run(cell, code).said == [[-1, 1]]


def test_clone3_and_unknown_calls_do_not_exist(cell, run):
    code = """
    import ctypes
    libc = ctypes.CDLL(None, use_errno=True)
    for number in (435, 457, 468, 600):
        libc.syscall(number, 0, 0, 0); say(ctypes.get_errno())
    """
    assert run(cell, code).said == [38] * 4


@pytest.mark.skipif(os.uname().machine != "x86_64", reason="a mode of x86-64")
def test_the_x32_mode_kills(cell, run):
    code = "import ctypes; ctypes.CDLL(None).syscall(0x40000000 + 39)"
    assert run(cell, code).ended.signal == 31


def test_new_processes_are_refused_from_the_moment_on_and_threads_are_not(cell, run):
    code = """
    import os, threading, subprocess, sys
    from _inside.lockdown import deny_new_processes
    if (pid := os.fork()) == 0: os._exit(0)
    os.waitpid(pid, 0); say("forked")
    deny_new_processes()
    for action in (os.fork, lambda: subprocess.run([sys.executable]), lambda: os.posix_spawn("/x", ["x"], {})):
        try: action(); say("made")
        except PermissionError: say("refused")
    thread = threading.Thread(target=say, args=["thread"]); thread.start(); thread.join()
    deny_new_processes()
    """
    found = run(cell, code)
    assert found.error is None
    assert found.said == ["forked", "refused", "refused", "refused", "thread"]


def test_processes_are_possible_where_the_exercise_asks_for_them(new_cell, run):
    code = """
    import subprocess, sys, ctypes, multiprocessing
    say(subprocess.run([sys.executable, "-c", "print(6*7)"], capture_output=True, text=True).stdout)
    lock = multiprocessing.get_context("fork").Lock(); say(lock.acquire(timeout=1))
    say(ctypes.CDLL(None).unshare(0x10000000))
    """
    found = run(new_cell(Policy(processes=True)), code, deny=True)
    assert found.error is None
    assert found.said == ["42\n", True, -1]


def test_no_namespace_comes_from_clone_either(cell, run):
    number = syscalls.number("clone")
    code = f"""
    import ctypes
    libc = ctypes.CDLL(None, use_errno=True)
    for flag in (0x00020000, 0x02000000, 0x04000000, 0x08000000, 0x10000000, 0x20000000, 0x40000000):
        say([libc.syscall({number}, flag | 17, 0, 0, 0, 0), ctypes.get_errno()])
    """
    assert run(cell, code).said == [[-1, 1]] * 7


def test_terminal_input_cannot_be_forged(cell, run):
    code = """
    import fcntl
    for request in (0x5412, 0x541C):
        try: fcntl.ioctl(0, request, b"x")
        except PermissionError: say("refused")
    """
    assert run(cell, code).said == ["refused"] * 2


def test_no_rights_and_no_way_to_get_any(cell, run):
    code = """
    import ctypes, os
    libc = ctypes.CDLL(None); say(libc.prctl(39, 0, 0, 0, 0)); say(libc.prctl(3, 0, 0, 0, 0))
    header, data = (ctypes.c_uint32 * 2)(0x20080522, 0), (ctypes.c_uint32 * 6)()
    libc.capget(header, data); say(list(data)); say(os.getresuid()[0] != 0)
    for action in (lambda: os.setuid(0), lambda: os.setgroups([0]), lambda: os.chroot(".")):
        try: action(); say("done")
        except OSError: say("refused")
    """
    assert run(cell, code).said == [1, 0, [0] * 6, True, "refused", "refused", "refused"]


# 7: one cell for each submission


def test_nothing_passes_from_one_cell_to_the_next(new_cell, run):
    code = """
    import os
    for path in ("x", "../x", "/w/x", "/dev/shm/x"):
        say(os.path.exists(path)); open(path, "w").close()
    say(os.getpid()); say(sorted(os.listdir("/w")))
    """
    for _ in range(2):
        cell = new_cell()
        assert run(cell, code).said == [False, False, True, False, 2, ["shm", "work", "x"]]
        assert not cell.close()


def test_the_interpreter_is_the_same(cell, run):
    assert run(cell, "import sys; say(sys.version)").said == [sys.version]
