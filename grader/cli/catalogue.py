"""`grade catalogue`: the exercises by track, and what they practise."""

from __future__ import annotations

from pathlib import Path

from rich.console import Console

from grader.cli.finding import code_known, course_of, duty_known, exercises_under
from grader.reports.catalogue_view import duty_matrix, exercises_table, ksb_matrix


def show(path: Path, ksbs: tuple[str, ...], duties: tuple[str, ...]) -> None:
    """Print the catalogue; with codes, only the maps to these."""
    exercises = exercises_under([path], need_starters=False)
    console = Console(highlight=False)
    codes = [code_known(code) for code in ksbs]
    wanted = [duty_known(code) for code in duties]
    if not codes and not wanted:
        exercises_table(exercises, course_of(exercises), console)
    if codes or not wanted:
        console.print()
        ksb_matrix(exercises, console, codes or None)
    if wanted or not codes:
        console.print()
        duty_matrix(exercises, console, wanted or None)
