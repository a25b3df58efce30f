"""Tells what lies in a folder: kinds, modes, targets of links, contents; nothing is followed."""

from __future__ import annotations

import base64
import os
import stat
from pathlib import Path
from typing import Any

from .answering import Refused, answer

MOST_ENTRIES = 2_000
MOST_BYTES = 6 << 20
DEEPEST = 40


def main(arguments: Any, fds: list[int]) -> None:
    """Entry point. `arguments`: `folder`."""
    answer(lambda: _survey(str(arguments["folder"])), fds[0])


def _survey(folder: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = []
    room = MOST_BYTES
    for base, folders, names in os.walk(folder):
        folders.sort()
        inside = os.path.relpath(base, folder)
        if inside.count("/") > DEEPEST:
            raise Refused(f"made folders more than {DEEPEST} deep in each other")
        for name in sorted([*folders, *names]):
            if len(found) == MOST_ENTRIES:
                raise Refused(f"made more than {MOST_ENTRIES:,} files and folders")
            entry = _entry(Path(base, name), os.path.normpath(f"{inside}/{name}"), room)
            room -= entry["size"] if entry["data"] is not None else 0
            found.append(entry)
    return found


def _entry(path: Path, name: str, room: int) -> dict[str, Any]:
    facts = path.lstat()
    told: dict[str, Any] = {
        "name": name.encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace"),
        "kind": "other",
        "mode": stat.S_IMODE(facts.st_mode),
        "size": facts.st_size,
        "target": "",
        "data": None,
    }
    if stat.S_ISDIR(facts.st_mode):
        told["kind"] = "folder"
    elif stat.S_ISLNK(facts.st_mode):
        target = os.readlink(path).encode("utf-8", "surrogateescape")  # noqa: PTH115
        told |= {"kind": "link", "target": target.decode("utf-8", "backslashreplace")}
    elif stat.S_ISREG(facts.st_mode):
        told["kind"] = "file"
        if facts.st_size <= room:
            told["data"] = _contents(path)
    return told


def _contents(path: Path) -> str | None:
    try:
        return base64.b64encode(path.read_bytes()).decode()
    except PermissionError:
        return None
