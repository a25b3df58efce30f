"""Runs a command on a system that refuses some calls, as other drives and kernels do.

python refusing.py flock=ENOLCK pidfd_open=ENOSYS -- COMMAND…
"""

from __future__ import annotations

import errno
import os
import platform
import sys

from grader.sandbox.inside import seccomp, syscalls

# name -> (number on x86_64, number on aarch64), where the product has no use for the number
_MORE = {
    "fchmod": (91, 52),
    "flock": (73, 32),
    "fsync": (74, 82),
    "prctl": (157, 167),
    "semget": (64, 190),
}


def refuse(answers: dict[str, str]) -> None:
    """Refuse the calls of these names from here on, each with the error of that name."""
    place = ("x86_64", "aarch64").index(platform.machine())
    table = {**syscalls.TABLE, **_MORE}
    steps = {
        table[name][place]: seccomp._refuse(getattr(errno, error))
        for name, error in answers.items()
        if table[name][place] is not None
    }
    if answers.get("flock") == "ENOLCK":
        steps[(72, 25)[place]] = _no_locks()
    seccomp.install(seccomp._filter(steps, seccomp._PERMIT))


def _no_locks() -> bytes:
    """fcntl as on a drive whose server keeps no locks: ENOLCK for F_SETLK and its kin."""
    second = seccomp._step(seccomp._LOAD, 16 + 8)
    locking = seccomp._is_none_of(6, 7, 37, 38)
    return second + locking + seccomp._refuse(errno.ENOLCK) + seccomp._PERMIT


if __name__ == "__main__":
    split = sys.argv.index("--")
    refuse(dict(word.split("=") for word in sys.argv[1:split]))
    os.execvp(sys.argv[split + 1], sys.argv[split + 1 :])
