"""From an exception in a test to one plain sentence for the learner.

Theory of operation. A program can put what it was called with into whatever it chooses: the text
of an exception, its class, the line where it raises it. So of a hidden test only the built-in kind
of an exception is told, and no line. Where the learner has the tests (`session.public`) names and
lines of their own files are told too. The place where an import failed may always be told: no
hidden input is there yet.
"""

from __future__ import annotations

import builtins
from typing import Any, NamedTuple

from grader.bridge.advice import advice_on
from grader.bridge.artefacts.malformed import Wrong
from grader.bridge.incidents import OURS, AuthorFault, Cause, GraderFault, Incident
from grader.bridge.standins import is_missing

CAUGHT = "your program caught an exception that it should have let through"


class Reason(NamedTuple):
    """Why a test did not pass; `broken` when the suite is at fault."""

    cause: str = ""
    text: str = ""
    where: str = ""
    broken: bool = False


def explain(session: Any, function: Any, error: BaseException) -> Reason:
    """The reason that fits an exception which ended a test."""
    incident = session.log.incident
    if isinstance(error, AuthorFault):
        return Reason("author", error.text, broken=True)
    fault = session.log.fault or _fault_of_ours(error)
    if fault is not None:
        return Reason("grader", fault.text, broken=True)
    if isinstance(incident, Incident):
        return _incident(session, incident)
    if session.passing.caught:
        return Reason(text=CAUGHT)
    if isinstance(error, Wrong):
        return Reason(text=error.text, where=error.where)
    absent = _absent_names(session, function)
    if absent:
        return absent
    if session.modules and len(session.module_errors) == len(session.modules):
        return _import_reason(session)
    if "_where" in getattr(error, "__dict__", {}):
        return _own_error(session, error)
    return Reason()


def _fault_of_ours(error: BaseException) -> GraderFault | None:
    """What an exception of this process says of the machine; those of the program say nothing."""
    if isinstance(error, GraderFault):
        return error
    if "_where" in getattr(error, "__dict__", {}):
        return None
    if isinstance(error, MemoryError):
        return GraderFault("the tests need more memory than there is")
    if isinstance(error, OSError) and error.errno in OURS:
        return GraderFault(f"this machine could not go on: {error.strerror}")
    return None


def _incident(session: Any, incident: Incident) -> Reason:
    failed = next(iter(session.module_errors.values()), None)
    if failed is not None and incident.cause in (Cause.MISSING, Cause.STOPPED):
        return _import_reason(session)
    return Reason(incident.cause, incident.text)


def _import_reason(session: Any) -> Reason:
    failed = next(iter(session.module_errors.values()))
    return Reason(Cause.IMPORT, failed.text, failed.where)


def _absent_names(session: Any, function: Any) -> Reason | None:
    code = getattr(function, "__code__", None)
    space = getattr(function, "__globals__", {})
    for name in getattr(code, "co_names", ()):
        if is_missing(space.get(name)):
            if session.module_errors:
                return _import_reason(session)
            return Reason(Cause.MISSING, space[name]._reason)
    return None


def _own_error(session: Any, error: BaseException) -> Reason:
    where = str(error.__dict__["_where"]) if session.public else ""
    name = type(error).__name__
    if name == "NotImplementedError":
        return Reason(Cause.ERROR, "this part is not written yet", where)
    if advice := advice_on(name):
        return Reason(Cause.ERROR, f"your program stopped: {advice}", where)
    if not session.may_tell(name):
        name = _built_in_kind(error)
    article = "" if name.startswith("an ") else ("an " if name[0] in "AEIOU" else "a ")
    return Reason(Cause.ERROR, f"your program raised {article}{name}", where)


def _built_in_kind(error: BaseException) -> str:
    """The name of the nearest built-in class that an exception derives from."""
    kinds = (kind for kind in type(error).__mro__ if vars(builtins).get(kind.__name__) is kind)
    nearest = next(kinds, Exception)
    return "an exception" if nearest in (Exception, BaseException) else nearest.__name__
