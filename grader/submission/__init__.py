"""From what a learner hands in to a clean, bounded set of files; one reader per file.

What is not promised: that a folder being changed while it is read gives one moment's state, or
that a file system which itself hangs is given up on. Hard links count as files. An archive is
read into memory whole, so that it can't change; nothing of it is ever written anywhere.
"""

from grader.submission.archive_names import ArchiveError
from grader.submission.findings import (
    ArchiveLimits,
    Finding,
    FindingLevel,
    ReadLimits,
    Submission,
)
from grader.submission.folder import read_folder
from grader.submission.git_folder import read_git_folder
from grader.submission.handed_in import read_marked_cells, read_notebook, read_submission
from grader.submission.names import is_alike, is_closed_folder, is_copy_of, is_system_file
from grader.submission.notebook import MarkedCell, as_file, named_as
from grader.submission.opening import UnreadableError, open_root, read_file
from grader.submission.reading import LIMITS, read_back
from grader.submission.sourcetext import CleanSource, Remark, clean_source
from grader.submission.zip_reader import (
    ZipLook,
    exercises_in_zip,
    look_into_zip,
    read_zip,
    unpack_zip,
)

__all__ = [
    "LIMITS",
    "ArchiveError",
    "ArchiveLimits",
    "CleanSource",
    "Finding",
    "FindingLevel",
    "MarkedCell",
    "ReadLimits",
    "Remark",
    "Submission",
    "UnreadableError",
    "ZipLook",
    "as_file",
    "clean_source",
    "exercises_in_zip",
    "is_alike",
    "is_closed_folder",
    "is_copy_of",
    "is_system_file",
    "look_into_zip",
    "named_as",
    "open_root",
    "read_back",
    "read_file",
    "read_folder",
    "read_git_folder",
    "read_marked_cells",
    "read_notebook",
    "read_submission",
    "read_zip",
    "unpack_zip",
]
