"""`grade report`: everything a gradebook says, without grading."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from rich.console import Console

from grader.cli.finding import exercises_under, solutions_for
from grader.cli.telling_cohort import Telling, console_beside, write_exports, write_files
from grader.cohort.identity import read_beside
from grader.cohort.kept_lists import kept
from grader.cohort.mark_view import show_mark
from grader.cohort.standing import counting
from grader.errors import UsageError
from grader.gradebook import Gradebook
from grader.reports.cohort_terminal import show_table
from grader.reports.intake_view import show_intake
from grader.tables import did_you_mean


@dataclass(frozen=True)
class Options:
    """The command line's options as click gives them."""

    gradebook: Path
    exercises: Path
    solutions: Path | None
    identity: Path | None
    json_file: Path | None
    html_folder: Path | None
    csv_file: Path | None
    vle_file: Path | None
    hours_file: Path | None
    explain: tuple[str, str] | None


def report(options: Options) -> None:
    """Show, explain or write what a gradebook holds."""
    console = console_beside(options.json_file)
    with Gradebook(options.gradebook, write=False) as book:
        if options.explain is not None:
            _explain(book, options, *options.explain, console)
            return
        every = exercises_under([options.exercises])
        path, identity = read_beside(options.gradebook, options.identity)
        if options.vle_file is not None and not path.is_file():
            raise UsageError(
                f"--vle needs the identity file, which says who is who, and there is none at "
                f"`{path}`. Name it with --identity."
            )
        isolation = ", ".join(book.isolations()) or "none yet"
        listed = kept(options.gradebook)
        solutions = solutions_for(every, options.solutions)
        told = Telling(every, solutions, isolation, identity, listed)
        show_table(told.reports(book), [one.id for one in every], console)
        left = [one for one in listed if one.left_out]
        if left:
            console.print("\nWhat was left out of the submissions", style="bold")
            show_intake(left, console)
            if len(left) < len(listed):
                console.print(
                    f"\nOf {len(listed) - len(left)} other labels all was taken: the whole list is "
                    "in the files of --json and --html."
                )
        write_files(book, told, options.json_file, options.html_folder, options.csv_file, console)
        write_exports(book, told, options.vle_file, options.hours_file, console)


def _explain(
    book: Gradebook, options: Options, apprentice: str, exercise: str, console: Console
) -> None:
    """All hand-ins of one exercise by one apprentice, and what made the one that counts."""
    attempts = list(book.results(apprentice=apprentice, exercise=exercise))
    if not attempts:
        people = book.apprentices()
        known = apprentice in read_beside(options.gradebook, options.identity)[1].people
        if apprentice not in people and not known:
            near = did_you_mean(apprentice, people)
            raise UsageError(f"`{apprentice}` is nobody in this gradebook{near or '.'}")
        mine = sorted({one.exercise for one in book.results(apprentice=apprentice)})
        near = did_you_mean(exercise, mine)
        told = near or ", or only a starter that was not begun."
        raise UsageError(f"{apprentice} handed in nothing for `{exercise}`{told}")
    show_mark(attempts, counting(attempts), book.judgements, console)
