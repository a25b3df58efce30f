"""What this machine gives, as `grade doctor` tells it: facts with a cure where one is needed.

Looks only: nothing is kept, and no name of a person, a machine or a folder is told.
"""

from __future__ import annotations

import fcntl
import functools
import importlib.metadata
import os
import platform
import re
import resource
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Literal

import msgspec

State = Literal["good", "note", "bad"]
OLDEST, NEWEST = (3, 11), (3, 14)  # the versions of Python that the grader is tried with
_MIN_DISK = 1 << 30  # bytes; a grading of a cohort needs far less
_MIN_MEMORY = 2 << 30  # bytes of address space
_MIN_FILES = 128
_MIN_PROCESSES = 100
_PACKAGES = ("pytest", "hypothesis", "coverage")
_BROWSERS = ("xdg-open", "wslview", "firefox", "chromium", "google-chrome", "microsoft-edge")
# Drives on which locks or permissions often don't work; "9p" and "drvfs" are Windows drives.
_OTHERS_DRIVES = {"9p", "drvfs", "nfs", "nfs4", "cifs", "smb3", "smbfs", "fuse.sshfs", "vboxsf"}


class Fact(msgspec.Struct, frozen=True):
    """One thing about the machine. `found` is a short phrase; `cure` says what to do, or ""."""

    name: str
    state: State
    found: str
    cure: str = ""


def facts(folder: Path) -> Iterator[Fact]:
    """All facts, in the order in which they are shown; `folder` is where the course lies."""
    for look in (
        _python,
        _packages,
        _kernel,
        functools.partial(_drive, folder),
        functools.partial(_locks, folder),
        functools.partial(_disk, folder),
        _limits,
        _processors,
        functools.partial(_program, "git", "Only hand-ins that are git repositories need it."),
        _lab,
        _browser,
    ):
        yield _told(look)


def _told(look: Callable[[], Fact]) -> Fact:
    """A look that the system refuses is a fact too."""
    try:
        return look()
    except OSError as error:
        function = look.func if isinstance(look, functools.partial) else look
        name = function.__name__.removeprefix("_")
        return Fact(name, "note", f"could not be looked at: {error.strerror or error}")


def _python() -> Fact:
    found = f"{platform.python_version()} ({platform.python_implementation()})"
    if OLDEST <= sys.version_info[:2] <= NEWEST:
        return Fact("python", "good", found)
    oldest, newest = (".".join(map(str, one)) for one in (OLDEST, NEWEST))
    cure = f"The grader is tried with Python {oldest} to {newest}; use one of these."
    return Fact("python", "note", found, cure)


def _packages() -> Fact:
    found = {name: _version(name) for name in _PACKAGES}
    text = ", ".join(f"{name} {version or 'missing'}" for name, version in found.items())
    if all(found.values()):
        return Fact("packages", "good", text)
    return Fact("packages", "bad", text, "Install the grader again, as its README says.")


def _version(name: str) -> str:
    try:
        return importlib.metadata.version(name)
    except importlib.metadata.PackageNotFoundError:
        return ""


def _kernel() -> Fact:
    release = re.match(r"[\w.+~-]*", platform.release())
    found = f"{platform.system()} {release[0] if release else ''}, {platform.machine()}"
    if "microsoft" in platform.release().lower():
        found += ", WSL"
    if _in_container():
        found += ", in a container"
    if sys.platform != "linux":
        cure = "Use Linux, or WSL2 on Windows: elsewhere the isolation is `basic` at most."
        return Fact("kernel", "bad", found, cure)
    return Fact("kernel", "good", found)


def _in_container() -> bool:
    return any(Path(one).exists() for one in ("/.dockerenv", "/run/.containerenv"))


def _drive(folder: Path) -> Fact:
    kind = _kind_of_drive(folder)
    if not os.access(folder, os.W_OK):
        cure = "Grading works; `start`, `hint` and notebooks need a folder that you can write to."
        return Fact("drive", "note", f"{kind}, read-only for you", cure)
    if kind in _OTHERS_DRIVES:
        cure = "If something can't be saved, copy the course into a folder on Linux's own drive."
        return Fact("drive", "note", f"{kind}, a network or Windows drive", cure)
    return Fact("drive", "good", kind)


def _kind_of_drive(folder: Path) -> str:
    """The file system's name, of the mount that the folder lies on; "unknown" without /proc."""
    try:
        lines = Path("/proc/self/mountinfo").read_text(errors="replace").splitlines()
    except OSError:
        return "unknown"
    number = folder.stat().st_dev
    wanted = f"{os.major(number)}:{os.minor(number)}"
    for line in lines:
        left, _, right = line.partition(" - ")
        if left.split()[2:3] == [wanted]:
            return right.split()[0]
    return "unknown"


def _locks(folder: Path) -> Fact:
    cure = "Grading works, but two commands at once may each miss what the other notes."
    try:
        with tempfile.TemporaryFile(dir=folder) as file:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        return Fact("locks", "note", f"not here ({error.strerror})", cure)
    return Fact("locks", "good", "work")


def _disk(folder: Path) -> Fact:
    places = {"here": folder, "for temporary files": Path(tempfile.gettempdir())}
    free = {name: shutil.disk_usage(place).free for name, place in places.items()}
    found = ", ".join(f"{_size(number)} free {name}" for name, number in free.items())
    if min(free.values()) >= _MIN_DISK:
        return Fact("disk", "good", found)
    return Fact("disk", "note", found, "Make room: less than 1 GB is free.")


def _size(number: int) -> str:
    return f"{number / (1 << 30):.1f} GB"


def _limits() -> Fact:
    asked = (
        ("open files", resource.RLIMIT_NOFILE, _MIN_FILES, "ulimit -n 1024"),
        ("processes", resource.RLIMIT_NPROC, _MIN_PROCESSES, "ulimit -u 500"),
        ("memory", resource.RLIMIT_AS, _MIN_MEMORY, "ulimit -v unlimited"),
    )
    found, cures = [], []
    for name, number, least, command in asked:
        value = resource.getrlimit(number)[0]
        endless = value == resource.RLIM_INFINITY
        shown = "no limit" if endless else _size(value) if name == "memory" else f"{value:,}"
        found.append(f"{name} {shown}")
        if not endless and value < least:
            cures.append(f"`{command}`")
    if cures:
        return Fact("limits", "bad", ", ".join(found), f"Allow more: {' and '.join(cures)}.")
    return Fact("limits", "good", ", ".join(found))


def _processors() -> Fact:
    memory = os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE")
    usable = len(os.sched_getaffinity(0)) if sys.platform == "linux" else os.cpu_count() or 1
    return Fact("machine", "good", f"processors {usable}, memory {_size(memory)}")


def _program(name: str, why: str) -> Fact:
    """A program on PATH with its version; one that is missing is a note."""
    path = shutil.which(name)
    if path is None:
        return Fact(name, "note", "not found", why)
    try:
        done = subprocess.run(
            [path, "--version"], capture_output=True, text=True, errors="replace", timeout=10
        )
    except subprocess.TimeoutExpired:
        return Fact(name, "note", "found, but gives no answer", why)
    version = re.search(r"\d+(?:\.\d+)+", done.stdout)
    if done.returncode != 0 or version is None:
        return Fact(name, "note", "found, but does not run", why)
    return Fact(name, "good", version[0])


def _lab() -> Fact:
    version = _version("jupyterlab")
    if version:
        return Fact("jupyterlab", "good", version)
    cure = "Only notebooks need it: install the grader with `[lab]`, as its README says."
    return Fact("jupyterlab", "note", "not installed", cure)


def _browser() -> Fact:
    found = next((name for name in _BROWSERS if shutil.which(name)), None)
    if found:
        return Fact("browser", "good", f"opened by {found}")
    cure = "Open reports and the address that JupyterLab prints in a browser yourself."
    return Fact("browser", "note", "none is found from here", cure)
