"""An apprentice's own folder: who they are, hints taken, history, the work handed in.

What is kept lies in `.grader/` beside the exercises, never in an exercise's folder. What is not
promised: that it can't be changed by its owner. Nothing that counts is decided by it.
"""

from grader.workspace.history import Entry, History
from grader.workspace.identity import (
    checked_id,
    identity_of,
    keep_identity,
    learner_of,
    suggestion,
)
from grader.workspace.own_names import OwnNames, own_names
from grader.workspace.place import Workspace

__all__ = [
    "Entry",
    "History",
    "OwnNames",
    "Workspace",
    "checked_id",
    "identity_of",
    "keep_identity",
    "learner_of",
    "own_names",
    "suggestion",
]
