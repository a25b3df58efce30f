"""Tries what a hostile program would try, and tells how far it came.

The worker compares the answers with what a level promises; see `grader.sandbox.probe`.
"""

# ruff: noqa: PTH102, PTH110, PTH116, PTH123, PTH208 - pathlib is not imported inside, to start faster
from __future__ import annotations

import contextlib
import ctypes
import errno
import json
import os
import resource
import signal
import socket
import sys
import threading
import time
from collections.abc import Callable, Mapping
from typing import cast

from .lockdown import deny_new_processes

MB = 1 << 20
_NEW_USER = 0x10000000


def run(arguments: object, fds: list[int]) -> None:
    """Try everything once; write one JSON object of findings to the first descriptor."""
    facts = cast(dict[str, object], arguments)
    found: dict[str, object] = {**_surroundings(), **_reach(facts), **_limits(facts)}
    found |= _processes()
    os.write(fds[0], json.dumps(found).encode())


def linger(_: object, fds: list[int]) -> None:
    """Ignore signals, leave descendants in sessions of their own, and never end."""
    for number in range(1, 32):
        with contextlib.suppress(OSError, ValueError):
            signal.signal(number, signal.SIG_IGN)
    for _ in range(3):
        if os.fork() == 0:
            os.setsid()
            if os.fork():
                os._exit(0)
            break
    os.write(fds[0], b"+")
    while True:
        time.sleep(60)


def nothing(_: object, __: list[int]) -> None:
    """Do nothing; what is left is the cost of the sandbox."""


def _can(action: Callable[[], object]) -> bool:
    """Say whether `action` worked."""
    try:
        action()
    except (OSError, MemoryError, ValueError):
        return False
    return True


def _is_open(fd: int) -> bool:
    return _can(lambda: os.fstat(fd))


def _surroundings() -> dict[str, object]:
    marker = "left-by-the-cell-before"
    seen = os.path.exists(f"../{marker}")
    with contextlib.suppress(OSError), open(f"../{marker}", "w") as file:
        file.write("x")
    return {
        "pid": os.getpid(),
        "parent": os.getppid(),
        "uid": os.getuid(),
        "environment": sorted(os.environ),
        "descriptors": [fd for fd in range(256) if _is_open(fd)],
        "isolated": bool(sys.flags.isolated),
        "third_party": any("-packages" in path for path in sys.path),
        "own_session": os.getsid(0) == os.getpid(),
        "trace_of_before": seen,
        "own_disk": os.stat("..").st_dev != os.stat("/").st_dev,
        "proc_seen": os.path.exists("/proc/self"),
    }


def _read(path: str) -> None:
    with open(path, "rb") as file:
        file.read(1)


def _connect(port: int) -> None:
    with socket.socket() as client:
        client.settimeout(2)
        client.connect(("127.0.0.1", port))


def _reach(facts: Mapping[str, object]) -> dict[str, object]:
    """Try files, the network and processes outside."""
    secret, worker = cast(str, facts["secret"]), cast(int, facts["worker"])
    return {
        "secret_there": os.path.exists(secret),
        "secret_read": _can(lambda: _read(secret)),
        "wrote_outside": _can(lambda: os.mkdir(cast(str, facts["write"]))),
        "listed_root": _can(lambda: os.listdir("/")),
        "made_socket": _can(lambda: socket.socket().close()),
        "connected": _can(lambda: _connect(cast(int, facts["port"]))),
        "saw_worker": _can(lambda: os.kill(worker, 0)) or os.path.exists(f"/proc/{worker}"),
        "signalled_parent": _can(lambda: os.kill(os.getppid(), 0)),
    }


def _limits(facts: Mapping[str, object]) -> dict[str, object]:
    """Try to use more than allowed, and to be allowed more."""
    memory, file = cast(int, facts["memory_mb"]), cast(int, facts["file_mb"])
    highest = resource.getrlimit(resource.RLIMIT_NOFILE)[1]

    def write_large() -> None:
        with open("large", "wb", buffering=0) as out:
            for _ in range(file + 1):
                if out.write(bytes(MB)) != MB:
                    raise OSError

    return {
        "large_memory": _can(lambda: bytearray((memory + 64) * MB)),
        "large_file": _can(write_large),
        "raised_limit": _can(
            lambda: resource.setrlimit(resource.RLIMIT_NOFILE, (highest + 1, highest + 1))
        ),
    }


def _processes() -> dict[str, object]:
    """Try namespaces, then processes before and after they are denied."""
    libc = ctypes.CDLL(None, use_errno=True)
    found: dict[str, object] = {"forked_before": _can(_fork)}
    deny_new_processes()
    found["forked_after"] = _can(_fork)
    found["threads"] = _thread()
    libc.execve(None, None, None)  # nothing to start: refused by a filter, or by the kernel
    found["program_refused"] = ctypes.get_errno() == errno.EPERM
    if hasattr(libc, "unshare"):
        found["new_namespace"] = libc.unshare(_NEW_USER) == 0
    return found


def _fork() -> None:
    if (pid := os.fork()) == 0:
        os._exit(0)
    os.waitpid(pid, 0)


def _thread() -> bool:
    ran: list[bool] = []
    thread = threading.Thread(target=lambda: ran.append(True))
    with contextlib.suppress(RuntimeError):
        thread.start()
        thread.join()
    return bool(ran)
