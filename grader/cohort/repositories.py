"""Hand-ins that are git repositories: what was committed last, as an archive of work files.

Theory of operation. A repository is read by a reader in the sandbox, and comes out as checked
data with people's names replaced. Of the commit that is checked out only what the course knows
as work is kept, under the course's own names, in an archive that the one zip reader reads again:
no name that somebody else chose is ever written to the disk.
"""

from __future__ import annotations

import codecs
import zipfile
from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from grader.bridge.artefacts.malformed import Malformed
from grader.bridge.artefacts.readers import reader_sandbox
from grader.bridge.artefacts.repository import Commit, Repository, read_repository
from grader.cohort.contents import Course, fit
from grader.errors import SubmissionError
from grader.sandbox import Level, Sandbox
from grader.submission import is_closed_folder, read_folder, read_git_folder

MOST_BYTES = 48 << 20
SPOOL = 8_000_000  # bytes of one file, as of any other work
_HEADS = ("main", "master")


Work = tuple[str, bytes]  # its path in the repository, and what was committed


@dataclass(frozen=True)
class Committed:
    """The work of one commit: an archive of it, when it was made, what there is to say."""

    archive: Path
    exercises: tuple[str, ...]
    at: datetime
    remarks: tuple[str, ...] = ()


Reader = Callable[[Path, Course], Committed | str]


class Repositories:
    """Reads repositories into a private folder, with a sandbox from the first one on."""

    def __init__(self, level: Level, spool: Path) -> None:
        self._level = level
        self._spool = spool
        self._open = ExitStack()
        self._sandbox: Sandbox | None = None
        self._count = 0

    def __enter__(self) -> Repositories:
        return self

    def __exit__(self, *_: object) -> None:
        self._open.close()

    def read(self, path: Path, course: Course) -> Committed | str:
        """The work in a bundle or a clone; else why there is none, as the end of a sentence."""
        try:
            handed_in = _bytes_of(path)
            found = read_repository(self._readers(), handed_in)
        except (Malformed, SubmissionError, OSError) as error:
            return f"is a git repository that can't be read: {error}"
        commit = _last(found)
        if commit is None:
            return "is a git repository without a commit that is checked out"
        contents = found.contents(commit.id)
        work = _work_in(contents, course)
        if not work:
            return "is a git repository in which no exercise of this course is committed"
        self._count += 1
        archive = self._spool / f"{self._count}.zip"
        with zipfile.ZipFile(archive, "w", zipfile.ZIP_STORED) as out:
            for name in sorted(work):
                out.writestr(name, work[name][1])
        ids = dict.fromkeys(name.partition("/")[0] for name in sorted(work))
        moment = datetime.fromtimestamp(max(0, min(commit.committed, 1 << 33)), UTC)
        return Committed(archive, tuple(ids), moment, tuple(_remarks(found, work.values(), path)))

    def _readers(self) -> Sandbox:
        if self._sandbox is None:
            sandbox = reader_sandbox(self._level)
            self._open.callback(sandbox.close)
            self._sandbox = sandbox
        return self._sandbox


def _bytes_of(path: Path) -> bytes | Mapping[str, bytes]:
    if path.is_dir():
        return read_git_folder(path)
    with path.open("rb") as file:
        data = file.read(MOST_BYTES + 1)
    if len(data) > MOST_BYTES:
        raise SubmissionError(f"it is larger than {MOST_BYTES >> 20} MB")
    return data


def _last(found: Repository) -> Commit | None:
    """The commit that is checked out; of a bundle without HEAD, the usual branch or the only."""
    names = [found.refs.get(found.head, ""), found.refs.get("HEAD", "")]
    names += [found.branches.get(name, "") for name in _HEADS]
    if len(found.branches) == 1:
        names += found.branches.values()
    commits = (found.find(name) for name in names if name)
    return next((one for one in commits if one is not None), None)


def _work_in(contents: Mapping[str, bytes | None], course: Course) -> dict[str, Work]:
    """Work files by "<exercise>/<name>"; of several folders of an exercise the least deep."""
    found: dict[str, Work] = {}
    homes: dict[str, tuple[str, ...]] = {}
    for path in sorted(contents, key=lambda path: (path.count("/"), path)):
        for home, exercise, name in _places(path, course):
            data = contents[path]
            if homes.setdefault(exercise, home) == home and _is_taken(data):
                found[f"{exercise}/{name}"] = (path, data or b"")
    if not found:
        top = {path for path in contents if "/" not in path}
        for exercise, names in fit(top, course)[0].items():
            for name in names:
                if _is_taken(contents[name]):
                    found[f"{exercise}/{name}"] = (name, contents[name] or b"")
    return found


def _places(path: str, course: Course) -> Iterator[tuple[tuple[str, ...], str, str]]:
    """Where in its path an exercise's folder stands, and the name of the work in it."""
    parts = path.split("/")
    for place, part in enumerate(parts[:-1]):
        name = "/".join(parts[place + 1 :])
        if is_closed_folder(part):
            return
        if part in course and name in course[part]:
            yield tuple(parts[:place]), part, name


def _is_taken(data: bytes | None) -> bool:
    return data is not None and len(data) <= SPOOL


def _remarks(found: Repository, work: Collection[Work], place: Path) -> Iterator[str]:
    """What there is to say of a commit that isn't all that lies there."""
    if place.is_dir():
        there = read_folder(place, [path for path, _ in work]).files
        if any(path in there and _text(there[path]) != _text(data) for path, data in work):
            yield "Work was changed after the last commit; what was committed is graded."
    if found.conflicts or found.merging:
        yield "A merge was begun and not finished; the last commit is graded."


def _text(data: bytes) -> bytes:
    return data.removeprefix(codecs.BOM_UTF8).replace(b"\r\n", b"\n")
