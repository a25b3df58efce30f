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
@click.option(
    "--json", "json_file", type=_FOLDER, help="Write JSON (with -v, all of it); - is stdout."
)
@click.option("--html", "html_folder", type=_FOLDER, help="Write the report as a page here.")
@click.option("--as", "learner", default="", metavar="ID", help="Whose work it is: their id.")
@click.option("--attempt", type=click.IntRange(1), default=1, help="Which attempt it is.")
@click.option("--judgements", type=_FOLDER, help="A tutor's judgements, as TOML or JSON.")
@click.option("--jobs", type=click.IntRange(1, 64), help="Worker processes.")
@click.option("--isolation", type=click.Choice(LEVELS), help="Ask for a level.")
@click.option("-v", "--verbose", is_flag=True, help="The tutor's view: tests, calls, tracebacks.")
def run(**options: object) -> None:
    """Grade every exercise under PATHS (this is the default command).

    With --exercises, PATHS are somebody's work: folders, zip archives or notebooks.

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
@click.option("--json", metavar="FILE", help="Write it as JSON; `-` is standard output.")
@click.option("-v", "--verbose", is_flag=True, help="Show each layer of each level.")
def doctor(isolation: str | None, json: str | None, verbose: bool) -> None:
    """Say what this machine gives, which isolation is in force, and what helps."""
    from grader.cli.doctor import show

    sys.exit(show(isolation, json, layers=verbose))


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

    write(path, learner, attempt, folder)


_EXERCISES = click.option(
    "--exercises", type=_FOLDER, help="The folder of exercises, if not here or above."
)


@click.command()
@click.argument("exercise", metavar="[ID]", required=False)
@click.option("--id", "known", metavar="PSEUDONYM", help="The made-up id under which you work.")
@_EXERCISES
def start(exercise: str | None, known: str | None, exercises: Path | None) -> None:
    """Begin: get an id, once, and see which exercise comes next and how to open it."""
    from grader.cli.start import start as begin

    begin(exercise, known, exercises)


@click.command()
@click.argument("exercise", metavar="ID")
@click.option("--again", is_flag=True, help="Show the hints that you have had.")
@click.option("--solutions", type=_FOLDER, help="Where the hidden suites lie.")
@_EXERCISES
def hint(exercise: str, again: bool, solutions: Path | None, exercises: Path | None) -> None:
    """Give one more hint each time: first those of the ticket, then for what fails."""
    from grader.cli.hint import show

    show(exercise, exercises, solutions, again=again)


@click.command()
@click.argument("exercise", metavar="ID")
@click.argument("files", nargs=-1, metavar="[FILE]...")
@click.option("--undo", is_flag=True, help="Bring back what was replaced last.")
@click.option("--yes", is_flag=True, help="Don't ask.")
@_EXERCISES
def reset(
    exercise: str, files: tuple[str, ...], undo: bool, yes: bool, exercises: Path | None
) -> None:
    """Put the starters back; what they replace is kept."""
    from grader.cli.reset import put_back

    sys.exit(put_back(exercise, files, exercises, yes=yes, back=undo))


@click.command()
@click.argument("exercise", metavar="ID")
@click.option("--solutions", type=_FOLDER, help="Where the hidden suites lie.")
@click.option("--isolation", type=click.Choice(LEVELS), help="Ask for a level.")
@_EXERCISES
def watch(
    exercise: str, solutions: Path | None, isolation: str | None, exercises: Path | None
) -> None:
    """Check an exercise again each time you save. Keys: h hint, n next, r again, q quit."""
    from grader.cli.watch import watch as keep_watching

    keep_watching(exercise, exercises, solutions, isolation)


@click.command("hand-in")
@click.argument("names", nargs=-1, metavar="[ID]...")
@click.option("--to", type=_FOLDER, help="The zip file to write; it must not be there yet.")
@click.option("--attempt", type=click.IntRange(1, 1000), default=1, show_default=True)
@click.option("--yes", is_flag=True, help="Don't ask; what was found is still listed.")
@_EXERCISES
def hand_in(
    names: tuple[str, ...], to: Path | None, attempt: int, yes: bool, exercises: Path | None
) -> None:
    """Pack your work into one file for your tutor; nothing is sent anywhere."""
    from grader.cli.hand_in import hand_in as write

    sys.exit(write(names, exercises, to, attempt, yes=yes))


@click.command()
@click.option("--check", is_flag=True, help="Only say whether they are as they would be built.")
@click.option("--replace", is_flag=True, help="Also replace those that were changed.")
@_EXERCISES
def notebooks(check: bool, replace: bool, exercises: Path | None) -> None:
    """Write a notebook for each exercise into notebooks/, where there is none yet."""
    from grader.cli.notebooks import write

    sys.exit(write(exercises, check_only=check, replace=replace))


@click.command(context_settings={"ignore_unknown_options": True})
@click.argument("more", nargs=-1, metavar="[-- JUPYTER-OPTIONS]", type=click.UNPROCESSED)
@click.option("--port", type=click.IntRange(1, 65535), help="The port; the next free if taken.")
@click.option("--browser/--no-browser", default=True, help="Open the page in a browser.")
@_EXERCISES
def lab(more: tuple[str, ...], port: int | None, browser: bool, exercises: Path | None) -> None:
    """Start JupyterLab on the course: the exercises at the left, Check in the toolbar.

    Its settings lie in .grader/lab; your own Jupyter settings are neither used nor changed.
    """
    from grader.cli.lab import start as begin

    begin(exercises, port, more, browser=browser)


@click.command()
@click.argument("id", metavar="ID")
@click.option("--title", default="", help="What the client would call it.")
@click.option("--client", default="", help="A client of course.toml.")
@click.option("--track", default="", help="A track of course.toml.")
@click.option("--exercises", default="exercises", type=_FOLDER, help="Where the exercises lie.")
@click.option("--solutions", type=_FOLDER, help="Where the solutions lie, if not beside them.")
def new(exercises: Path, solutions: Path | None, **facts: str) -> None:
    """Begin an exercise: both folders, with a TODO wherever you have a say (for authors)."""
    from grader.authoring.creating import Facts
    from grader.cli.new import begin

    begin(exercises, solutions, Facts(**facts))


@click.command()
@click.option("--to", required=True, type=_FOLDER, help="An empty folder, or a pack to renew.")
@click.option("--exercises", default="exercises", type=_FOLDER, help="Where the exercises lie.")
@click.option("--solutions", type=_FOLDER, help="Where the solutions lie, if not beside them.")
def release(to: Path, exercises: Path, solutions: Path | None) -> None:
    """Make the apprentices' pack, and prove that nothing of solutions/ is in it (for authors)."""
    from grader.cli.release import write

    write(to, exercises, solutions)


@click.command()
@click.argument("ids", nargs=-1, metavar="[ID]...")
@click.option("--exercises", default="exercises", type=_FOLDER, help="Where the exercises lie.")
@click.option("--solutions", type=_FOLDER, help="Where the solutions lie, if not beside them.")
@click.option("--only", multiple=True, metavar="RULE", help="Look for this rule only.")
@click.option("--rules", is_flag=True, help="List the rules.")
@click.option("--json", "json_file", type=_FOLDER, help="Write it as JSON; - is stdout.")
@click.option("--jobs", type=click.IntRange(1, 64), help="Worker processes.")
@click.option("--no-cache", is_flag=True, help="Try all out again, also what is known.")
def lint(rules: bool, no_cache: bool, **options: object) -> None:
    """Say whether exercises are sound, all or those named (for authors).

    Exit code 0: sound; 1: there is something to mend; 2: wrong use.
    """
    from grader.cli.lint import Options, lint_course, show_rules

    if rules:
        show_rules()
    else:
        sys.exit(lint_course(Options(cache=not no_cache, **options)))  # type: ignore[arg-type]


@click.command()
@click.argument("submissions", type=_FOLDER)
@click.option("--exercises", default="exercises", type=_FOLDER, help="The course.")
@click.option("--solutions", type=_FOLDER, help="Where the hidden suites lie.")
@click.option("--gradebook", default="gradebook.db", type=_FOLDER, help="The record to keep.")
@click.option("--identity", type=_FOLDER, help="The identity file; nobody is added to it.")
@click.option("--only", multiple=True, metavar="ID", help="Grade this exercise only.")
@click.option("--json", "json_file", type=_FOLDER, help="Write it as JSON; - is stdout.")
@click.option("--html", "html_folder", type=_FOLDER, help="Write the report as pages here.")
@click.option("--csv", "csv_file", type=_FOLDER, help="Write a summary for spreadsheets.")
@click.option("--jobs", type=click.IntRange(1, 64), help="Worker processes.")
@click.option("--isolation", type=click.Choice(LEVELS), help="Grade at this level.")
@click.option("--cluster", metavar="ADDRESS", help="Grade on a Dask cluster: tcp://HOST:8786.")
@click.option("--cluster-tls", nargs=3, type=_FOLDER, metavar="CA CERT KEY", help="PEM files.")
@click.option("--handed-in", metavar="DATE", help="When it was handed in, if not just now.")
@click.option("--accept", is_flag=True, help="Let changed results of known work take effect.")
@click.option("--preview", is_flag=True, help="Show what would be graded; write nothing.")
@click.option("--corrections", type=_FOLDER, help="A corrections.toml; else that by the gradebook.")
@click.option(
    "--most-hand-ins",
    type=click.IntRange(1),
    default=10,
    show_default=True,
    help="Of one exercise by one person, in one run.",
)
@click.option(
    "--most-minutes",
    type=click.FloatRange(1),
    default=30,
    show_default=True,
    help="Of grading one person's work, in one run.",
)
def cohort(**options: object) -> None:
    """Grade the hand-ins of a cohort and keep the results in a gradebook.

    SUBMISSIONS holds a folder or archive for each apprentice, git repositories, or what Moodle,
    Canvas, Teams or Google Classroom give to download. --preview shows whose each thing is, for
    which exercise, and the line that corrects it. What was graded before is not graded again;
    after Ctrl-C the same command goes on.

    Exit code 0: all graded; 1: something was left out; 2: wrong use, or a grading that broke.
    """
    from grader.cli.cohort import Options, grade_cohort

    sys.exit(grade_cohort(Options(**options)))  # type: ignore[arg-type]


@click.command()
@click.option("--to", required=True, type=_FOLDER, help="A new folder, or an empty one.")
@click.option("--apprentices", type=click.IntRange(1, 2000), default=30, show_default=True)
@click.option(
    "--seed", type=int, default=1, show_default=True, help="Another seed, another cohort."
)
@click.option("--exercises", default="exercises", type=_FOLDER, help="The course.")
@click.option("--solutions", type=_FOLDER, help="Where the hidden suites lie.")
@click.option(
    "--compare",
    type=_FOLDER,
    help="A gradebook: did each hand-in of the sample get what it merits?",
)
def sample(
    to: Path,
    apprentices: int,
    seed: int,
    exercises: Path,
    solutions: Path | None,
    compare: Path | None,
) -> None:
    """Write hand-ins of an invented cohort to try `grade cohort` with, right and wrong ones."""
    from grader.cli.sample import compare_with, write

    if compare is not None:
        sys.exit(compare_with(to, compare))
    write(to, exercises, solutions, apprentices, seed)


@click.command()
@click.option("--gradebook", default="gradebook.db", type=_FOLDER, help="The record.")
@click.option("--exercises", default="exercises", type=_FOLDER, help="The course.")
@click.option("--solutions", type=_FOLDER, help="Where the hidden suites lie.")
@click.option("--identity", type=_FOLDER, help="The identity file.")
@click.option("--json", "json_file", type=_FOLDER, help="Write it as JSON; - is stdout.")
@click.option("--html", "html_folder", type=_FOLDER, help="Write the report as pages here.")
@click.option("--csv", "csv_file", type=_FOLDER, help="Write a summary for spreadsheets.")
@click.option("--vle", "vle_file", type=_FOLDER, help="Write points for the VLE, with names.")
@click.option("--hours", "hours_file", type=_FOLDER, help="Write estimated hours of practice.")
@click.option("--explain", nargs=2, metavar="APPRENTICE EXERCISE", help="Explain one mark.")
def report(**options: object) -> None:
    """Show what a gradebook says, without grading anything."""
    from grader.cli.report import Options
    from grader.cli.report import report as show

    show(Options(**options))  # type: ignore[arg-type]


@click.command()
@click.option("--gradebook", default="gradebook.db", type=_FOLDER, help="The record.")
@click.option("--exercises", default="exercises", type=_FOLDER, help="The course.")
@click.option("--solutions", type=_FOLDER, help="Where the hidden suites lie.")
@click.option("--identity", type=_FOLDER, help="The identity file.")
@click.option("--apprentice", metavar="ID", help="Only what waits of one apprentice.")
@click.option("--exercise", metavar="ID", help="Only what waits of one exercise.")
@click.option("--by", metavar="ROLE", help="Who marks: a role or pseudonym, such as tutor-1.")
@click.option("--again", is_flag=True, help="Also what was judged before.")
@click.option("--undo", is_flag=True, help="Take back your latest judgement.")
@click.option("--talk", nargs=2, metavar="APPRENTICE EXERCISE", help="Record a talk about it.")
@click.option("--held-on", metavar="DATE", help="When the talk was, if not today.")
def mark(**options: object) -> None:
    """Judge what only a person can: criterion by criterion, with the evidence beside it.

    Each decision is kept at once, with its reason; a reason that was given before for the same
    level is chosen by its number. Quit whenever you like; what waits still waits. --talk records
    an "explain your code" talk, which confirms an exercise's KSBs.
    """
    from grader.cli.mark import Options
    from grader.cli.mark import mark as begin

    begin(Options(**options))  # type: ignore[arg-type]


@click.command()
@click.argument("apprentice")
@click.argument("text", required=False)
@click.option("--by", metavar="ROLE", help="Who says it: a role or pseudonym, such as tutor-1.")
@click.option("--take-back", type=click.IntRange(1), metavar="N", help="Delete comment N.")
@click.option("--gradebook", default="gradebook.db", type=_FOLDER, help="The record.")
@click.option("--identity", type=_FOLDER, help="The identity file.")
@click.option("--yes", is_flag=True, help="Keep it even if it may name somebody.")
def comment(**options: object) -> None:
    """Say something to an apprentice: it stands on their page and their progress review.

    Without TEXT, list what was said, with numbers for --take-back.
    """
    from grader.cli.comment import Options
    from grader.cli.comment import comment as say

    say(Options(**options))  # type: ignore[arg-type]


@click.command()
@click.argument("apprentices", nargs=-1, metavar="[APPRENTICE]...")
@click.option("--older-than", type=click.IntRange(1, 240), metavar="MONTHS", help="Who is done.")
@click.option("--gradebook", default="gradebook.db", type=_FOLDER, help="The record.")
@click.option("--identity", type=_FOLDER, help="The identity file.")
@click.option("--reports", multiple=True, type=_FOLDER, help="A folder of reports; repeatable.")
@click.option("--why", help="The reason, without names; it stays in the record.")
@click.option("--yes", is_flag=True, help="Don't ask.")
def forget(**options: object) -> None:
    """Erase apprentices: from the gradebook, the identity file and reports. Shown first.

    One line stays that says what was done, why, and until when that line is kept.
    """
    from grader.cli.forget import Options
    from grader.cli.forget import forget as erase

    sys.exit(erase(Options(**options)))  # type: ignore[arg-type]


for _command in list(globals().values()):
    if isinstance(_command, click.Command) and _command is not cli:
        cli.add_command(_command)
