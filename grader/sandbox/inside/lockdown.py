"""What is done to a spawned child before any of a learner's code runs in it.

Theory of operation. The order matters: what needs rights comes first, the filters come last.
Nothing here can be undone by the process afterwards, nor by what it starts.
"""

from __future__ import annotations

import ctypes
import errno
import os
import resource
import sys
from dataclasses import dataclass

from . import kernel, landlock, seccomp
from .plan import BASIC, FULL, MB, RESTRICTED, CellPlan, Limits


@dataclass(frozen=True)
class Lockdown:
    """What a supervisor prepares once, so that each child only has to apply it."""

    level: int
    limits: Limits
    others: int
    ruleset: int | None  # descriptor
    filter: bytes | None


def prepare(level: int, plan: CellPlan, readable: tuple[str, ...]) -> Lockdown:
    """Build the rules and the filter of a cell; raise `OSError` when the kernel refuses."""
    rules = steps = None
    if level >= RESTRICTED:
        rules = landlock.ruleset(readable, (plan.root,), tcp=plan.loopback)
        steps = seccomp.main_filter(
            seccomp.Rules(
                programs=plan.processes,
                sockets=plan.loopback,
                shared_files=level < FULL,
                signals=level == FULL or kernel.landlock_version() >= 6,
            )
        )
    return Lockdown(level, plan.limits, plan.others, rules, steps)


def apply(lockdown: Lockdown, ruleset: int | None) -> None:
    """Put this process under all of it. `ruleset` is the descriptor's number here."""
    if lockdown.level >= BASIC:
        set_limits(lockdown.limits, lockdown.others)
    if ruleset is not None:
        landlock.restrict(ruleset)
        os.close(ruleset)
    if lockdown.filter is not None:
        seccomp.install(lockdown.filter)


def set_limits(limits: Limits, others: int) -> None:
    """Set the limits of this process, soft and hard, never above what is already allowed."""
    wanted = {
        "RLIMIT_AS": limits.memory_mb * MB,
        "RLIMIT_FSIZE": limits.file_mb * MB,
        "RLIMIT_NOFILE": limits.descriptors,
        "RLIMIT_NPROC": limits.processes + others,
        "RLIMIT_STACK": limits.stack_mb * MB,
        "RLIMIT_CORE": 0,
        "RLIMIT_MEMLOCK": 0,
        "RLIMIT_MSGQUEUE": 0,
        "RLIMIT_RTPRIO": 0,
    }
    for name, value in wanted.items():
        _set_limit(name, value, value)
    # SIGXCPU, which a program can catch, comes a second before SIGKILL, which it can't
    _set_limit("RLIMIT_CPU", limits.cpu_seconds, limits.cpu_seconds + 1)


def _set_limit(name: str, soft: int, hard: int) -> None:
    kind = getattr(resource, name, None)
    if kind is None:
        return
    highest = resource.getrlimit(kind)[1]
    if highest != resource.RLIM_INFINITY:
        soft, hard = min(soft, highest), min(hard, highest)
    try:
        resource.setrlimit(kind, (soft, hard))
    except (OSError, ValueError):
        if sys.platform == "linux":  # macOS has some of them in name only
            raise


def deny_new_processes() -> None:
    """From here on this process can't make another one; threads stay possible.

    Does nothing where the exercise may make processes, and at levels that have no filters.
    Which of these it is, the kernel tells: only under our filter is starting a program refused
    before the kernel looks at what should be started.
    """
    if sys.platform != "linux":
        return
    libc = ctypes.CDLL(None, use_errno=True)
    ctypes.set_errno(0)
    libc.execve(None, None, None)
    if ctypes.get_errno() == errno.EPERM:
        seccomp.install(seccomp.no_new_processes_filter())
