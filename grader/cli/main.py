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
@click.option("--as", "learner", default="", metavar="ID", help="Whose work it is: their id.")
@click.option("--attempt", type=click.IntRange(1), default=1, help="Which attempt it is.")
@click.option("--judgements", type=_FOLDER, help="A tutor's judgements, as TOML or JSON.")
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
@click.argument("path", type=_FOLDER)
@click.option("--as", "learner", default="", metavar="ID", help="Whose questions: their id.")
@click.option("--attempt", type=click.IntRange(1), default=1, help="Which attempt it is.")
@click.option("--to", "folder", type=_FOLDER, help="Write into this folder instead.")
def questions(path: Path, learner: str, attempt: int, folder: Path | None) -> None:
    """Write your own questions, and your own data if there are any, into an exercise's folder.

    What you have answered is kept. Run it again when answers.toml lacks a question.
    """
    from grader.cli.questions import write
    from grader.individual import Learner

    write(path, Learner(learner, attempt), folder)


for _command in (run, catalogue, explain, doctor, starters, questions):
    cli.add_command(_command)
