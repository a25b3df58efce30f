"""`grade sample`: a cohort that nobody is in, how to grade it, and whether it was graded right."""

from __future__ import annotations

from pathlib import Path

import click

from grader.cli.finding import exercises_under, solutions_for
from grader.cohort.sample import read_sample, write_sample
from grader.cohort.sample_compare import compare
from grader.errors import UsageError
from grader.gradebook import Gradebook


def write(to: Path, exercises: Path, solutions: Path | None, apprentices: int, seed: int) -> None:
    """Write the sample and say what comes next."""
    every = exercises_under([exercises])
    hidden = solutions_for(every, solutions)
    if hidden is None:
        raise UsageError("A sample is made from the solutions: name their folder with --solutions.")
    sample = write_sample(to, every, hidden, apprentices=apprentices, seed=seed)
    click.echo(f"Written: {len(sample.hand_ins)} hand-ins of {apprentices} invented apprentices.")
    click.echo("Grade them, one round of handing in after the other:\n")
    for turn, day in zip(sample.rounds, sample.handed_in, strict=True):
        if (to / turn).is_dir():
            words = f"--gradebook {to}/gradebook.db --identity {to}/identity.csv"
            click.echo(f"    grade cohort {to}/{turn} {words} --handed-in {day}")
    click.echo(f"\nWhat each of them should get is in {to}/expected.json; compare it then by\n")
    click.echo(f"    grade sample --to {to} --compare {to}/gradebook.db")


def compare_with(to: Path, gradebook: Path) -> int:
    """Say which hand-ins got something else than they merit; 1 when there are any."""
    sample = read_sample(to)
    with Gradebook(gradebook, write=False) as book:
        compared = list(compare(sample, book))
    if not compared:
        raise UsageError(f"`{gradebook}` holds nothing of the sample in `{to}`; grade it first.")
    wrong = [sentence for sentence in compared if sentence]
    for sentence in wrong:
        click.echo(sentence)
    click.echo(f"{len(compared) - len(wrong)} of {len(compared)} hand-ins got what they merit.")
    return bool(wrong)
