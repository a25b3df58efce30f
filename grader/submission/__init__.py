"""From what a learner hands in to a clean, bounded set of files; one reader per file.

What is not promised: that a folder being changed while it is read gives one moment's state, or
that a file system which itself hangs is given up on. Hard links count as files.
"""

from grader.submission.findings import Finding, FindingLevel, ReadLimits, Submission
from grader.submission.folder import read_folder
from grader.submission.git_folder import read_git_folder
from grader.submission.sourcetext import CleanSource, Remark, clean_source

__all__ = [
    "CleanSource",
    "Finding",
    "FindingLevel",
    "ReadLimits",
    "Remark",
    "Submission",
    "clean_source",
    "read_folder",
    "read_git_folder",
]
