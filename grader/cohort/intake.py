"""What lies in a folder of submissions: whose it is, for which exercise, and what can't be matched.

Theory of operation. Names of folders and archives are hostile text: they are compared and shown
made visible, and never opened by what they say. Whose a hand-in is, is decided by where it lies
and by the identity file; what its manifest claims is only held against that, and decides where
nothing else says it. Nothing is dropped: what belongs to nobody or to no exercise is listed with
the nearest guess. A label can be a name, so what reports repeat has pseudonyms in its place.
"""

from __future__ import annotations

import difflib
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from grader.cohort.contents import Contents, Course, entries, exercises_of, survey
from grader.cohort.identifying import Identifying, Stranger, label_of
from grader.cohort.identity import Identity
from grader.cohort.manifests import made_at, read_manifest
from grader.cohort.repositories import Reader
from grader.errors import SubmissionError, UsageError
from grader.escaping import visible
from grader.evidence import Help
from grader.submission import ArchiveError, ZipLook, look_into_zip
from grader.workspace.handing_in import MANIFEST, Manifest, PackedExercise

_NOBODY = "Somebody who isn't in the identity file handed something in."
_UNREADABLE = "Something in the submissions could not be read."


@dataclass(frozen=True)
class Found:
    """One hand-in of one exercise by one apprentice, and where it lies.

    `handed_in_at` is when it says that it was, None when it doesn't. `claim` is what a manifest
    says of the work, `remarks` what there is to say of where it came from.
    """

    apprentice: str
    exercise: str
    place: Path
    handed_in_at: datetime | None = None
    help: Help = Help.NONE
    claim: PackedExercise | None = None
    remarks: tuple[str, ...] = ()


@dataclass(frozen=True)
class Unmatched:
    """Something that belongs to nobody or to no exercise; `sentence` says what to do.

    `shared` says it for reports, without the label, which may be somebody's name.
    """

    name: str
    sentence: str
    shared: str


@dataclass(frozen=True)
class Intake:
    """Everything that was found; `identity` has a line for each new label."""

    found: tuple[Found, ...]
    unmatched: tuple[Unmatched, ...]
    identity: Identity


def take_in(
    root: Path,
    course: Course,
    identity: Identity,
    *,
    closed: bool = False,
    only: Collection[str] = (),
    repositories: Reader | None = None,
    now: datetime | None = None,
) -> Intake:
    """Look through a folder of submissions. UsageError when it can't be read at all.

    `course` has the names of work files by exercise. Whoever is not in `identity` gets a line
    there, unless it is `closed`: then they are listed. `only` helps to tell which exercise loose
    files are for. Without `repositories` none is read.
    """
    if root.suffix.casefold() == ".zip" and root.is_file():
        raise UsageError(
            f"`{visible(root.name)}` is an archive. Unpack it into a new folder and name that; "
            "archives of single people inside it are read as they are."
        )
    if not root.is_dir():
        raise UsageError(f"`{root}` isn't a folder; name the folder that holds the submissions.")
    taking = _Taking(course, only, Identifying(identity, closed=closed), repositories, now)
    everybody = [taking.look(label, paths) for label, paths in taking.labelled(root)]
    taking.who.expect({one.label: one.claimed for one in everybody})
    for person in everybody:
        taking.take(person)
    found = sorted(taking.found, key=_order)
    return Intake(tuple(found), tuple(taking.unmatched), taking.who.identity)


@dataclass(frozen=True)
class _Archive:
    """A zip archive as it was looked into; `manifest` is what it says of itself."""

    path: Path
    look: ZipLook
    manifest: Manifest | None
    remarks: tuple[str, ...] = ()


@dataclass
class _Person:
    """Everything under one label."""

    label: str
    paths: Sequence[Path]
    contents: Contents
    archives: list[_Archive] = field(default_factory=list)
    refused: list[tuple[Path, str]] = field(default_factory=list)

    @property
    def holds_something(self) -> bool:
        """A folder is somebody's, whatever is in it; a single file has to be of use."""
        useful = self.archives or self.contents.homes or self.contents.repositories
        return bool(useful) or any(path.is_dir() for path in self.paths)

    @property
    def claimed(self) -> set[str]:
        return {one.manifest.apprentice for one in self.archives if one.manifest}


class _Taking:
    """One intake: what was found so far, and who is known by now."""

    def __init__(
        self,
        course: Course,
        only: Collection[str],
        who: Identifying,
        repositories: Reader | None,
        now: datetime | None,
    ) -> None:
        self.who = who
        self.found: list[Found] = []
        self.unmatched: list[Unmatched] = []
        self._course = course
        self._only = only
        self._repositories = repositories
        self._now = now or datetime.now(UTC)

    def labelled(self, root: Path) -> list[tuple[str, list[Path]]]:
        """Files and folders by the label under which they are filed, in its order."""
        groups: dict[str, list[Path]] = {}
        for entry in entries(root):
            path = Path(entry.path)
            label = label_of(path, folder=entry.is_dir(follow_symlinks=False))
            fault = ""
            if entry.is_symlink():
                fault = "is a link, and links aren't followed"
            elif entry.name in self._course:
                fault = "is an exercise, and a person's folder was expected; put it into one"
            elif not label:
                fault = "is a file, and a person's folder or archive was expected"
            if fault:
                self._leave(entry.name, fault, "Something in the submissions is nobody's.")
            else:
                groups.setdefault(label, []).append(path)
        return sorted(groups.items())

    def look(self, label: str, paths: Sequence[Path]) -> _Person:
        """Look what lies under one label."""
        person = _Person(label, paths, survey(paths, self._course, self._only))
        self._look_into_archives(person)
        return person

    def take(self, person: _Person) -> None:
        """Take in what lies under one label; what can't be is listed."""
        label, paths, contents = person.label, person.paths, person.contents
        if not person.holds_something:
            for path, said in (*contents.strange, *person.refused):
                self._leave(path.name, said, _UNREADABLE)
            return
        who = self.who.find(label, person.claimed)
        if isinstance(who, Stranger):
            self._leave(
                label, who.said, "Somebody who isn't in the identity file handed something in."
            )
            return
        before = len(self.unmatched)
        hand_ins = [Found(who, exercise, place) for exercise, place in contents.homes]
        for archive in person.archives:
            hand_ins += self._in_archive(archive, who, paths)
        for path in contents.repositories:
            hand_ins += self._in_repository(path, who, paths)
        self.found += hand_ins
        for path, said in (*contents.strange, *person.refused):
            self._leave(_below(path, label, paths), f"{said}{self._guess(path)}", *_of(who))
        if not hand_ins and len(self.unmatched) == before:
            said = "holds no exercise; looked for folders named as they are and for their files"
            self._leave(label, said, f"{who} handed in nothing that is an exercise.")

    def _look_into_archives(self, person: _Person) -> None:
        """See what the archives hold and say of themselves; note those that are refused."""
        for path in person.contents.archives:
            try:
                look = look_into_zip(path, self._course, wanted=MANIFEST)
            except (ArchiveError, SubmissionError) as error:
                person.refused.append((path, str(error).rstrip(".")))
                continue
            if look.wanted is None:
                person.archives.append(_Archive(path, look, None))
                continue
            said = read_manifest(look.wanted)
            if isinstance(said, Manifest):
                person.archives.append(_Archive(path, look, said))
            else:
                remark = f"Its {said}; it was taken as work without one."
                person.archives.append(_Archive(path, look, None, (remark,)))

    def _in_archive(self, archive: _Archive, who: str, paths: Sequence[Path]) -> Iterator[Found]:
        manifest = archive.manifest
        if manifest is not None and manifest.apprentice != who:
            claimed = visible(manifest.apprentice, 60)
            said = (
                f"says that it is by {claimed} and lies with {who}'s work; ask whose it is, then "
                "move it, or correct the identity file"
            )
            self._leave(_below(archive.path, "", paths), said, *_of(who))
            return
        ids = _held(archive.look, self._course)
        if not ids:
            said = "is an archive without work for an exercise of this course"
            self._leave(_below(archive.path, "", paths), said, *_of(who))
        claims = {one.id: one for one in manifest.exercises} if manifest else {}
        remarks = archive.remarks
        at = made_at(manifest, self._now) if manifest else None
        if manifest is not None and at is None:
            shown = visible(manifest.made, 40)
            remarks += (f"Its {MANIFEST} says that it was made at `{shown}`, which can't be.",)
        for exercise in ids:
            claim = claims.get(exercise)
            missing = manifest is not None and claim is None
            yield Found(
                who,
                exercise,
                archive.path,
                at,
                Help.HINT if claim and claim.hints else Help.NONE,
                claim,
                (*remarks, f"Its {MANIFEST} doesn't name {exercise}.") if missing else remarks,
            )
        for exercise in sorted(set(claims) - set(ids)):
            said = f"names {visible(exercise, 60)} in its {MANIFEST} and holds no work for it"
            self._leave(_below(archive.path, "", paths), said, *_of(who))

    def _in_repository(self, path: Path, who: str, paths: Sequence[Path]) -> Iterator[Found]:
        read = self._repositories
        found = read(path, self._course) if read else "is a git repository, and none is read here"
        if isinstance(found, str):
            self._leave(_below(path, "", paths), found.rstrip("."), *_of(who))
            return
        at = found.at if found.at <= self._now else None
        late = () if at else ("The last commit is dated in the future.",)
        for exercise in found.exercises:
            yield Found(who, exercise, found.archive, at, remarks=(*found.remarks, *late))

    def _guess(self, path: Path) -> str:
        near = difflib.get_close_matches(path.name, self._course, n=1, cutoff=0.6)
        return f"; is it {near[0]}? Then rename it" if near and path.is_dir() else ""

    def _leave(self, name: str, said: str, shared: str) -> None:
        shown = visible(name, 120)
        self.unmatched.append(Unmatched(shown, f"{shown} {said}.", shared))


def _order(one: Found) -> tuple[str, str, str]:
    """Hand-ins of one run in the order of their paths, which ours have in the order of time."""
    return (one.apprentice, one.exercise, str(one.place))


def _held(look: ZipLook, course: Course) -> list[str]:
    """The exercises of an archive; work at its top has to fit one of them alone."""
    top = [one for one, home in look.homes.items() if not home]
    if len(top) > 1:
        fitting = exercises_of(look.top, {one: course[one] for one in top})
        top = fitting if len(fitting) == 1 else []
    return [one for one, home in look.homes.items() if home or one in top]


def _below(path: Path, label: str, paths: Sequence[Path]) -> str:
    """A path as the tutor sees it, from the folder of submissions on."""
    for one in paths:
        if path.is_relative_to(one):
            return str(path.relative_to(one.parent))
    return label or path.name


def _of(who: str) -> tuple[str]:
    return (f"Something that {who} handed in could not be matched.",)
