"""`grade hand-in [ID…]`: the work and a manifest in one file, looked through for names."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

import click
from rich.console import Console

from grader.catalogue.exercise import ANSWERS
from grader.checks.questions import NAME as QUESTIONS
from grader.checks.questions import QuestionsOptions, unanswered
from grader.cli.finding import (
    course_folder,
    exercises_under,
    odd_clock,
    one_exercise,
    say_notices,
    shown_path,
)
from grader.errors import UsageError
from grader.individual import Learner
from grader.reports.paper import Paper
from grader.reports.wording import count, listed
from grader.workspace import Workspace, identity_of, own_names
from grader.workspace.handing_in import Work, default_name, gather, pack, save_new
from grader.workspace.privacy import Looked, look

MOST = 20


def hand_in(
    names: Sequence[str], exercises: Path | None, to: Path | None, attempt: int, *, yes: bool
) -> int:
    """Gather, look through, ask if there is a reason to, write; the exit code."""
    every = exercises_under([course_folder(exercises)], need_starters=False)
    wanted = [one_exercise(name, every).id for name in names]
    workspace = Workspace(every[0].folder.parent)
    apprentice = identity_of(workspace)
    if not apprentice:
        raise UsageError("You have no id yet, under which to hand in. Run `grade start` first.")
    works = gather(every, wanted, Learner(apprentice, attempt))
    now = datetime.now(UTC)
    console = Console(highlight=False)
    paper = Paper(console)
    _tell_work(works, paper)
    looked = _look(works, workspace)
    _tell_remarks(looked, paper)
    doubts = bool(looked.remarks) or any(work.findings for work in works)
    if doubts and not yes and not _agreed():
        paper.put("Nothing was packed.")
        return 1
    target = to or workspace.folder.parent / default_name(apprentice, now)
    save_new(target, pack(works, workspace, apprentice=apprentice, attempt=attempt, now=now))
    say_notices(workspace, console)
    if remark := odd_clock(now):
        paper.put((remark, "yellow"))
    _tell_questions(works, Learner(apprentice, attempt), paper)
    paper.gap()
    paper.put((f"Packed for {apprentice}: {shown_path(target)}", "bold"))
    paper.put(
        "Nothing was sent anywhere. Upload this file where your tutor told you to hand in.",
        label="Next: ",
        style="bold green",
    )
    return 0


def _tell_work(works: Sequence[Work], paper: Paper) -> None:
    for work in works:
        names = listed(sorted(work.files))
        paper.put(f"{work.exercise.title} ({work.exercise.id}): {names}")
        for finding in work.findings:
            paper.put((finding, "yellow"), indent=2, label=paper.bullet)


def _tell_questions(works: Sequence[Work], learner: Learner, paper: Paper) -> None:
    """Say which of the attempt's questions have no answer: the next attempt has others."""
    for work in works:
        options = work.exercise.checks.get(QUESTIONS)
        if not isinstance(options, QuestionsOptions):
            continue
        command = f"`grade questions exercises/{work.exercise.id} --attempt"
        missing = unanswered(work.exercise, learner, options, work.files.get(ANSWERS, b""))
        if missing:
            said = f"{count(missing, 'question')} of attempt {learner.attempt} without an answer"
            words = f"{work.exercise.id}: {said}. {command} {learner.attempt}` writes them."
            paper.put((words, "yellow"))
        paper.put(
            f"{work.exercise.id}: your next hand-in has other questions: "
            f"{command} {learner.attempt + 1}`."
        )


def _look(works: Sequence[Work], workspace: Workspace) -> Looked:
    files = {
        f"{work.exercise.id}/{name}": content
        for work in works
        for name, content in work.files.items()
    }
    return look(files, own_names(workspace.folder.parent))


def _tell_remarks(looked: Looked, paper: Paper) -> None:
    paper.gap()
    if looked.remarks:
        found = count(len(looked.remarks), "place")
        paper.put((f"{found} in your text may tell who you or others are:", "bold yellow"))
        for one in looked.remarks[:MOST]:
            paper.put(f"{one.file}:{one.line}: {one.what} ({one.found})", indent=2)
        if len(looked.remarks) > MOST:
            paper.put(f"and {len(looked.remarks) - MOST} more", indent=2)
        paper.put("Take out what isn't needed, then run this again.")
    else:
        paper.put(
            "No names or addresses were found in your comments and texts. Not every name can be "
            "found, so read them yourself too."
        )
    if looked.closed:
        paper.put(f"Not looked into, because it isn't text: {listed(looked.closed)}.")


def _agreed() -> bool:
    if not sys.stdin.isatty():
        raise UsageError(
            "This isn't a terminal in which to ask you whether to go on, so nothing was packed. "
            "Mend what is listed above, or say --yes to hand it in all the same."
        )
    return click.confirm("Hand it in all the same?", default=False)
