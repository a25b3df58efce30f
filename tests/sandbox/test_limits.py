"""The limits hold when a program runs into them, and can't be raised."""

from __future__ import annotations

import errno
import signal

import pytest

from grader.sandbox import Limits, Policy


def test_memory(new_cell, run):
    cell = new_cell(Policy(Limits(memory_mb=256)))
    assert run(cell, "bytearray(300 << 20)").error == "MemoryError: "
    assert run(cell, "say(len(bytearray(64 << 20)))").error is None


def test_cpu_time(new_cell, run):
    cell = new_cell(Policy(Limits(cpu_seconds=1)))
    found = run(cell, "while True: pass")
    assert found.ended.signal == signal.SIGXCPU
    assert found.ended.cpu_seconds < 3


def test_cpu_time_of_a_program_that_ignores_the_warning(new_cell, run):
    cell = new_cell(Policy(Limits(cpu_seconds=1)))
    code = "import signal; signal.signal(signal.SIGXCPU, signal.SIG_IGN)\nwhile True: pass"
    assert run(cell, code).ended.signal == signal.SIGKILL


def test_size_of_a_file(new_cell, run):
    cell = new_cell(Policy(Limits(file_mb=1)))
    code = "f = open('x', 'wb', 0)\nfor _ in range(3): f.write(bytes(1 << 20))"
    assert f"Errno {errno.EFBIG}" in run(cell, code).error


def test_disk_of_the_cell(new_cell, run):
    cell = new_cell(Policy(Limits(disk_mb=4)))
    code = "for n in range(9): open(str(n), 'wb').write(bytes(1 << 20))"
    assert f"Errno {errno.ENOSPC}" in run(cell, code).error
    many = "for n in range(20000): open(f'f{n}', 'x').close()"
    assert f"Errno {errno.ENOSPC}" in run(cell, many).error
    cell.put({"again": b"works"})


def test_descriptors(new_cell, run):
    cell = new_cell(Policy(Limits(descriptors=20)))
    assert f"Errno {errno.EMFILE}" in run(cell, "k = [open('/dev/null') for _ in range(30)]").error


def test_threads_and_processes_count_together(new_cell, run):
    cell = new_cell(Policy(Limits(processes=8)))
    code = """
    import threading
    stop, n = threading.Event(), 0
    try:
        for n in range(50): threading.Thread(target=stop.wait, daemon=True).start()
    except RuntimeError: say(n)
    stop.set()
    """
    found = run(cell, code)
    assert 3 <= found.said[0] <= 8


def test_fifty_threads_fit_the_usual_limits(cell, run):
    code = """
    import threading
    stop = threading.Event()
    threads = [threading.Thread(target=lambda: (bytearray(9999), stop.wait())) for _ in range(50)]
    for thread in threads: thread.start()
    stop.set()
    for thread in threads: thread.join()
    say(len(threads))
    """
    assert run(cell, code, deny=True).said == [50]


def test_no_core_files_and_no_locked_memory(cell, run):
    code = """
    import resource as r
    for kind in (r.RLIMIT_CORE, r.RLIMIT_MEMLOCK, r.RLIMIT_MSGQUEUE): say(r.getrlimit(kind))
    """
    assert run(cell, code).said == [[0, 0]] * 3


@pytest.mark.parametrize("name", ["AS", "CPU", "FSIZE", "NOFILE", "NPROC", "STACK", "CORE"])
def test_no_limit_can_be_raised(cell, run, name):
    code = f"""
    import resource as r
    highest = r.getrlimit(r.RLIMIT_{name})[1]
    try: r.setrlimit(r.RLIMIT_{name}, (highest + 1, highest + 1))
    except (ValueError, OSError): say("refused")
    """
    assert run(cell, code).said == ["refused"]


def test_limits_of_others_are_out_of_reach(cell, run):
    code = """
    import resource
    for pid in (1, __import__("os").getppid()):
        try: resource.prlimit(pid, resource.RLIMIT_NOFILE, (3, 3))
        except PermissionError: say("refused")
    """
    assert run(cell, code).said == ["refused", "refused"]
