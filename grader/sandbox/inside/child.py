"""A spawned child: puts itself in order, locks itself down, calls the entry function."""

from __future__ import annotations

import contextlib
import fcntl
import importlib
import os
import signal
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import NoReturn

from . import kernel, lockdown
from .plan import FULL

READY = b"+"
_FIRST = 3  # descriptors 0 to 2 are /dev/null, the passed ones follow


@dataclass(frozen=True)
class Job:
    """What to call and where."""

    entry: str
    arguments: object
    folder: str
    proc: int | None  # descriptor of /proc, to say who goes first when memory runs out


def run(job: Job, fds: Sequence[int], status: int, prepared: lockdown.Lockdown) -> NoReturn:
    """Become the child. Writes `READY` or a reason to `status`, then calls the entry."""
    try:
        _first_to_go(job.proc)
        passed, status, ruleset = _sort_descriptors(fds, status, prepared.ruleset)
        _new_start(job.folder, prepared.level)
        lockdown.apply(prepared, ruleset)
        function = _find(job.entry)
        os.write(status, READY)
        os.close(status)
    except BaseException as error:  # noqa: BLE001 - a fork must not return into its parent's code
        with contextlib.suppress(OSError):
            os.write(status, f"{type(error).__name__}: {error}"[:500].encode("utf-8", "replace"))
        os._exit(127)
    _call(function, job.arguments, passed)


def _first_to_go(proc: int | None) -> None:
    """Ask the kernel to end this process first, not its supervisor, when memory runs out."""
    if proc is not None:
        with contextlib.suppress(OSError):
            file = os.open("self/oom_score_adj", os.O_WRONLY, dir_fd=proc)
            try:
                os.write(file, b"1000")
            finally:
                os.close(file)


def _sort_descriptors(
    fds: Sequence[int], status: int, ruleset: int | None
) -> tuple[list[int], int, int | None]:
    """Move the wanted descriptors to 3, 4, 5 … and close every other one."""
    wanted = [*fds, status, *([] if ruleset is None else [ruleset])]
    above = _FIRST + len(wanted)  # where they wait while they are sorted
    high = [fcntl.fcntl(fd, fcntl.F_DUPFD_CLOEXEC, above) for fd in wanted]
    for place, fd in enumerate(high, _FIRST):
        os.dup2(fd, place, inheritable=False)
    end = _FIRST + len(wanted)
    os.closerange(end, min(os.sysconf("SC_OPEN_MAX"), 1 << 16))
    passed = list(range(_FIRST, _FIRST + len(fds)))
    return passed, _FIRST + len(fds), None if ruleset is None else end - 1


def _new_start(folder: str, level: int) -> None:
    """Give the process its own session, the signals of a fresh Python, environment, folder."""
    os.setsid()
    signal.signal(signal.SIGINT, signal.default_int_handler)
    if level < FULL and sys.platform == "linux":
        kernel.prctl(kernel.PR_SET_PDEATHSIG, signal.SIGKILL)
    if os.environ["HOME"] != folder:
        set_environment(folder)
    os.chdir(folder)


def set_environment(folder: str) -> None:
    """Make this the whole environment."""
    os.environ.clear()
    os.environ.update(HOME=folder, TMPDIR=folder, LANG="C.UTF-8")


def _find(entry: str) -> Callable[[object, list[int]], object]:
    module, _, name = entry.partition(":")
    function = getattr(importlib.import_module(module), name)
    if not callable(function):
        raise TypeError(f"{entry} can't be called")
    return function  # type: ignore[no-any-return]


def _call(
    function: Callable[[object, list[int]], object], arguments: object, fds: list[int]
) -> NoReturn:
    code = 0
    try:
        function(arguments, fds)
    except SystemExit as error:
        code = error.code if isinstance(error.code, int) else int(error.code is not None)
    except BaseException:  # noqa: BLE001 - a fork must not return into its parent's code
        code = 1
    os._exit(code & 0xFF)
