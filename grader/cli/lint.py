"""`grade lint`: what the rules find in each exercise, one line for each problem."""

from __future__ import annotations

import os
import sys
from dataclasses import dataclass
from pathlib import Path

import click
import msgspec

from grader.authoring.findings import Note, Problem, place
from grader.authoring.linting import Course, Linted, LintReport, lint
from grader.authoring.rules import all_rules, prose_of
from grader.errors import UsageError
from grader.sandbox import best_level

FORMAT = 1


@dataclass(frozen=True)
class Options:
    """The command line's options as click gives them."""

    ids: tuple[str, ...]
    exercises: Path
    solutions: Path | None
    only: tuple[str, ...]
    jobs: int | None
    cache: bool
    json_file: Path | None


def lint_course(options: Options) -> int:
    """Lint and print; 0 when all is sound, 1 when there is a problem."""
    course = _course(options)
    report = lint(
        course,
        options.ids,
        only=options.only,
        level=best_level(),
        jobs=options.jobs or os.cpu_count() or 1,
        cache=options.cache,
        told=_tell if sys.stderr.isatty() else _keep_quiet,
    )
    if options.json_file is not None:
        _write_json(report, options.json_file)
    if options.json_file is None or str(options.json_file) != "-":
        _print(report)
    return 1 if any(one.problems for one in report.exercises) else 0


def show_rules() -> None:
    """Every rule with the first sentence of what it is for."""
    for name in all_rules():
        first = " ".join(prose_of(name).partition("\n\n")[0].split())
        click.echo(f"{name}\n    {first}")


def _course(options: Options) -> Course:
    exercises = options.exercises
    solutions = options.solutions or exercises.resolve().parent / "solutions"
    if not solutions.is_dir():
        raise UsageError(f"`{solutions}` isn't a folder; --solutions names where solutions lie.")
    return Course(exercises, solutions)


def _tell(done: int, every: int) -> None:
    click.echo(f"\rtried {done} of {every} programs", nl=done == every, err=True)


def _keep_quiet(_done: int, _every: int) -> None:
    """Say nothing where nobody watches."""


def _print(report: LintReport) -> None:
    for one in report.exercises:
        click.echo(f"{one.id}: {_verdict(one)}{_figures(one)}")
        for rule, problem in one.problems:
            click.echo(f"  {place(problem)} {problem.text} [{rule}]")
        for rule, note in one.notes:
            click.echo(f"  to look at: {place(note)} {note.text} [{rule}]")
    tried = f"{report.trials} programs tried"
    kept = f", {report.kept} of them known from before" if report.kept else ""
    click.echo(
        f"{_count(len(report.exercises), 'exercise')}, {tried}{kept}, {report.seconds:.1f} s"
    )


def _verdict(one: Linted) -> str:
    return _count(len(one.problems), "problem") if one.problems else "sound"


def _figures(one: Linted) -> str:
    figures = one.figures
    words = []
    if "mutants" in figures:
        accepted = f" and {figures['accepted']} accepted" if figures["accepted"] else ""
        words.append(f"{figures['killed']} of {figures['mutants']} mutants killed{accepted}")
    if "reachable" in figures:
        words.append(f"{figures['reached']} of {figures['reachable']} lines and branches reached")
    return "".join(f", {word}" for word in words)


def _count(number: int, noun: str) -> str:
    return f"one {noun}" if number == 1 else f"{number} {noun}s"


# -- as JSON


def _write_json(report: LintReport, file: Path) -> None:
    document = {
        "format": FORMAT,
        "exercises": [
            {
                "id": one.id,
                "problems": [_row(rule, problem) for rule, problem in one.problems],
                "notes": [_row(rule, note) for rule, note in one.notes],
                "figures": one.figures,
            }
            for one in report.exercises
        ],
        "trials": report.trials,
        "kept": report.kept,
        "seconds": round(report.seconds, 3),
    }
    text = msgspec.json.format(msgspec.json.encode(document), indent=2) + b"\n"
    if str(file) == "-":
        sys.stdout.buffer.write(text)
        return
    try:
        file.write_bytes(text)
    except OSError as error:
        raise UsageError(f"`{file}` can't be written: {error.strerror}") from None


def _row(rule: str, finding: Problem | Note) -> dict[str, object]:
    return {"rule": rule, "path": finding.path, "line": finding.line, "text": finding.text}
