"""The one thing to do next after a whole report."""

from __future__ import annotations

from collections.abc import Sequence

from grader.catalogue import Exercise
from grader.reports.telling import tell
from grader.reports.wording import clause_words, first_words, listed
from grader.results import ExerciseResult, GradeReport, Status

UNFINISHED = (Status.MUST_FAILED, Status.PARTLY, Status.NOT_YET)


def next_step(report: GradeReport, exercises: Sequence[Exercise] = ()) -> str:
    """Say in one sentence what to do next; `exercises` of the course give titles and times."""
    if not report.exercises:
        return "Name a folder that has exercises in it, as in “grade exercises/”."
    for status in (Status.MUST_FAILED, None):
        for result in report.exercises:
            wanted = (status,) if status else UNFINISHED
            if result.status in wanted:
                return _mend(result)
    found = {status: [one for one in report.exercises if one.status is status] for status in Status}
    if found[Status.BROKEN]:
        titles = listed([one.title for one in found[Status.BROKEN]])
        return f"Tell your tutor that {titles} could not be graded; your work is not at fault."
    if found[Status.NOT_STARTED]:
        return opening(found[Status.NOT_STARTED][0], exercises)
    return _after(report, found[Status.PENDING], exercises)


def opening(result: ExerciseResult, exercises: Sequence[Exercise] = ()) -> str:
    """Say what to open first in an exercise that was not started."""
    known = next((one for one in exercises if one.id == result.id), None)
    if known is None:
        return f"Open README.md in the folder {result.id} first: it is the ticket."
    first = f"Open README.md in the folder {result.id} first: it is the ticket"
    return f"{first}. Then write your code in {known.work[0]} (about {known.minutes} minutes)."


def title_of(id_: str, report: GradeReport, exercises: Sequence[Exercise] = ()) -> str:
    """Return "Title (id)" of an exercise, or its id where the title isn't known."""
    titles = {one.id: one.title for one in exercises}
    titles |= {one.id: one.title for one in report.exercises}
    return f"{titles[id_]} ({id_})" if id_ in titles else id_


def _mend(result: ExerciseResult) -> str:
    problems = tell(result).problems
    if not problems:
        return f"Look at {result.title} again, then check it again."
    first = problems[0]
    if first.shared and not first.clauses:
        what = first_words(first.sentence, 120).rstrip(".")
        return f"In {result.title}, mend this one error first: {what}. Then check again."
    named = clause_words(first.clauses) or "the first thing to mend"
    return f"In {result.title}, mend {named} first. Then check again."


def _after(
    report: GradeReport, pending: Sequence[ExerciseResult], exercises: Sequence[Exercise]
) -> str:
    provisional = [one for one in report.exercises if one.provisional]
    if provisional:
        names = " ".join(one.id for one in provisional)
        titles = listed([one.title for one in provisional])
        return f"Hand in {titles} (“grade hand-in {names}”): all that can run here holds."
    done = {one.id for one in report.exercises}
    ahead = [skill.next_exercise for skill in report.ksbs if skill.next_exercise not in done]
    more = next(filter(None, ahead), "")
    go_on = f"Go on with {title_of(more, report, exercises)}." if more else ""
    if pending:
        waits = listed([one.title for one in pending])
        return f"Your tutor has to mark {waits}. {go_on}".strip()
    return f"Well done. {go_on or 'Hand in your work (“grade hand-in”), so that it counts.'}"
