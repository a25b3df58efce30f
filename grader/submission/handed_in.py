"""What somebody hands in, whatever it is: a folder, a zip archive or a notebook."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from grader.errors import SubmissionError
from grader.escaping import visible
from grader.submission.findings import ReadLimits, Submission
from grader.submission.folder import read_folder
from grader.submission.notebook import MarkedCell, NotANotebookError, marked_cells
from grader.submission.opening import UnreadableError, open_root, read_file
from grader.submission.reading import LIMITS, Wanted, read_cells
from grader.submission.zip_reader import read_zip, refused_as_a_whole

_NOTEBOOK, _ZIP = ".ipynb", ".zip"
_OTHER_ARCHIVES = (
    ".tar", ".tgz", ".tbz", ".tbz2", ".txz", ".tar.gz", ".tar.bz2", ".tar.xz", ".tar.zst", ".7z",
    ".rar", ".gz", ".bz2", ".xz",
)  # fmt: skip


def read_submission(
    path: Path,
    work: Sequence[str],
    *,
    exercise: str,
    limits: ReadLimits = LIMITS,
    given: Mapping[str, bytes] | None = None,
    starters: Mapping[str, str] | None = None,
) -> Submission:
    """Return the work files of an exercise from a folder, a zip archive or a notebook.

    With `starters` (digests by file) a notebook's cell that is still the starter gives way.

    Anything else gives no file and one finding that says what to hand in. Raises SubmissionError
    when it isn't there or can't be opened.
    """
    if path.is_dir():
        return read_folder(
            path, work, limits=limits, given=given, exercise=exercise, starters=starters
        )
    name = path.name.casefold()
    if name.endswith(_ZIP):
        return read_zip(
            path, work, exercise=exercise, limits=limits, given=given, starters=starters
        )
    if name.endswith(_NOTEBOOK):
        return read_notebook(path, work, exercise=exercise, limits=limits, starters=starters)
    if name.endswith(_OTHER_ARCHIVES):
        return refused_as_a_whole(path, "is an archive that isn't opened; hand in a zip")
    return refused_as_a_whole(
        path, "is not something to grade; hand in the folder of the exercise, or a zip of it"
    )


def read_marked_cells(path: Path, limits: ReadLimits = LIMITS) -> tuple[MarkedCell, ...]:
    """Return the `%%workfile` cells of a saved notebook; nothing is run.

    Raises SubmissionError when it isn't there, or is no notebook that can be read.
    """
    with open_root(path.absolute().parent) as root:
        try:
            return marked_cells(read_file(root, path.name, limits.notebook_bytes))
        except (UnreadableError, NotANotebookError) as error:
            raise SubmissionError(f"{visible(path.name)} {error}.") from None


def read_notebook(
    path: Path,
    work: Sequence[str],
    *,
    exercise: str,
    limits: ReadLimits = LIMITS,
    starters: Mapping[str, str] | None = None,
) -> Submission:
    """Return the work files that stand in a notebook's `%%workfile` cells; nothing is run."""
    wanted = Wanted(work=tuple(work), exercise=exercise, limits=limits, starters=starters or {})
    with open_root(path.absolute().parent) as root:
        try:
            data = read_file(root, path.name, limits.notebook_bytes)
        except UnreadableError as error:
            refused = refused_as_a_whole(path, str(error))
            lost = tuple(one.sentence for one in refused.findings) if error.lost else ()
            return replace(refused, lost=lost)
    return read_cells(path.name, data, wanted)
