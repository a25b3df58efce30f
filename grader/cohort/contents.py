"""What one person's hand-ins consist of: exercises' folders, archives, repositories, loose files.

Theory of operation. Everything here may have been named to mislead. Links are not followed, what
is hidden or installed is passed over, depth and number of entries are bounded, and a file is
opened only by the readers of `grader.submission`.
"""

from __future__ import annotations

import os
import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from grader.errors import SubmissionError, UsageError
from grader.escaping import visible
from grader.submission import is_closed_folder, read_notebook

MOST_ENTRIES = 20_000
DEEPEST = 4
_ALLOW = "allow reading it and all that is in it, then run this again"
_MARK = re.compile(rb"%%workfile[ \t]+([a-z0-9-]{1,64})/")

Course = Mapping[str, Sequence[str]]  # the names of work files by exercise


@dataclass
class Contents:
    """What was found. `homes` are exercises and where their work lies; `strange` fits nowhere."""

    only: Collection[str] = ()
    homes: list[tuple[str, Path]] = field(default_factory=list)
    archives: list[Path] = field(default_factory=list)
    repositories: list[Path] = field(default_factory=list)
    strange: list[tuple[Path, str]] = field(default_factory=list)


def survey(paths: Sequence[Path], course: Course, only: Collection[str] = ()) -> Contents:
    """Look through the files and folders that are filed under one label.

    With `only`, loose files are taken as work for one of these exercises.
    """
    found = Contents(only=only)
    loose = [path for path in paths if not path.is_dir()]
    for path in paths:
        if path.is_dir():
            _folder(path, course, found, 0)
    if loose:
        _files(loose, course, found, home=None)
    _prefer_named(found)
    return found


def _prefer_named(found: Contents) -> None:
    """A folder that only looks like an exercise gives way to the one that is named as it is."""
    named = {exercise for exercise, path in found.homes if path.name == exercise}
    guessed = [
        (exercise, path)
        for exercise, path in found.homes
        if exercise in named and path.name != exercise and path.is_dir()
    ]
    for exercise, path in guessed:
        found.homes.remove((exercise, path))
        said = f"looks like work for {exercise}, but a folder of that name is there as well"
        found.strange.append((path, said))


def entries(folder: Path) -> list[os.DirEntry[str]]:
    """What lies in a folder by name, hidden things left out; UsageError when it can't be read."""
    try:
        with os.scandir(folder) as listing:
            found = [entry for _, entry in zip(range(MOST_ENTRIES + 1), listing, strict=False)]
    except OSError as error:
        shown = visible(folder.name)
        raise UsageError(f"`{shown}` can't be read: {error.strerror}.") from None
    if len(found) > MOST_ENTRIES:
        raise UsageError(f"`{visible(folder.name)}` holds more than {MOST_ENTRIES:,} entries.")
    kept = [entry for entry in found if not entry.name.startswith(".")]
    return sorted(kept, key=lambda entry: entry.name)


def exercises_of(names: Collection[str], course: Course) -> list[str]:
    """The exercises whose work has most of these names; several when they can't be told apart."""
    hits = {one: len(set(work).intersection(names)) for one, work in course.items()}
    most = max(hits.values(), default=0)
    return [one for one, number in hits.items() if most and number == most]


def _folder(folder: Path, course: Course, found: Contents, depth: int) -> None:
    try:
        inside = entries(folder)
    except UsageError as error:
        found.strange.append((folder, f"was left out: {str(error).rstrip('.')}; {_ALLOW}"))
        return
    if _is_repository(folder):
        found.repositories.append(folder)
        return
    files: list[Path] = []
    for entry in inside:
        path = Path(entry.path)
        if entry.is_symlink():
            found.strange.append((path, "is a link, and links aren't followed"))
        elif entry.is_file(follow_symlinks=False):
            files.append(path)
        elif not entry.is_dir(follow_symlinks=False):
            found.strange.append((path, "is neither a file nor a folder"))
        elif entry.name in course:
            found.homes.append((entry.name, path))
        elif not is_closed_folder(entry.name):
            _inner(path, course, found, depth)
    _files(files, course, found, home=folder)


def _is_repository(folder: Path) -> bool:
    try:
        return (folder / ".git").is_dir() and not (folder / ".git").is_symlink()
    except OSError:  # we may see its names and no more; reading its work says so
        return False


def _inner(folder: Path, course: Course, found: Contents, depth: int) -> None:
    """A folder that is no exercise: whatever it holds, else itself is what can't be matched."""
    inside = Contents(only=found.only)
    if depth < DEEPEST:
        _folder(folder, course, inside, depth + 1)
    if not inside.homes and not inside.archives and not inside.repositories:
        found.strange.append((folder, "is no exercise of this course"))
        return
    found.homes += inside.homes
    found.archives += inside.archives
    found.repositories += inside.repositories
    found.strange += inside.strange


def _files(files: Sequence[Path], course: Course, found: Contents, *, home: Path | None) -> None:
    """Sort loose files; work that lies beside other things belongs to the exercise it fits."""
    rest: list[Path] = []
    for path in files:
        suffix = path.suffix.casefold()
        if suffix == ".zip":
            found.archives.append(path)
        elif suffix == ".bundle":
            found.repositories.append(path)
        elif suffix == ".ipynb" and (ids := _exercises_in(path, course)):
            found.homes += [(one, path) for one in ids]
        else:
            rest.append(path)
    wanted = {one: work for one, work in course.items() if not found.only or one in found.only}
    fitting = exercises_of([path.name for path in rest], wanted) if home else []
    if home is not None and len(fitting) == 1:
        found.homes.append((fitting[0], home))
        rest = [path for path in rest if path.name not in course[fitting[0]]]
        said = f"wasn't taken as work for {fitting[0]}"
    elif fitting:
        said = f"could be for {' or '.join(fitting[:5])}; put it into a folder of that name"
    else:
        said = "is a file that belongs to no exercise"
    found.strange += [(path, said) for path in rest]


def _exercises_in(notebook: Path, course: Course) -> list[str]:
    """The exercises that a notebook has cells for."""
    try:
        with notebook.open("rb") as file:
            named = {mark.decode() for mark in _MARK.findall(file.read(10_000_000))}
        return [
            one
            for one in sorted(named.intersection(course))
            if read_notebook(notebook, course[one], exercise=one).files
        ]
    except (OSError, SubmissionError):
        return []
