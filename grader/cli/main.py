"""The commands. Each imports what it needs when it is called, so that `--help` is quick."""

from __future__ import annotations

import sys
from pathlib import Path

import click
from click_default_group import DefaultGroup

from grader import __version__

LEVELS = ("full", "restricted", "basic", "none")
_FOLDER = click.Path(path_type=Path)


@click.group(
    cls=DefaultGroup,
    default="run",
    default_if_no_args=False,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 90},
)
@click.version_option(__version__, prog_name="grade")
def cli() -> None:
    """Grade practice exercises: `grade exercises/` grades all, `grade exercises/ID` one."""


@click.command()
@click.argument("paths", nargs=-1, required=True, type=_FOLDER)
@click.option("--solutions", type=_FOLDER, help="Where the hidden suites lie.")
@click.option("--exercises", type=_FOLDER, help="The course, when PATHS hold only the work.")
@click.option("--only", multiple=True, metavar="ID", help="Grade this exercise only.")
@click.option("--ksb", multiple=True, metavar="CODE", help="Only exercises for this KSB.")
@click.option("--json", "json_file", type=_FOLDER, help="Write the report as JSON; - is stdout.")
@click.option("--html", "html_folder", type=_FOLDER, help="Write the report as a page here.")
@click.option("--jobs", type=click.IntRange(1, 64), help="Worker processes.")
@click.option("--isolation", type=click.Choice(LEVELS), help="Ask for a level.")
@click.option("-v", "--verbose", is_flag=True, help="The tutor's view: tests, calls, tracebacks.")
def run(**options: object) -> None:
    """Grade every exercise under PATHS (this is the default command).

    Exit code 0: all met; 1: something is not met yet; 2: wrong use or a broken exercise.
    """
    from grader.cli.run import Options, grade_paths

    sys.exit(grade_paths(Options(**options)))  # type: ignore[arg-type]


@click.command()
@click.argument("path", default="exercises", type=_FOLDER)
@click.option("--ksb", multiple=True, metavar="CODE", help="Which exercises evidence this KSB.")
@click.option("--duty", multiple=True, metavar="CODE", help="Which exercises practise this duty.")
def catalogue(path: Path, ksb: tuple[str, ...], duty: tuple[str, ...]) -> None:
    """List the exercises by track, with the KSBs and duties they practise."""
    from grader.cli.catalogue import show

    show(path, ksb, duty)


@click.command()
@click.argument("code")
@click.argument("path", default="exercises", type=_FOLDER)
@click.option("--solutions", type=_FOLDER, help="Where the hidden suites lie.")
def explain(code: str, path: Path, solutions: Path | None) -> None:
    """Explain a KSB: its wording, its exercises, and how your level came about."""
    from grader.cli.explain import show

    show(code, path, solutions)


@click.command()
@click.option("--isolation", type=click.Choice(LEVELS), help="Look at this level only.")
def doctor(isolation: str | None) -> None:
    """Say which isolation is in force on this machine, what failed, and the cure."""
    from grader.cli.doctor import show

    sys.exit(show(isolation))


@click.command()
@click.argument("path", default="exercises", type=_FOLDER)
@click.option("--check", is_flag=True, help="Only say whether the file is up to date.")
def starters(path: Path, check: bool) -> None:
    """Write exercises/starters.json, by which "not started" is told (for authors)."""
    from grader.cli.starters import write

    sys.exit(write(path, check_only=check))


@click.command()
@click.argument("submissions", type=_FOLDER)
@click.option("--exercises", default="exercises", type=_FOLDER, help="The course.")
@click.option("--solutions", type=_FOLDER, help="Where the hidden suites lie.")
@click.option("--gradebook", default="gradebook.db", type=_FOLDER, help="The record to keep.")
@click.option("--identity", type=_FOLDER, help="The identity file; nobody is added to it.")
@click.option("--only", multiple=True, metavar="ID", help="Grade this exercise only.")
@click.option("--json", "json_file", type=_FOLDER, help="Write the report as JSON.")
@click.option("--html", "html_folder", type=_FOLDER, help="Write the report as pages here.")
@click.option("--csv", "csv_file", type=_FOLDER, help="Write a summary for spreadsheets.")
@click.option("--jobs", type=click.IntRange(1, 64), help="Worker processes.")
@click.option("--isolation", type=click.Choice(LEVELS), help="Grade at this level.")
@click.option("--handed-in", metavar="DATE", help="When work that names no time was handed in.")
@click.option("--accept", is_flag=True, help="Let changed results of known work take effect.")
def cohort(**options: object) -> None:
    """Grade the hand-ins of a cohort and keep the results in a gradebook.

    SUBMISSIONS holds a folder for each apprentice, with a folder for each exercise. What was
    graded before is not graded again; after Ctrl-C the same command goes on.

    Exit code 0: all graded; 1: something was left out; 2: wrong use, or a grading that broke.
    """
    from grader.cli.cohort import Options, grade_cohort

    sys.exit(grade_cohort(Options(**options)))  # type: ignore[arg-type]


@click.command()
@click.option("--gradebook", default="gradebook.db", type=_FOLDER, help="The record.")
@click.option("--exercises", default="exercises", type=_FOLDER, help="The course.")
@click.option("--solutions", type=_FOLDER, help="Where the hidden suites lie.")
@click.option("--identity", type=_FOLDER, help="The identity file.")
@click.option("--json", "json_file", type=_FOLDER, help="Write the report as JSON.")
@click.option("--html", "html_folder", type=_FOLDER, help="Write the report as pages here.")
@click.option("--csv", "csv_file", type=_FOLDER, help="Write a summary for spreadsheets.")
@click.option("--explain", nargs=2, metavar="APPRENTICE EXERCISE", help="Explain one mark.")
def report(**options: object) -> None:
    """Show what a gradebook says, without grading anything."""
    from grader.cli.report import Options
    from grader.cli.report import report as show

    show(Options(**options))  # type: ignore[arg-type]


for _command in (run, report, cohort, catalogue, explain, doctor, starters):
    cli.add_command(_command)
