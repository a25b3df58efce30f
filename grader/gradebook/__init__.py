"""The record of a cohort: SQLite, one writer, nothing overwritten.

An attempt is one hand-in; attempts are ordered and numbered as they arrived. A result is what one
grading of it said, with the digests that explain it; grading again supersedes and keeps the earlier
one. Judgements and talks are a tutor's.
`columns.toml` says of every column what it may hold and what `grade forget` does with it.

What is not promised: that a gradebook on a network drive survives two writers, or that a file
which somebody changed by hand still makes sense.
"""

from grader.gradebook.entries import Attempt, HandIn, Key, Stored, StoredJudgement
from grader.gradebook.gradebook import Gradebook

__all__ = ["Attempt", "Gradebook", "HandIn", "Key", "Stored", "StoredJudgement"]
