"""Which work of somebody's belongs to which exercise: folders, zip archives, notebooks."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from grader.catalogue import Exercise
from grader.errors import SubmissionError, UsageError
from grader.escaping import visible
from grader.submission import ArchiveError, exercises_in_zip, read_submission


def refuse_work_without_course(paths: Sequence[Path]) -> None:
    """Raise UsageError when a path is a file of somebody's and no course was named."""
    for path in paths:
        if path.is_file():
            shown = visible(str(path))
            raise UsageError(
                f"`{shown}` is a file. If it holds work, say where the exercises are: "
                f"`grade {shown} --exercises FOLDER`. If not, name the exercise's folder."
            )


def work_under(paths: Sequence[Path], exercises: Sequence[Exercise]) -> dict[str, Path]:
    """Return where the work for each exercise lies, by its id; the first place found counts.

    Raises SubmissionError when a file that was named can't be taken.
    """
    found: dict[str, Path] = {}
    for path in paths:
        ids = _ids_in_file(path, exercises) if path.is_file() else None
        for exercise in exercises:
            if ids is not None and exercise.id in ids:
                found.setdefault(exercise.id, path)
            elif (path / exercise.id).is_dir():
                found[exercise.id] = path / exercise.id
            elif path.name == exercise.id and path.is_dir():
                found.setdefault(exercise.id, path)
    return found


def _ids_in_file(path: Path, exercises: Sequence[Exercise]) -> set[str]:
    """Return the exercises that a zip archive or a notebook holds work for."""
    if path.suffix.casefold() == ".zip":
        try:
            return set(exercises_in_zip(path, {one.id: one.work for one in exercises}))
        except ArchiveError as error:
            raise SubmissionError(f"`{visible(path.name)}` {error}.") from None
    ids: set[str] = set()
    for exercise in exercises:
        submission = read_submission(path, exercise.work, exercise=exercise.id)
        for finding in submission.findings:
            if finding.level == "refused" and not submission.files:
                raise SubmissionError(finding.sentence)
        if submission.files:
            ids.add(exercise.id)
    return ids
