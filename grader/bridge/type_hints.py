"""`typing.get_type_hints` and `inspect.get_annotations`, of what is the learner's.

Theory of operation. Both evaluate hints that are text. Text of a learner's program is never
evaluated here: the candidate does it, and the hints cross as values.
"""

from __future__ import annotations

import inspect
import typing
from typing import Any

from grader.bridge.modules import LearnerModule
from grader.bridge.standins import Mirror, Remote


def install(session: Any) -> None:
    """For the rest of this process."""
    hints, annotations = typing.get_type_hints, inspect.get_annotations

    def get_type_hints(
        obj: Any, globalns: Any = None, localns: Any = None, include_extras: bool = False
    ) -> Any:
        if _is_learners(obj):
            return session.operate("hints", obj, include_extras)
        return hints(obj, globalns, localns, include_extras)

    def get_annotations(obj: Any, *, eval_str: bool = False, **others: Any) -> Any:
        if eval_str and _is_learners(obj):
            return session.operate("hints", obj, True)
        return annotations(obj, eval_str=eval_str, **others)

    typing.get_type_hints = get_type_hints
    inspect.get_annotations = get_annotations


def _is_learners(found: Any) -> bool:
    return issubclass(type(found), Mirror | Remote | LearnerModule)
