"""What one person's hand-ins consist of: exercises' folders, archives, repositories, loose files.

Theory of operation. Everything here may have been named to mislead. Links are not followed, what
is hidden or installed is passed over, depth and number of entries are bounded, and a file is
opened only by the readers of `grader.submission`. Where two things could be the work, none is.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from grader.cohort.leaving import Left, Refusals
from grader.errors import SubmissionError, UsageError
from grader.escaping import visible
from grader.submission import (
    is_alike,
    is_closed_folder,
    is_system_file,
    named_as,
    read_notebook,
)

MOST_ENTRIES = 20_000
DEEPEST = 6
_ALLOW = "allow reading it and all that is in it, then run this again"
_MARK = re.compile(rb"%%workfile ([^\s/\"\\]{1,64})/")
_NUMBERED = re.compile(r"(?P<word>[^\W\d_]+)[ _.-]*(?P<number>\d{1,3})")
_ORDERED = frozenset({"version", "attempt", "try", "v", "round", "submission", "versuch"})

Course = Mapping[str, Sequence[str]]  # the names of work files by exercise
Said = Callable[[Path], tuple[str, str] | None]  # exercise and file that the tutor names for a path


@dataclass(frozen=True)
class Loose:
    """A file and the name that its owner gave it. `number`: how often it was handed in before."""

    name: str
    path: Path
    number: int = 0


@dataclass(frozen=True)
class Home:
    """Work for one exercise: a folder, a notebook, or `gathered` files by their names as work.

    `rank` is how surely it is that: 0 said by the tutor, 1 by the folder's name, 2 nearly so,
    3 by the names of its files.
    """

    exercise: str
    place: Path
    files: tuple[str, ...] = ()
    gathered: Mapping[str, Path] = field(default_factory=dict)
    rank: int = 1
    remarks: tuple[str, ...] = ()


@dataclass
class Contents:
    """What was found. `homes` are exercises and where their work lies; `left` fits nowhere."""

    homes: list[Home] = field(default_factory=list)
    archives: list[Path] = field(default_factory=list)
    repositories: list[Path] = field(default_factory=list)
    left: list[Left] = field(default_factory=list)


def survey(
    loose: Sequence[Loose],
    folders: Sequence[Path],
    course: Course,
    *,
    only: Collection[str] = (),
    said: Said = lambda _: None,
    ignored: Callable[[Path], bool] = lambda _: False,
    somebody_else: Callable[[str], str] = lambda _: "",
) -> Contents:
    """Look through the files and folders that are filed under one label.

    With `only`, loose files are taken as work for one of these exercises. `somebody_else` tells
    whose label a name is, if it is another person's.
    """
    looking = _Survey(course, only, said, ignored, somebody_else)
    for folder in folders:
        looking.folder(folder, 0)
    looking.files([one for one in loose if not ignored(one.path)], home=None)
    looking.choose()
    return looking.found


def entries(folder: Path) -> list[os.DirEntry[str]]:
    """What lies in a folder by name, hidden things and the system's left out; UsageError."""
    try:
        with os.scandir(folder) as listing:
            found = [entry for _, entry in zip(range(MOST_ENTRIES + 1), listing, strict=False)]
    except OSError as error:
        shown = visible(folder.name)
        raise UsageError(f"`{shown}` can't be read: {error.strerror}.") from None
    if len(found) > MOST_ENTRIES:
        raise UsageError(f"`{visible(folder.name)}` holds more than {MOST_ENTRIES:,} entries.")
    return sorted((one for one in found if not _is_passed_over(one)), key=lambda one: one.name)


def is_repository(folder: Path) -> bool:
    """Whether a folder is a clone, as far as we may see."""
    try:
        return (folder / ".git").is_dir() and not (folder / ".git").is_symlink()
    except OSError:  # we may see its names and no more; reading its work says so
        return False


def _is_passed_over(entry: os.DirEntry[str]) -> bool:
    if entry.is_dir(follow_symlinks=False):
        return is_closed_folder(entry.name)
    return is_system_file(entry.name)


def fit(names: Collection[str], course: Course) -> tuple[dict[str, set[str]], list[str]]:
    """Work files by the exercise that they are for; and the exercises between which they aren't.

    The exercise that has most of the names has them, then the next; where two that share a name
    have equally many, it is neither's.
    """
    rest, fitting = set(names), dict[str, set[str]]()
    while True:
        hits = {one: rest.intersection(work) for one, work in course.items() if one not in fitting}
        most = max(map(len, hits.values()), default=0)
        best = [one for one, found in hits.items() if most and len(found) == most]
        taken = set().union(*(hits[one] for one in best))
        if not best or len(taken) < most * len(best):
            return fitting, best
        fitting |= {one: hits[one] for one in best}
        rest -= taken


class _Survey:
    """One look through what one person handed in."""

    def __init__(
        self,
        course: Course,
        only: Collection[str],
        said: Said,
        ignored: Callable[[Path], bool],
        somebody_else: Callable[[str], str],
    ) -> None:
        self.found = Contents()
        self._course = course
        self._wanted = {one: work for one, work in course.items() if not only or one in only}
        self._said = said
        self._ignored = ignored
        self._somebody_else = somebody_else
        self._refusals = Refusals(course)

    def folder(self, folder: Path, depth: int) -> None:
        """Look through a folder that is no exercise."""
        try:
            inside = entries(folder)
        except UsageError as error:
            self._leave(folder, f"was left out: {str(error).rstrip('.')}; {_ALLOW}")
            return
        if is_repository(folder):
            self.found.repositories.append(folder)
            return
        files: list[Loose] = []
        for entry in inside:
            path = Path(entry.path)
            if self._ignored(path):
                continue
            if entry.is_symlink():
                self._leave(
                    path, "is a link, and links aren't followed; put the thing itself there"
                )
            elif other := self._somebody_else(entry.name):
                self._leave(path, f"is filed under the label of somebody else, {other}; move it")
            elif entry.is_file(follow_symlinks=False):
                files.append(Loose(entry.name, path))
            elif entry.is_dir(follow_symlinks=False):
                self._inner(path, depth)
            else:
                self._leave(path, "is neither a file nor a folder; take it out")
        self.files(files, home=folder)

    def _inner(self, folder: Path, depth: int) -> None:
        """A folder in a person's: an exercise, or whatever it holds."""
        if said := self._said(folder):
            self._add(Home(said[0], folder, self._work_in(folder, said[0]), rank=0))
            return
        if folder.name in self._course:
            self._add(Home(folder.name, folder, self._work_in(folder, folder.name)))
            return
        alike = [one for one in self._course if is_alike(folder.name, one)]
        if len(alike) == 1 and (work := self._work_in(folder, alike[0])):
            text = f"Its folder is named {visible(folder.name, 80)}; it was taken as {alike[0]}."
            self._add(Home(alike[0], folder, work, rank=2, remarks=(text,)))
            return
        before = self._count()
        if depth < DEEPEST:
            self.folder(folder, depth + 1)
        if self._count() == before:
            self._leave(folder, *self._refusals.of_folder(folder))

    def _count(self) -> int:
        found = self.found
        kinds = (found.homes, found.archives, found.repositories, found.left)
        return sum(len(kind) for kind in kinds)

    def files(self, files: Sequence[Loose], *, home: Path | None) -> None:
        """Sort loose files; work that lies beside other things belongs to the exercise it fits."""
        rest: list[Loose] = []
        notebooks: list[tuple[str, Path]] = []
        for one in files:
            suffix = Path(one.name).suffix.casefold()
            if said := self._said(one.path):
                self._as_said(one.path, *said)
            elif suffix == ".zip":
                self.found.archives.append(one.path)
            elif suffix == ".bundle":
                self.found.repositories.append(one.path)
            elif suffix == ".ipynb" and (ids := _exercises_in(one.path, self._course)):
                notebooks += [(exercise, one.path) for exercise in ids]
            else:
                rest.append(one)
        self._notebooks(notebooks)
        self._loose(rest, home)

    def _loose(self, files: Sequence[Loose], home: Path | None) -> None:
        newest = _newest(files)
        fitting, between = fit(newest, self._wanted)
        for exercise, names in fitting.items():
            ours = tuple(sorted(names))
            if home is not None:
                self._add(Home(exercise, home, ours, rank=3))
            else:
                gathered = {name: newest[name].path for name in ours}
                self._add(Home(exercise, newest[ours[0]].path, ours, gathered, rank=3))
        taken = {newest[name].path for names in fitting.values() for name in names}
        for one in files:
            if one.path in taken:
                continue
            if one.name in newest and newest[one.name].path != one.path:
                text = (
                    f"is an older copy of {visible(newest[one.name].path.name, 80)}, which counts"
                )
                self._leave(one.path, text, ("ignore", True))
            else:
                self._leave(one.path, *self._refusals.of_file(one.name, between, list(fitting)))

    def _notebooks(self, found: Sequence[tuple[str, Path]]) -> None:
        """Of several notebooks for one exercise the one that is named as it counts, or none."""
        for exercise in dict.fromkeys(one for one, _ in found):
            paths = [path for one, path in found if one == exercise]
            named = named_as([path.name for path in paths], exercise)
            chosen = [path for path in paths if len(paths) == 1 or path.name == named]
            for path in chosen[:1]:
                self._add(Home(exercise, path, (path.name,)))
            for path in paths:
                if path in chosen[:1]:
                    continue
                why = f"{named} has the exercise's name and counts" if named else "there are others"
                text = f"has cells for {exercise}, and {why}"
                self._leave(path, text, ("exercises", exercise))

    def _as_said(self, path: Path, exercise: str, name: str) -> None:
        work = self._course[exercise]
        if path.suffix.casefold() in (".zip", ".ipynb"):
            self._add(Home(exercise, path, (path.name,), rank=0))
            return
        known = name or (path.name if path.name in work else work[0] if len(work) == 1 else "")
        if not known:
            text = f"is for {exercise} as {FILE_OF_CORRECTIONS} says, which has to say which file"
            self._leave(path, text, ("exercises", f"{exercise}/{work[0]}"))
            return
        before = [one for one in self.found.homes if one.exercise == exercise and one.gathered]
        gathered = {**(before[0].gathered if before else {}), known: path}
        if before:
            self.found.homes.remove(before[0])
        self._add(Home(exercise, path, tuple(gathered), gathered, rank=0))

    def choose(self) -> None:
        """Of several places for one exercise keep those that surely are the work."""
        homes, self.found.homes = self.found.homes, []
        for exercise in dict.fromkeys(one.exercise for one in homes):
            ours = [one for one in homes if one.exercise == exercise]
            kept = _surest(ours)
            self.found.homes += kept
            for one in ours:
                if one not in kept:
                    self._leave(one.place, *_why_not(one, kept))

    def _add(self, home: Home) -> None:
        self.found.homes.append(home)

    def _leave(self, path: Path, said: str, cure: tuple[str, str | bool] | None = None) -> None:
        self.found.left.append(Left(path, said, cure))

    def _work_in(self, folder: Path, exercise: str) -> tuple[str, ...]:
        return tuple(name for name in self._course[exercise] if os.path.lexists(folder / name))


FILE_OF_CORRECTIONS = "corrections.toml"


def _newest(files: Sequence[Loose]) -> dict[str, Loose]:
    """Files by name; of one that was handed in several times the last."""
    newest: dict[str, Loose] = {}
    for one in sorted(files, key=lambda one: one.number):
        newest[one.name] = one
    return newest


def _surest(homes: Sequence[Home]) -> list[Home]:
    """The places that count: the surest, the attempts in their order, or the least deep."""
    books = [one for one in homes if one.place.suffix.casefold() == ".ipynb" and not one.gathered]
    rest = [one for one in homes if one not in books]
    best = [one for one in rest if one.rank == min(other.rank for other in rest)]
    if len(best) > 1 and (ordered := _in_order(best)):
        best = ordered
    elif len(best) > 1:
        depth = min(len(one.place.parts) for one in best)
        shallow = [one for one in best if len(one.place.parts) == depth]
        best = shallow if len(shallow) == 1 else []
    return [*best, *(books if len(books) == 1 else [])]


def _in_order(homes: Sequence[Home]) -> list[Home]:
    """Attempts that are numbered ("Version 2"), in that order; none when they aren't."""
    numbers = [list(_numbers(one.place)) for one in homes]
    alike = len({tuple(word for word, _ in one) for one in numbers}) == 1
    if not alike or len({str(one) for one in numbers}) < len(homes) or not numbers[0]:
        return []
    order = sorted(range(len(homes)), key=lambda place: [n for _, n in numbers[place]])
    return [homes[place] for place in order]


def _numbers(place: Path) -> Iterator[tuple[str, int]]:
    for part in place.parts[-DEEPEST:]:
        found = _NUMBERED.fullmatch(part)
        if found and found["word"].casefold() in _ORDERED:
            yield found["word"].casefold(), int(found["number"])


def _why_not(one: Home, kept: Sequence[Home]) -> tuple[str, tuple[str, str | bool]]:
    if not kept:
        text = (
            f"holds work for {one.exercise}, and another place does so too; "
            "say which of them counts, or have one taken out"
        )
        return text, ("exercises", one.exercise)
    if one.rank > kept[0].rank and one.place.is_dir():
        said = f"looks like work for {one.exercise}, but a folder of that name is there as well"
        return said, ("exercises", one.exercise)
    shown = visible(str(kept[0].place.name), 80)
    return f"holds work for {one.exercise} too; {shown}, which is less deep, counts", (
        "exercises",
        one.exercise,
    )


def _exercises_in(notebook: Path, course: Course) -> list[str]:
    """The exercises that a notebook has cells for."""
    try:
        with notebook.open("rb") as file:
            named = {
                mark.decode("utf-8", "replace") for mark in _MARK.findall(file.read(10_000_000))
            }
        return [
            one
            for one in sorted(named.intersection(course))
            if read_notebook(notebook, course[one], exercise=one).files
        ]
    except (OSError, SubmissionError):
        return []
