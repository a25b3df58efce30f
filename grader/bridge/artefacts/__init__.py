"""Files that a learner hands in, read as data: one reader per file, and the `work` fixture."""

from grader.bridge.artefacts.malformed import Malformed, Wrong
from grader.bridge.artefacts.work import Work

__all__ = ["Malformed", "Work", "Wrong"]
