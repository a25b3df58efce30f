"""The top of the submissions: what lies there, grouped by the label under which it is filed."""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from pathlib import Path

from grader.cohort.contents import Course, Loose, entries
from grader.cohort.corrections import Corrections
from grader.cohort.labels import Filed, filed_as, without_number
from grader.cohort.leaving import Left

# What Microsoft Teams names the folders above people's, in its libraries.
_SUBMITTED, _WORKING = "submitted files", "working files"


@dataclass
class Group:
    """All that is filed under one person's label, in one layer of folders.

    `sure`: the platform says that these are people. `late` are files that it marks as late.
    """

    label: str
    layer: str = ""
    name: str = ""
    sure: bool = False
    folders: list[Path] = field(default_factory=list)
    loose: list[Loose] = field(default_factory=list)
    late: list[Path] = field(default_factory=list)

    @property
    def paths(self) -> list[Path]:
        """Everything, folders first."""
        return [*self.folders, *(one.path for one in self.loose)]


class Labelling:
    """Groups the entries of the submissions; what has no label is `left`."""

    def __init__(self, root: Path, course: Course, corrections: Corrections) -> None:
        self.groups: dict[tuple[str, ...], Group] = {}
        self.left: list[Left] = []
        self._root = root
        self._work = {name for work in course.values() for name in work}
        self._corrections = corrections

    def look(self, folder: Path, layer: str = "", *, sure: bool = False) -> None:
        """Group what lies in one layer."""
        for entry in entries(folder):
            path = Path(entry.path)
            place = path.relative_to(self._root).as_posix()
            is_folder = entry.is_dir(follow_symlinks=False)
            if self._corrections.ignores(place):
                continue
            if entry.is_symlink():
                said = "is a link, and links aren't followed; put the thing itself there"
                self.left.append(Left(path, said))
            elif is_folder and self._corrections.is_layer(place):
                self.look(path, place, sure=sure)
            elif is_folder and entry.name.casefold() == _SUBMITTED:
                self.look(path, place, sure=True)
            elif is_folder and entry.name.casefold() == _WORKING:
                said = "holds what wasn't handed in yet, and is passed over"
                self.left.append(Left(path, said, ("ignore", True)))
            else:
                self._entry(entry, place, is_folder, layer, sure)

    def _entry(
        self, entry: os.DirEntry[str], place: str, is_folder: bool, layer: str, sure: bool
    ) -> None:
        path = Path(entry.path)
        filed = filed_as(entry.name, folder=is_folder)
        if self._corrections.person(place) or self._corrections.person(entry.name):
            filed = filed if filed and filed.file else Filed(entry.name, (entry.name,))
        if filed is None:
            said = (
                "is a file, and a person's folder or archive was expected: its name doesn't say "
                "whose it is"
            )
            self.left.append(Left(path, said, ("people", "ID")))
            return
        group = self.groups.setdefault((layer, *filed.key), Group(filed.label, layer, filed.name))
        group.sure = group.sure or sure
        if is_folder:
            group.folders.append(path)
            return
        name = filed.file or entry.name
        plain, number = without_number(name) if filed.key[0] == "canvas" else (name, 0)
        renamed = name not in self._work and plain != name
        group.loose.append(Loose(plain if renamed else name, path, number if renamed else 0))
        if filed.late:
            group.late.append(path)
