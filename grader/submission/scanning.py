"""Lists what a learner's folder holds, up to a limit, without opening any file.

The list only serves to tell the learner what was left out; work files are opened by name.
"""

from __future__ import annotations

import itertools
import os
from dataclasses import dataclass, field
from typing import Literal

from grader.escaping import visible
from grader.submission.findings import Finding, ReadLimits
from grader.submission.names import is_closed_folder
from grader.submission.opening import open_inside

EntryKind = Literal["file", "folder", "link", "special"]


@dataclass(frozen=True)
class Entry:
    """One name in the folder: its relative path with "/" (perhaps with odd characters)."""

    path: str
    kind: EntryKind


@dataclass(frozen=True)
class Listing:
    """What was seen, and what is to be said where looking stopped."""

    entries: tuple[Entry, ...]
    findings: tuple[Finding, ...]


def scan(root: int, limits: ReadLimits) -> Listing:
    """List the open folder `root`: a folder's own names first, then what its folders hold."""
    looking = _Scan(limits)
    looking.look_into(root, "", 1)
    return Listing(tuple(looking.entries), tuple(looking.findings.values()))


@dataclass
class _Scan:
    """One scan while it lasts; `findings` by what they say, so that each is said once."""

    limits: ReadLimits
    entries: list[Entry] = field(default_factory=list)
    findings: dict[str, Finding] = field(default_factory=dict)

    def look_into(self, opened: int, prefix: str, depth: int) -> None:
        found = self._names_in(opened, prefix)
        self.entries += found
        for entry in found:
            name = entry.path.removeprefix(prefix)
            if entry.kind != "folder" or is_closed_folder(name):
                continue
            if depth == self.limits.depth:
                self._say("depth", entry.path, f"The folders go more than {depth} levels deep")
                continue
            try:
                with open_inside(opened, name) as inside:
                    self.look_into(inside, entry.path + "/", depth + 1)
            except OSError:
                self._say("closed", entry.path, f"The folder {visible(entry.path)} can't be opened")

    def _names_in(self, opened: int, prefix: str) -> list[Entry]:
        """Return the sorted entries of one folder, as many as the limit still allows."""
        room = self.limits.entries - len(self.entries)
        with os.scandir(opened) as entries:
            found = [
                Entry(prefix + entry.name, _kind_of(entry))
                for entry in itertools.islice(entries, room + 1)
            ]
        if len(found) > room:
            most = f"{self.limits.entries:,}"
            self._say("many", prefix, f"There are more than {most} files and folders")
        return sorted(found[:room], key=lambda entry: entry.path)

    def _say(self, what: str, path: str, sentence: str) -> None:
        shown = visible(path.rstrip("/"))
        if what not in self.findings:
            text = f"{sentence}; the rest was not looked at. The work files are read all the same."
            self.findings[what] = Finding(level="notice", file=shown, sentence=text)


def _kind_of(entry: os.DirEntry[str]) -> EntryKind:
    try:
        if entry.is_symlink():
            return "link"
        if entry.is_dir(follow_symlinks=False):
            return "folder"
        return "file" if entry.is_file(follow_symlinks=False) else "special"
    except OSError:
        return "special"
