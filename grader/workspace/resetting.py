"""Puts starters back: what they replace is kept first, and can be brought back.

The starters lie in `.grader/pristine/<id>/`: a release puts them there, and in a checkout of the
course `grade start` keeps a copy of what nobody has touched yet.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from grader.catalogue import Exercise, find_given, is_plain_relative, read_starters, text_digest
from grader.errors import SubmissionError, UsageError
from grader.tables import did_you_mean, listed
from grader.workspace.history import Entry, History
from grader.workspace.place import NAME, Workspace, write_whole

PRISTINE = "pristine"
RESET = "replaced by the starter"
UNDO = "replaced by an earlier text"


@dataclass(frozen=True)
class Change:
    """One file that is about to change: its name, what is there (None: nothing), what comes."""

    file: str
    before: bytes | None
    after: bytes

    @property
    def lines(self) -> int:
        """How many lines the file has now."""
        return len((self.before or b"").splitlines())

    @property
    def new_lines(self) -> int:
        """How many lines the file will have."""
        return len(self.after.splitlines())


def keep_pristine(workspace: Workspace, exercises: Sequence[Exercise]) -> None:
    """Keep a copy of every work and given file that is still as the course gave it."""
    for exercise in exercises:
        known = read_starters(exercise.folder.parent).get(exercise.id, {})
        given = find_given(exercise)
        for name in (*exercise.work, *given.names):
            copy = workspace.folder / PRISTINE / exercise.id / name
            content = _content(exercise.folder / name)
            untouched = content is not None and (
                known.get(name) == text_digest(content)
                if name in exercise.work
                else name not in given.changed
            )
            if content is not None and untouched and _content(copy) != content:
                write_whole(copy, content)


def changes(workspace: Workspace, exercise: Exercise, files: Sequence[str]) -> tuple[Change, ...]:
    """Say what putting starters back changes; no files named means all of the work.

    Raises UsageError for a file that isn't the exercise's, SubmissionError when there is no
    starter to put back.
    """
    wanted = [_named(exercise, name) for name in files] or list(exercise.work)
    starters = {name: _starter(workspace, exercise, name) for name in wanted}
    missing = [name for name, content in starters.items() if content is None]
    if missing:
        raise SubmissionError(_no_starter(workspace, exercise, missing))
    pairs = [(name, _content(exercise.folder / name), starters[name]) for name in wanted]
    return tuple(
        Change(name, before, after)
        for name, before, after in pairs
        if after is not None and before != after
    )


def reset(workspace: Workspace, exercise: Exercise, planned: Sequence[Change]) -> None:
    """Put starters back; what they replace is on the disk before anything is replaced."""
    _replace(workspace, exercise, planned, RESET)


def last_replaced(workspace: Workspace, exercise: Exercise) -> tuple[Change, ...]:
    """Say what bringing back the texts that were replaced last would change.

    Raises SubmissionError when nothing was.
    """
    history = History(workspace)
    entries = [one for one in history.entries() if _is_of(one, exercise)]
    if not entries:
        raise SubmissionError(
            f"There is nothing to bring back: `grade reset {exercise.id}` has replaced nothing yet."
        )
    together = [one for one in entries if one.at == entries[-1].at]
    found = [(one.file.partition("/")[2], history.content(one)) for one in together]
    return tuple(Change(name, _content(exercise.folder / name), text) for name, text in found)


def undo(workspace: Workspace, exercise: Exercise, planned: Sequence[Change]) -> None:
    """Bring the texts back that were replaced last; a second time takes that back again."""
    _replace(workspace, exercise, planned, UNDO)


def _replace(workspace: Workspace, exercise: Exercise, planned: Sequence[Change], why: str) -> None:
    before = {f"{exercise.id}/{one.file}": one.before for one in planned if one.before is not None}
    if before:
        History(workspace).keep_all(before, why)
    for one in planned:
        write_whole(exercise.folder / one.file, one.after)


def _is_of(entry: Entry, exercise: Exercise) -> bool:
    """Whether a reset or its undoing kept this, of a file that still belongs to the exercise."""
    folder, _, name = entry.file.partition("/")
    ours = name in exercise.work or name in find_given(exercise).names
    return folder == exercise.id and entry.why in (RESET, UNDO) and ours


def _named(exercise: Exercise, text: str) -> str:
    """The file that is meant by "fares.py", or by a path with the exercise's folder in it."""
    given = find_given(exercise)
    known = (*exercise.work, *given.names, *given.missing)
    name = text.rpartition(f"{exercise.id}/")[2].removeprefix("./")
    if name not in known or not is_plain_relative(name):
        raise UsageError(
            f"`{text}` isn't a file of {exercise.id}"
            f"{did_you_mean(name, known) or '; it has ' + listed(known)}"
        )
    return name


def _no_starter(workspace: Workspace, exercise: Exercise, names: Sequence[str]) -> str:
    one = names[0] if len(names) == 1 else "them"
    paths = " ".join(f"{exercise.folder.parent.name}/{exercise.id}/{name}" for name in names)
    text = (
        f"The starter of {listed(names)} isn't kept here (looked in {NAME}/{PRISTINE}/"
        f"{exercise.id}/), so nothing was changed. "
    )
    if (workspace.folder.parent / ".git").exists():
        return text + (
            f"Your course is a git checkout, so git can bring {one} back. That throws away what is "
            f"there now: copy it first, then run `git checkout HEAD -- {paths}`."
        )
    return text + f"Take {one} out of the pack that your tutor gave you."


def _starter(workspace: Workspace, exercise: Exercise, name: str) -> bytes | None:
    """The starter that is kept; None without one, or when the course has a newer one since."""
    content = _content(workspace.folder / PRISTINE / exercise.id / name)
    wanted = read_starters(exercise.folder.parent).get(exercise.id, {}).get(name)
    newer = content is not None and wanted not in (None, text_digest(content))
    return None if newer else content


def _content(path: Path) -> bytes | None:
    try:
        return path.read_bytes()
    except OSError:
        return None
