"""`grade cohort SUBMISSIONS`: take in, grade, keep, tell."""

from __future__ import annotations

import itertools
import os
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from datetime import time as clock_time
from pathlib import Path

from rich.console import Console

from grader.catalogue import Exercise
from grader.cli.finding import (
    course_of,
    exercises_under,
    odd_clock,
    refuse_unknown_ids,
    solutions_for,
)
from grader.cli.taking_in import Taking, preview, refuse_layers, taken_in, write_who_is_new
from grader.cli.telling_cohort import Telling, console_beside, write_files
from grader.cli.trusting import below_full
from grader.cohort.forgetting import due
from grader.cohort.grading import Material, Step, grade_found
from grader.cohort.identity import Identity
from grader.cohort.intake import Intake
from grader.cohort.kept_lists import keep
from grader.cohort.likeness import same_work
from grader.cohort.listing import masked
from grader.cohort.sharing import MOST_HAND_INS, MOST_MINUTES, Shares
from grader.cohort.tally import Tally
from grader.errors import UsageError
from grader.executing import LocalPool, Pool
from grader.gradebook import Gradebook
from grader.reports.cohort_terminal import show_done, show_effect, show_table
from grader.results import IntakeEntry, Status
from grader.sandbox import Level, best_level


@dataclass(frozen=True)
class Options:
    """The command line's options as click gives them."""

    submissions: Path
    exercises: Path
    solutions: Path | None
    gradebook: Path
    identity: Path | None
    only: tuple[str, ...]
    json_file: Path | None
    csv_file: Path | None
    html_folder: Path | None
    jobs: int | None
    isolation: str | None
    handed_in: str | None
    accept: bool
    preview: bool = False
    corrections: Path | None = None
    most_hand_ins: int = MOST_HAND_INS
    most_minutes: float = MOST_MINUTES
    cluster: str | None = None
    cluster_tls: tuple[Path, Path, Path] | None = None


def grade_cohort(options: Options) -> int:
    """Grade a folder of submissions; the exit code."""
    console = console_beside(options.json_file)
    every = exercises_under([options.exercises])
    refuse_unknown_ids(options.only, [one.id for one in every])
    taking = Taking(
        submissions=options.submissions,
        gradebook=options.gradebook,
        identity=options.identity,
        corrections=options.corrections,
        only=options.only,
    )
    if options.preview:
        return preview(taking, every, _level(options), options.json_file, console)
    handed_in = _moment(options.handed_in)
    solutions = solutions_for(every, options.solutions)
    if solutions is None:
        raise UsageError(
            "A cohort is graded with the hidden suites: name their folder with --solutions."
        )
    level = _level(options)
    if remark := odd_clock(datetime.now(UTC)):
        console.print(remark, style="yellow", markup=False)
    with taken_in(taking, every, level) as (intake, before):
        refuse_layers(intake)
        with Gradebook(options.gradebook) as book:
            write_who_is_new(taking, intake, before, console)
            listed = masked(intake.entries, intake.identity)
            keep(options.gradebook, options.submissions, listed)
            run = _Run(options, every, solutions, level, intake, listed, handed_in)
            return run.graded(book, console)


@dataclass(frozen=True)
class _Run:
    """One grading of a cohort: what was asked for, and what was taken in."""

    options: Options
    every: tuple[Exercise, ...]
    solutions: Path
    level: Level
    intake: Intake
    listed: tuple[IntakeEntry, ...]
    handed_in: datetime | None

    def graded(self, book: Gradebook, console: Console) -> int:
        """Grade, keep and tell; the exit code."""
        options, intake, course = self.options, self.intake, course_of(self.every)
        chosen = {one.id: one for one in self.every if not options.only or one.id in options.only}
        found = [one for one in intake.found if one.exercise in chosen]
        tally = Tally()
        people = intake.identity.people
        material = Material(chosen, self.solutions, self.level.label, course.attempts, people)
        with _pool(options, self.level, material, console) as pool:
            steps = grade_found(
                found,
                material,
                book,
                pool,
                handed_in=self.handed_in,
                accept=options.accept,
                shares=Shares(options.most_hand_ins, options.most_minutes),
            )
            interrupted = _go_through(steps, len(found), tally, console)
        if options.accept:
            book.accept()
        told = Telling(self.every, self.solutions, self.level.label, intake.identity, self.listed)
        _show(tally, [one.sentence for one in intake.unmatched], book, told, console)
        write_files(book, told, options.json_file, options.html_folder, options.csv_file, console)
        _tell_retention(book, intake.identity, course.retention.months, console)
        if interrupted:
            console.print("Stopped. What was graded is kept; the same command goes on from here.")
            return 130
        return tally.exit_code(unmatched=len(intake.unmatched))


def _tell_retention(book: Gradebook, identity: Identity, months: int, console: Console) -> None:
    """Remind of those whose record the course keeps no longer."""
    old = due(book.last_seen(), identity, months, datetime.now(UTC)) if months else ()
    if old:
        console.print(
            f"{len(old)} of the apprentices handed in nothing for {months} months, which is how "
            f"long this course keeps records: `grade forget --older-than {months}` shows whose."
        )


def _level(options: Options) -> Level:
    """Full, unless the tutor names a lower one: there is no silent step down."""
    if options.isolation is not None:
        return Level.parse(options.isolation)
    if options.cluster is not None:
        return Level.FULL  # each worker is asked for it
    found = best_level()
    if found < Level.FULL:
        raise below_full(found)
    return found


@contextmanager
def _pool(options: Options, level: Level, material: Material, console: Console) -> Iterator[Pool]:
    """Processes on this machine, or the workers of a cluster."""
    if options.cluster is None:
        yield LocalPool(options.jobs or os.cpu_count() or 1, level)
        return
    try:
        from grader.cohort.dask_pool import DaskPool, Tls, bundle_of
    except ImportError as error:
        raise UsageError(
            'A cluster needs Dask: pip install -c constraints.txt -e ".[cluster]" '
            f"({error.name} isn't there)."
        ) from None
    bundle = bundle_of(material.exercises.values(), material.solutions)
    tls = Tls(*options.cluster_tls) if options.cluster_tls else None
    with DaskPool(options.cluster, bundle, level, tls) as pool:
        for line in pool.refused:
            console.print(f"Not used: {line}", markup=False, soft_wrap=True)
        yield pool


def _moment(text: str | None) -> datetime | None:
    if text is None:
        return None
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        raise UsageError(
            f"`{text}` is no date like 2026-09-01 or time like 2026-09-01T16:00."
        ) from None
    if len(text) == len("2026-09-01"):
        found = datetime.combine(found, clock_time(12))
    return found if found.tzinfo else found.astimezone(UTC)


def _go_through(steps: Iterator[Step], total: int, tally: Tally, console: Console) -> bool:
    """Take each step as it comes; True when it was broken off by Ctrl-C."""
    with _progress(total, console) as advance:
        try:
            for step in steps:
                tally.add(step)
                advance(step)
        except KeyboardInterrupt:
            steps.close()  # type: ignore[attr-defined]
            return True
    return False


@contextmanager
def _progress(total: int, console: Console) -> Iterator[Callable[[Step], None]]:
    """A bar with rate and time left on a terminal; elsewhere a line for each grading."""
    if not console.is_terminal:
        numbers = itertools.count(1)
        yield lambda step: _log(step, next(numbers), total, console)
        return
    from rich import progress

    columns = (
        progress.TextColumn("Grading"),
        progress.BarColumn(),
        progress.MofNCompleteColumn(),
        progress.TextColumn("{task.fields[rate]}"),
        progress.TimeRemainingColumn(),
    )
    with progress.Progress(*columns, console=console, transient=True) as bar:
        task = bar.add_task("", total=total, rate="")
        began, numbers = time.monotonic(), itertools.count(1)

        def advance(_step: Step) -> None:
            rate = next(numbers) / max(time.monotonic() - began, 0.01)
            bar.update(task, advance=1, rate=f"{rate:.1f} a second")

        yield advance


def _log(step: Step, number: int, total: int, console: Console) -> None:
    if step.result is not None and step.result.status is not Status.NOT_STARTED:
        words = f"{step.apprentice} {step.exercise}: {step.result.status}"
        console.file.write(f"[{number}/{total}] {words}\n")
        console.file.flush()


def _show(
    tally: Tally, unmatched: Sequence[str], book: Gradebook, told: Telling, console: Console
) -> None:
    troubles = [
        *(("Could not be graded", line) for line in tally.broken),
        *(("Could not be kept", line) for line in tally.unkept),
        *(("Can't be read, graded without it", line) for line in tally.unreadable),
        *(("Can't be read, left out", line) for line in tally.refused),
        *(("Left for another run", line) for line in tally.left),
        *(("Left out", line) for line in unmatched),
        *(("To ask", line) for line in same_work(book, told.exercises)),
        *(("To know", line) for line in tally.remarks),
    ]
    show_done(tally.statuses, tally.known, troubles, console)
    show_table(told.reports(book), [one.id for one in told.exercises], console)
    show_effect(list(_changes(book)), console)


def _changes(book: Gradebook) -> Iterator[tuple[str, str, Status, Status]]:
    """What the proposed results would change."""
    for one in book.results(state="proposed"):
        current = book.current(one.attempt)
        before = current.status if current else Status.NOT_STARTED
        yield one.apprentice, one.exercise, before, one.result.status
