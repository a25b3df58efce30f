"""Reads a submission that is a zip archive, of one exercise or of several."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence, Set
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path, PurePosixPath

from grader.escaping import visible
from grader.submission.archive import Member, members_of, unpacked
from grader.submission.archive_names import ArchiveError
from grader.submission.findings import ArchiveLimits, Finding, ReadLimits, Submission, finding
from grader.submission.names import is_alike, is_closed_folder, is_system_file
from grader.submission.opening import UnreadableError, open_root, read_file
from grader.submission.reading import LIMITS, Wanted, read_work
from grader.submission.scanning import Entry, Listing

ARCHIVE_LIMITS = ArchiveLimits()


@dataclass(frozen=True)
class ZipLook:
    """What an archive holds: where each exercise's work lies ("" is the top), names at the top.

    `wanted` is the content of the one file that was asked for, None when it isn't there. `names`
    are all files.
    """

    homes: Mapping[str, str]
    top: tuple[str, ...]
    wanted: bytes | None = None
    names: tuple[str, ...] = ()


def read_zip(
    path: Path,
    work: Sequence[str],
    *,
    exercise: str,
    limits: ReadLimits = LIMITS,
    archive_limits: ArchiveLimits = ARCHIVE_LIMITS,
    given: Mapping[str, bytes] | None = None,
    starters: Mapping[str, str] | None = None,
) -> Submission:
    """Return the work files of one exercise in a zip archive, as `read_folder` would.

    They lie in a folder named by the exercise's id, or at the top when there is none. An archive
    that isn't sound gives no file and one finding that says why. Raises SubmissionError when the
    archive isn't there or can't be opened.
    """
    wanted = Wanted(
        work=tuple(work),
        exercise=exercise,
        given=given or {},
        limits=limits,
        starters=starters or {},
    )
    try:
        data, members = _opened(path, archive_limits)
        home, others = _home_of(members, exercise, wanted.work)
    except ArchiveError as error:
        return refused_as_a_whole(path, str(error))
    found = read_work(_Folder(data, members, home or ""), wanted)
    said = [_passed_over(other, home or "") for other in others]
    if home and PurePosixPath(home).name != exercise:
        text = f"was taken as the folder {exercise}, which isn't there"
        said.append(finding(home, "notice", text))
    if home is None:
        text = f"holds neither a folder named {exercise} nor {wanted.work[0]}"
        said.append(finding(path.name, "missing", text))
    kept = dict(found.as_handed_in)
    if any(one.level == "refused" and one.file not in kept for one in found.findings):
        kept[path.name] = data  # what can't be taken out of it is kept with all of it
    return replace(found, findings=(*said, *found.findings), as_handed_in=kept, lost=())


def exercises_in_zip(
    path: Path,
    exercises: Mapping[str, Sequence[str]],
    *,
    archive_limits: ArchiveLimits = ARCHIVE_LIMITS,
) -> tuple[str, ...]:
    """Return which of the exercises (ids, and work of each) an archive holds; raises ArchiveError.

    Raises SubmissionError when the archive isn't there or can't be opened.
    """
    return tuple(look_into_zip(path, exercises, archive_limits=archive_limits).homes)


def look_into_zip(
    path: Path,
    exercises: Mapping[str, Sequence[str]],
    *,
    wanted: str = "",
    limit: int = 1_000_000,
    archive_limits: ArchiveLimits = ARCHIVE_LIMITS,
) -> ZipLook:
    """Look where an archive holds which exercises, and read one small file of it; ArchiveError.

    Raises SubmissionError when the archive isn't there or can't be opened.
    """
    data, members = _opened(path, archive_limits)
    homes = {id_: _home_of(members, id_, tuple(work))[0] for id_, work in exercises.items()}
    files = {member.name: member for member in members if not member.is_folder}
    content = None
    if wanted in files:
        try:
            content = unpacked(data, files[wanted], limit)
        except UnreadableError as error:
            raise ArchiveError(f"holds {wanted}, which {error}") from None
    return ZipLook(
        {id_: home for id_, home in homes.items() if home is not None},
        tuple(name for name in files if "/" not in name),
        content,
        tuple(files),
    )


def unpack_zip(path: Path, to: Path, limits: ArchiveLimits) -> None:
    """Unpack a whole archive into a new folder; ArchiveError, OSError.

    Every name is a plain relative path by then and the folder is new, so nothing leads outside.
    """
    data, members = _opened(path, limits)
    to.mkdir()
    for member in members:
        *folders, last = member.name.removesuffix("/").split("/")
        if any(map(is_closed_folder, folders)) or is_system_file(last):
            continue
        place = to.joinpath(*folders, last)
        if member.is_folder:
            place.mkdir(parents=True, exist_ok=True)
            continue
        place.parent.mkdir(parents=True, exist_ok=True)
        try:
            place.write_bytes(unpacked(data, member, limits.member_bytes))
        except UnreadableError as error:
            raise ArchiveError(f"holds {visible(member.name, 80)}, which {error}") from None


def refused_as_a_whole(path: Path, reason: str) -> Submission:
    """Return a submission without files, and the reason."""
    return Submission(files={}, findings=(finding(path.name, "refused", reason),))


def _opened(path: Path, limits: ArchiveLimits) -> tuple[bytes, tuple[Member, ...]]:
    """Read a whole archive into memory, and its list of entries."""
    with open_root(path.absolute().parent) as root:
        try:
            data = read_file(root, path.name, limits.archive_bytes)
        except UnreadableError as error:
            raise ArchiveError(str(error)) from None
    return data, members_of(data, limits)


def _home_of(
    members: Iterable[Member], exercise: str, work: tuple[str, ...]
) -> tuple[str | None, list[str]]:
    """Return where the exercise's files lie ("" is the top, None nowhere), and other such places.

    Of several folders named by its id those with work in them count, and of these the one that
    is least deep.
    """
    names = {member.name for member in members if not member.is_folder}
    homes = _folders_named(lambda name: name == exercise, members)
    alike = _folders_named(lambda name: is_alike(name, exercise), members) - homes
    alike = {home for home in alike if any(home + name in names for name in work)}
    if not homes and names.intersection(work):
        return "", sorted(alike)
    if not homes and not alike:
        return None, []
    first, others = _foremost(homes or alike, names, exercise, work)
    return first, [*others, *sorted(alike)] if homes else others


def _foremost(
    homes: Set[str], names: Set[str], exercise: str, work: tuple[str, ...]
) -> tuple[str, list[str]]:
    """Of several folders of one exercise the one that counts, and the others with work in them."""
    filled = {home for home in homes if any(home + name in names for name in work)}
    ordered = sorted(homes, key=lambda home: (home not in filled, home.count("/"), home))
    first, others = ordered[0], [home for home in ordered[1:] if home in filled]
    if others and others[0].count("/") == first.count("/"):
        raise ArchiveError(
            f"holds work for {exercise} twice, in `{visible(first, 80)}` and in "
            f"`{visible(others[0], 80)}`; keep one of them"
        )
    return first, others


def _folders_named(is_named: Callable[[str], bool], members: Iterable[Member]) -> set[str]:
    """Return the folders of such a name, but for those in folders that are left out whole."""
    found: set[str] = set()
    for parent in {member.name.rpartition("/")[0] for member in members}:
        parts = parent.split("/")
        for place, part in enumerate(parts):
            if is_named(part):
                found.add("/".join((*parts[: place + 1], "")))
    return {home for home in found if not any(map(is_closed_folder, home.split("/")[:-1]))}


def _passed_over(other: str, home: str) -> Finding:
    shown = visible(home) or "the top of the archive"
    return finding(other, "notice", f"was not looked at; the work in {shown} was graded")


class _Folder:
    """A folder inside an archive as a source."""

    def __init__(self, data: bytes, members: Sequence[Member], home: str) -> None:
        self._data = data
        self._members = {
            member.name.removeprefix(home): member
            for member in members
            if member.name.startswith(home) and member.name != home
        }

    @cached_property
    def listing(self) -> Listing:
        """As `scan` would list it: folders too, and nothing of those that are left out whole."""
        entries: dict[str, Entry] = {}
        for name, member in self._members.items():
            *folders, last = name.removesuffix("/").split("/")
            for place, folder in enumerate(folders):
                path = "/".join(folders[: place + 1])
                entries.setdefault(path, Entry(path, "folder"))
                if is_closed_folder(folder):
                    break
            else:
                path = "/".join((*folders, last))
                entries.setdefault(path, Entry(path, "folder" if member.is_folder else "file"))
        ordered = sorted(entries.values(), key=lambda one: (one.path.count("/"), one.path))
        return Listing(tuple(ordered), ())

    def read(self, name: str, limit: int) -> bytes:
        member = self._members.get(name)
        if member is None:
            if self.holds(name, folder=True):
                raise UnreadableError("is a folder and a file is needed; put a file in its place")
            raise UnreadableError("isn't there", missing=True)
        return unpacked(self._data, member, limit)

    def holds(self, name: str, *, folder: bool = False) -> bool:
        is_folder = any(
            PurePosixPath(other).is_relative_to(name) for other in self._members if other != name
        )
        return is_folder or (not folder and name in self._members)
