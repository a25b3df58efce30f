"""Where an apprentice stands: what was last found about each exercise, and what to do next.

Every `grade` of the apprentice's own folder notes what it found in `.grader/checked.json`, with
the digest of the work, so that `grade start` need not grade the whole course again.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

import msgspec

from grader.catalogue import Exercise, digest_of, is_untouched, read_starters
from grader.errors import SubmissionError
from grader.results import ExerciseResult, Status
from grader.submission import read_folder
from grader.workspace.place import Workspace

FILE = "checked.json"
FORMAT = 1


class Checked(msgspec.Struct, frozen=True, kw_only=True):
    """What one grading found: digest of the work, status, when (ISO 8601, UTC)."""

    work: str
    status: Status
    provisional: bool
    at: str


class _Document(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    format: int = FORMAT
    exercises: dict[str, Checked] = {}


@dataclass(frozen=True)
class Standing:
    """Where one exercise stands. `status` is None when the work has not been checked as it is."""

    exercise: Exercise
    status: Status | None
    provisional: bool = False

    @property
    def done(self) -> bool:
        """Whether there is nothing left to do for the apprentice."""
        return self.status in (Status.MET, Status.PENDING)

    @property
    def begun(self) -> bool:
        """Whether the apprentice has changed the starters and isn't done."""
        return not self.done and self.status is not Status.NOT_STARTED


def note(workspace: Workspace, results: Iterable[ExerciseResult]) -> None:
    """Note what a grading found, if there is a workspace; that it can't be is no reason to stop."""
    at = datetime.now(UTC).isoformat(timespec="seconds")
    found = {
        one.id: Checked(work=one.digest.work, status=one.status, provisional=one.provisional, at=at)
        for one in results
    }
    try:
        if not workspace.exists:
            return
        with workspace.lock():
            before = _read(workspace)
            after = msgspec.structs.replace(before, exercises={**before.exercises, **found})
            workspace.write(FILE, after)
    except (SubmissionError, OSError):
        return


def standings(workspace: Workspace, exercises: Sequence[Exercise]) -> tuple[Standing, ...]:
    """Say where each exercise stands, without grading anything."""
    known = _read(workspace).exercises
    return tuple(_standing(exercise, known) for exercise in exercises)


def next_to_do(found: Sequence[Standing]) -> Standing | None:
    """Choose what to go on with: what was begun first, else the first not started, else none.

    Exercises come in the course's order, in which prerequisites stand first.
    """
    begun = [one for one in found if one.begun]
    return next(iter([*begun, *(one for one in found if not one.done)]), None)


def following(found: Sequence[Standing], current: str) -> Standing | None:
    """Choose what comes after an exercise: the next that isn't done, from the front after the end.

    None when everything else is done.
    """
    ids = [one.exercise.id for one in found]
    place = ids.index(current)
    return next((one for one in (*found[place + 1 :], *found[:place]) if not one.done), None)


def _standing(exercise: Exercise, known: Mapping[str, Checked]) -> Standing:
    read = read_folder(exercise.folder, exercise.work)
    if is_untouched(exercise, read.files, read_starters(exercise.folder.parent)):
        return Standing(exercise, Status.NOT_STARTED)
    checked = known.get(exercise.id)
    if checked is None or checked.work != digest_of(read.kept):
        return Standing(exercise, None)
    return Standing(exercise, checked.status, checked.provisional)


def _read(workspace: Workspace) -> _Document:
    return workspace.read(FILE, _Document, FORMAT) or _Document()
