"""`grade start`: an id, once; then which exercise comes next, and how to begin it."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

import click
from rich.console import Console

from grader.catalogue.exercise import ANSWERS
from grader.cli.finding import (
    course_folder,
    exercises_under,
    one_exercise,
    prepare_own,
    say_notices,
    shown_path,
)
from grader.errors import GraderError, SubmissionError, UsageError
from grader.reports.paper import Paper
from grader.reports.wording import count, listed, status_words
from grader.workspace import (
    OwnNames,
    Workspace,
    checked_id,
    identity_of,
    keep_identity,
    own_names,
    suggestion,
)
from grader.workspace.identity import FILE
from grader.workspace.progress import Standing, next_to_do, standings
from grader.workspace.resetting import keep_pristine

_WHY = (
    "Your name stays out of files and reports: your work is graded under a made-up id. Your "
    "questions and data are picked by it, so keep it for the whole course. Your tutor keeps the "
    "list of whose id is whose. If your tutor gave you an id, type that one; otherwise take the "
    "one below, or make one up, and tell it to your tutor."
)


def start(text: str | None, named: str | None, exercises: Path | None) -> None:
    """Ask for the id if there is none yet, then say what to do."""
    folder = course_folder(exercises)
    every = exercises_under([folder], need_starters=False)
    chosen = one_exercise(text, every) if text else None
    workspace = Workspace(folder)
    console = Console(highlight=False)
    paper = Paper(console)
    _identity(workspace, named, paper)
    keep_pristine(workspace, every)
    found = standings(workspace, every)
    say_notices(workspace, console)
    paper.gap()
    if chosen is not None:
        standing = next(one for one in found if one.exercise is chosen)
        _missing_before(standing, found, paper)
        _begin(standing, "", paper)
        return
    done = sum(one.done for one in found)
    paper.put(f"{done} of {count(len(found), 'exercise')} done so far.")
    going_on = next_to_do(found)
    if going_on is None:
        paper.put("All of them are done. Hand them in with `grade hand-in`.", label="Next: ")
    else:
        _begin(going_on, "Go on with: " if going_on.begun else "Next: ", paper)


def _identity(workspace: Workspace, named: str | None, paper: Paper) -> None:
    """Find the id, or get one and keep it."""
    try:
        known = identity_of(workspace)
    except SubmissionError:
        workspace.set_aside(FILE)
        known = ""
        say_notices(workspace, paper.console)
    own = own_names(workspace.folder.parent)
    wanted = checked_id(named, own) if named is not None else ""
    if known and wanted not in ("", known):
        raise UsageError(
            f"You work as `{known}` here already. With another id you would get other questions "
            "and data, and your tutor could not tell that both are you. If your tutor wants you to "
            f"change it, delete .grader/{FILE} and run this again."
        )
    if known:
        paper.put(f"You work as {known}.")
        return
    known = wanted or _ask(own, paper)
    keep_identity(workspace, known)
    paper.put(f"You work as {known} from now on; it is kept in .grader/{FILE}. Tell your tutor.")


def _ask(own: OwnNames, paper: Paper) -> str:
    if not sys.stdin.isatty():
        raise UsageError(
            "You have no id yet, and this isn't a terminal in which to ask for one. Name it: "
            f"`grade start --id {suggestion()}`."
        )
    paper.put(_WHY)
    paper.gap()
    made_up = suggestion()

    def take(text: str) -> str:
        try:
            return checked_id(text, own)
        except GraderError as error:
            raise click.BadParameter(str(error)) from None

    answer: str = click.prompt("Your id", default=made_up, value_proc=take)
    return answer


def _missing_before(standing: Standing, found: Sequence[Standing], paper: Paper) -> None:
    """Say which exercises should come before this one; nobody is held back by it."""
    undone = {one.exercise.id: one.exercise.title for one in found if not one.done}
    before = [undone[id_] for id_ in standing.exercise.after if id_ in undone]
    if before:
        paper.put(f"This one builds on {listed(before)}, which you haven't finished yet.")
        paper.gap()


def _begin(standing: Standing, label: str, paper: Paper) -> None:
    """Put the learner's own questions and data into the folder, and say how to go about it."""
    exercise = standing.exercise
    written = prepare_own(exercise, paper)
    paper.put((f"{exercise.title} ({exercise.id})", "bold"), label=label, style="bold green")
    facts = f"for {exercise.client} · difficulty {exercise.difficulty} of 3"
    paper.put((f"{facts} · about {exercise.minutes} minutes · {_status(standing)}", "dim"))
    if written:
        paper.put(f"Written for you, with questions or data of your own: {listed(written)}")
    paper.gap()
    place = shown_path(exercise.folder)
    code = [name for name in exercise.work if name != ANSWERS]
    answers = f"Answer your own questions in {shown_path(exercise.folder / ANSWERS)}"
    steps = (
        f"Read the ticket: {shown_path(exercise.folder / 'README.md')}",
        f"Write your code in {'this folder' if place == '.' else place}: {listed(code)}",
        *([answers] if ANSWERS in exercise.work else []),
        f"Check it, as often as you like: grade {place}",
        f"Or have it checked each time you save: grade watch {exercise.id}",
        f"When it is done: grade hand-in {exercise.id}",
    )
    for number, step in enumerate(steps, start=1):
        paper.put(step, label=f"{number}. ", indent=2)
    paper.gap()
    paper.put(f"Stuck? grade hint {exercise.id}", indent=2)
    paper.put(f"Want the starter back? grade reset {exercise.id}", indent=2)


def _status(standing: Standing) -> str:
    if standing.status is None:
        return "begun, not checked as it is now"
    return status_words(standing.status, provisional=standing.provisional)
