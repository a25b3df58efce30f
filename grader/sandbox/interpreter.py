"""What of this machine a Python needs to run: its binary, standard library, system libraries."""

# ruff: noqa: PTH110, PTH112 - what may not be looked at counts as not there; pathlib would raise
from __future__ import annotations

import os
import sys
import sysconfig
from dataclasses import dataclass
from pathlib import Path

_SYSTEM_FOLDERS = ("/lib", "/lib64", "/usr/lib", "/usr/lib64")
_SYSTEM_FILES = ("/etc/ld.so.cache",)
_SYSTEM_DATA = ("/usr/share/zoneinfo",)  # read by the standard library
_MOST_LIBRARIES = 64  # above this many files, their folder is mounted as a whole


@dataclass(frozen=True)
class Interpreter:
    """The paths that must be readable. `covers`: folders in them that must look empty."""

    binary: Path
    paths: tuple[Path, ...]
    links: tuple[tuple[Path, str], ...]  # system folders that are links, and where they point
    covers: tuple[Path, ...]


def describe() -> Interpreter:
    """Return what this process's own Python (not its virtual environment) needs."""
    binary = Path(getattr(sys, "_base_executable", None) or sys.executable).resolve()
    wanted: list[Path] = []
    links: list[tuple[Path, str]] = []
    for name in _SYSTEM_FOLDERS:
        folder = Path(name)
        if folder.is_symlink():
            links.append((folder, str(folder.readlink())))
        elif os.path.isdir(folder):
            wanted.append(folder)
    wanted += [Path(name) for name in (*_SYSTEM_FILES, *_SYSTEM_DATA) if os.path.exists(name)]
    wanted += [binary, *_standard_library(), *_own_libraries()]
    paths: list[Path] = []
    for path in wanted:
        if not any(path.is_relative_to(other) for other in paths):
            paths.append(path)
    return Interpreter(binary, tuple(paths), tuple(links), _third_party(paths))


def _standard_library() -> list[Path]:
    folders = [Path(os.__file__).parent]
    if extensions := sysconfig.get_config_var("DESTSHARED"):
        folders.append(Path(extensions))
    return [folder.resolve() for folder in folders if os.path.isdir(folder)]


def _own_libraries() -> list[Path]:
    """Return libpython and what was built along with it, outside the system's folders."""
    where = sysconfig.get_config_var("LIBDIR")
    folder = Path(os.path.realpath(where)) if where else None
    if (
        folder is None
        or not os.access(folder, os.R_OK | os.X_OK)
        or str(folder).startswith(_SYSTEM_FOLDERS)
    ):
        return []
    files = sorted(p for p in folder.iterdir() if ".so" in p.suffixes or p.suffix == ".dylib")
    return files if len(files) <= _MOST_LIBRARIES else [folder]


def _third_party(paths: list[Path]) -> tuple[Path, ...]:
    """Return the folders of installed packages that lie in `paths`."""
    found = set()
    for path in paths:
        for name in ("site-packages", "dist-packages"):
            for pattern in (name, f"python3*/{name}"):
                found |= {p for p in path.glob(pattern) if p.is_dir()}
    return tuple(sorted(found))
