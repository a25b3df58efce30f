"""What lies in a folder of submissions: whose it is, for which exercise, and what can't be matched.

Theory of operation. Names of folders and archives are hostile text: they are compared and shown
made visible, and never opened by what they say. Whose a hand-in is, is decided by where it lies,
by the identity file and by the tutor's corrections; what its manifest claims is only held against
that. A folder that may be several people's is refused. Nothing is dropped: what belongs to nobody
or to no exercise is listed with what to do.
"""

from __future__ import annotations

import re
import shlex
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from grader.cohort.archives import Archive, look_into, packed_in, unheld, why_empty
from grader.cohort.contents import Course, Home, survey
from grader.cohort.corrections import Corrections
from grader.cohort.identifying import Identifying, Somebody, Stranger, is_certain
from grader.cohort.identity import Identity
from grader.cohort.labelling import Group, Labelling
from grader.cohort.leaving import Cure, Left
from grader.cohort.listing import Listing, Unmatched, work_of
from grader.cohort.parting import Parting, Person
from grader.cohort.repositories import Reader
from grader.cohort.spool import Spool
from grader.errors import UsageError
from grader.escaping import visible
from grader.evidence import Help
from grader.results import IntakeEntry
from grader.workspace.handing_in import MANIFEST, PackedExercise

_DIGITS = re.compile(r"(\d+)")


@dataclass(frozen=True)
class Found:
    """One hand-in of one exercise by one apprentice, and where it lies.

    `handed_in_at` is when it says that it was, None when it doesn't. `claim` is what a manifest
    says of the work, `remarks` what there is to say of where it came from. `shown` is where it
    lies in the submissions.
    """

    apprentice: str
    exercise: str
    place: Path
    handed_in_at: datetime | None = None
    help: Help = Help.NONE
    claim: PackedExercise | None = None
    remarks: tuple[str, ...] = ()
    shown: str = ""
    files: tuple[str, ...] = ()
    order: int = 0


@dataclass(frozen=True)
class Intake:
    """Everything that was found; `identity` has a line for whoever is new and handed in work.

    `entries` is the whole list, label by label. `layers` are sentences on what may be several
    people's. `unused` are corrections that stand for nothing here.
    """

    found: tuple[Found, ...]
    unmatched: tuple[Unmatched, ...]
    identity: Identity
    entries: tuple[IntakeEntry, ...] = ()
    layers: tuple[str, ...] = ()
    unused: tuple[str, ...] = ()


def take_in(
    root: Path,
    course: Course,
    identity: Identity,
    *,
    closed: bool = False,
    only: Collection[str] = (),
    repositories: Reader | None = None,
    now: datetime | None = None,
    spool: Spool | None = None,
    corrections: Corrections | None = None,
) -> Intake:
    """Look through a folder of submissions. UsageError when it can't be read at all.

    `course` has the names of work files by exercise. Whoever is not in `identity` gets a line
    there, unless it is `closed`: then they are listed. `only` helps to tell which exercise loose
    files are for. Without `repositories` none is read, without `spool` no download in one archive
    and no files that lie beside other people's.
    """
    named = root
    if root.suffix.casefold() == ".zip" and root.is_file():
        if spool is None:
            raise UsageError(f"`{visible(root.name)}` is an archive. Unpack it into a new folder.")
        root = spool.unpack(root)
    if not root.is_dir():
        raise UsageError(f"`{root}` isn't a folder; name the folder that holds the submissions.")
    said = corrections or Corrections()
    taking = _Taking(named, root, course, only, identity, closed, said)
    taking.repositories, taking.spool = repositories, spool
    taking.now = now or datetime.now(UTC)
    return taking.all()


class _Taking:
    """One intake: what was found so far, and who is known by now."""

    repositories: Reader | None = None
    spool: Spool | None = None
    now: datetime = datetime.max.replace(tzinfo=UTC)

    def __init__(
        self,
        named: Path,
        root: Path,
        course: Course,
        only: Collection[str],
        identity: Identity,
        closed: bool,
        corrections: Corrections,
    ) -> None:
        self.found: list[Found] = []
        self.layers: list[str] = []
        self._named, self._root = named, root
        self._course, self._only = course, only
        self._corrections = corrections
        self._who = Identifying(identity, closed=closed, corrections=corrections)
        self._parting = Parting(identity, course)
        self._list = Listing(root)

    def all(self) -> Intake:
        """Look at every label, then find out whose each is."""
        labelling = Labelling(self._root, self._course, self._corrections)
        labelling.look(self._root)
        for left in labelling.left:
            self._list.nobodys(self._list.place(left.path), [left])
        groups = sorted(labelling.groups.values(), key=lambda one: (one.layer, one.label))
        everybody = [self._look(group) for group in groups]
        people = [one for one in everybody if not one.layer]
        self._who.expect(one.labelled for one in people)
        for person in everybody:
            self._take(person)
        order = {id(one): number for number, one in enumerate(self.found)}
        found = sorted(self.found, key=lambda one: (_order(one), order[id(one)]))
        return Intake(
            tuple(found),
            tuple(self._list.unmatched),
            self._who.identity,
            tuple(self._list.entries),
            tuple(self.layers),
            tuple(self._unused(everybody)),
        )

    # -- looking

    def _look(self, group: Group) -> Person:
        """Look what lies under one label, and whether it can be one person's."""
        label = group.label
        contents = survey(
            group.loose,
            group.folders,
            self._course,
            only=self._only,
            said=lambda path: self._corrections.exercise(self._list.place(path)),
            ignored=lambda path: self._corrections.ignores(self._list.place(path)),
            somebody_else=lambda name: self._parting.somebody_else(label, name),
        )
        person = Person(group, contents)
        certain = group.sure or is_certain(label, self._who.identity, self._corrections)
        for path in contents.archives:
            looked = look_into(path, self._course)
            if isinstance(looked, str):
                person.left.append(Left(path, looked))
                continue
            person.archives.append(looked)
        if not certain:
            person.layer = self._parting.why_several(person)
        if not person.layer:
            self._parting.part_others(person)
        return person

    # -- taking

    def _take(self, person: Person) -> None:
        """Take in what lies under one label; what can't be is listed."""
        label = person.group.label
        lefts = [*person.contents.left, *person.left]
        if person.layer:
            self._refuse_layer(person)
            return
        if not person.group.folders and not self._holds_something(person):
            self._list.nobodys(label, lefts)
            return
        before = self._who.identity
        who = self._who.find(person.labelled)
        if isinstance(who, Stranger):
            claimed = next(iter(sorted(person.labelled.claimed)), "ID")
            cure: Cure = ("people", claimed if len(person.labelled.claimed) == 1 else "ID")
            self._list.nobodys(label, [Left(person.group.paths[0], who.said, cure, label), *lefts])
            return
        hand_ins = list(self._hand_ins(person, who.id, lefts))
        if not hand_ins:
            if not lefts:
                said = "holds no exercise; looked for folders named as they are and for their files"
                lefts.append(Left(person.group.paths[0], said))
            if before.people != self._who.identity.people:
                self._who.identity = before  # nothing makes an apprentice but work
                who = Somebody("", "")
        self.found += hand_ins
        work = [work_of(one.exercise, one.shown, one.files, one.remarks) for one in hand_ins]
        self._list.person(label, who.id, who.by, work, lefts)

    def _holds_something(self, person: Person) -> bool:
        found = person.contents
        return bool(found.homes or person.archives or found.repositories)

    def _hand_ins(self, person: Person, who: str, lefts: list[Left]) -> Iterator[Found]:
        for number, home in enumerate(person.contents.homes):
            if (found := self._at_home(home, who, number, person, lefts)) is not None:
                yield found
        for archive in sorted(person.archives, key=lambda one: _natural(str(one.path))):
            yield from self._in_archive(archive, who, person, lefts)
        for path in person.contents.repositories:
            yield from self._in_repository(path, who, lefts)

    def _at_home(
        self, home: Home, who: str, number: int, person: Person, lefts: list[Left]
    ) -> Found | None:
        place: Path | str = home.place
        if home.gathered:
            cant = "is one file of a download, and none is put together here"
            place = self.spool.gather(home.exercise, home.gathered) if self.spool else cant
        if isinstance(place, str):
            lefts.append(Left(home.place, place))
            return None
        remarks = (*home.remarks, *_late(person.group, home.gathered.values() or [home.place]))
        shown = self._list.place(home.place)
        return Found(
            who, home.exercise, place, remarks=remarks, shown=shown, files=home.files, order=number
        )

    def _in_archive(
        self, archive: Archive, who: str, person: Person, lefts: list[Left]
    ) -> Iterator[Found]:
        if archive.manifest is not None and archive.manifest.apprentice != who:
            claimed = visible(archive.manifest.apprentice, 60)
            said = (
                f"says that it is by {claimed} and lies with {who}'s work; ask whose it is, then "
                "move it, or correct the identity file"
            )
            lefts.append(Left(archive.path, said))
            return
        held = list(packed_in(archive, self._course, self.now, self._only))
        if not held:
            lefts.append(Left(archive.path, why_empty(archive)))
        late = _late(person.group, [archive.path])
        for one in held:
            yield Found(
                who,
                one.exercise,
                archive.path,
                one.at,
                Help.HINT if one.claim and one.claim.hints else Help.NONE,
                one.claim,
                (*one.remarks, *late),
                self._list.place(archive.path),
                one.files,
            )
        for exercise in unheld(archive, [one.exercise for one in held]):
            said = f"names {visible(exercise, 60)} in its {MANIFEST} and holds no work for it"
            lefts.append(Left(archive.path, said))

    def _in_repository(self, path: Path, who: str, lefts: list[Left]) -> Iterator[Found]:
        read = self.repositories
        found = read(path, self._course) if read else "is a git repository, and none is read here"
        if isinstance(found, str):
            lefts.append(Left(path, found.rstrip(".")))
            return
        at = found.at if found.at <= self.now else None
        late = () if at else ("The last commit is dated in the future.",)
        for exercise in found.exercises:
            remarks = (*found.remarks, *late)
            shown = self._list.place(path)
            yield Found(who, exercise, found.archive, at, remarks=remarks, shown=shown)

    # -- listing

    def _refuse_layer(self, person: Person) -> None:
        """List what may be several people's, with the command for each and the line instead."""
        for path in person.group.paths:
            place = self._list.place(path)
            command = visible(shlex.join(["grade", "cohort", str(self._named / place)]), 400)
            if self._named != self._root:
                command = f"unpack {visible(self._named.name, 80)} and name this folder"
            said = f"{person.layer}. If people's work is in it, grade it by itself: {command}"
            cure: Cure = ("layers", True) if path.is_dir() else ("people", "ID")
            self._list.nobodys(place, [Left(path, said, cure)], person=path.is_dir())
            self.layers.append(f"{visible(place, 120)} {said}.")

    def _unused(self, everybody: Sequence[Person]) -> list[str]:
        labels = {one.group.label for one in everybody}
        keys = self._corrections.unused(labels | self._list.places)
        return [key for key in keys if not (self._root / key).exists()]


def _late(group: Group, paths: Collection[Path]) -> tuple[str, ...]:
    late = any(path in group.late for path in paths)
    return ("The platform marks it as handed in late.",) if late else ()


def _order(one: Found) -> tuple[str, str, int, list[tuple[int, str]]]:
    """Hand-ins of one run in the order of their paths, which ours have in the order of time."""
    return (one.apprentice, one.exercise, one.order, _natural(one.shown))


def _natural(path: str) -> list[tuple[int, str]]:
    """A path in parts that sort as people number things: 2 before 10."""
    parts = _DIGITS.split(path)
    return [(int(part), "") if part.isdecimal() else (0, part) for part in parts]
