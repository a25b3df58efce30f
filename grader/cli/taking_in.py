"""What `grade cohort` does before it grades: look through the submissions, and show the list."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import msgspec
from rich.console import Console

from grader import __version__
from grader.catalogue import Exercise
from grader.cli.telling_cohort import is_stdout
from grader.cohort.corrections import FILE, Corrections, read_corrections
from grader.cohort.identity import (
    Identity,
    close_to_others,
    read_beside,
    write_identity,
    write_private,
)
from grader.cohort.intake import Intake, take_in
from grader.cohort.repositories import Repositories
from grader.cohort.spool import Spool
from grader.errors import UsageError
from grader.reports.intake_view import show_intake, sum_up
from grader.results import CohortReport, encoded
from grader.sandbox import Level, temporary


class Taking(msgspec.Struct, frozen=True, kw_only=True):
    """What the command line says of an intake."""

    submissions: Path
    gradebook: Path
    identity: Path | None
    corrections: Path | None
    only: tuple[str, ...]


@contextmanager
def taken_in(
    taking: Taking, every: Sequence[Exercise], level: Level
) -> Iterator[tuple[Intake, bytes]]:
    """Look through the submissions and write nothing; the intake, and the identity file before.

    What was put together for it lasts as long.
    """
    path, known = _known(taking)
    before = path.read_bytes() if path.is_file() else b""
    corrections = _corrections(taking, every)
    with (
        temporary.lasting("spool") as spool,
        Repositories(level, spool) as repositories,
    ):
        intake = take_in(
            taking.submissions,
            {one.id: one.work for one in every},
            known,
            closed=taking.identity is not None,
            only=taking.only,
            repositories=repositories.read,
            spool=Spool(spool),
            corrections=corrections,
        )
        yield intake, before


def refuse_layers(intake: Intake) -> None:
    """Raise UsageError when all there is may be several people's."""
    if intake.layers and not intake.found:
        raise UsageError("\n".join(intake.layers))


def write_who_is_new(taking: Taking, intake: Intake, before: bytes, console: Console) -> None:
    """Write the identity file when it has grown; UsageError when it isn't as it was `before`."""
    path, known = _known(taking, fill=False)
    if path.is_file() and path.read_bytes() != before:
        raise UsageError(f"`{path}` was changed meanwhile. Run the same command again.")
    if path.is_file() and close_to_others(path):
        console.print(f"{path} could be read by others; now only you can.", markup=False)
    if intake.identity.people != known.people or not path.is_file():
        write_identity(path, intake.identity)


def preview(
    taking: Taking,
    every: Sequence[Exercise],
    level: Level,
    json_file: Path | None,
    console: Console,
) -> int:
    """Show the whole list and write nothing but the JSON that was asked for; the exit code."""
    with taken_in(taking, every, level) as (intake, _):
        show_intake(intake.entries, console, new="new: an id is made up when it is graded")
    for key in intake.unused:
        console.print(f"{FILE} names `{key}`, which isn't here.", markup=False)
    console.print(f"\n{sum_up(intake.entries)} Nothing was written.", markup=False)
    if json_file is not None:
        report = CohortReport(
            grader=__version__,
            isolation="none: a preview",
            unmatched=tuple(one.sentence for one in intake.unmatched),
            intake=intake.entries,
        )
        text = msgspec.json.format(encoded(report), indent=1).decode()
        if is_stdout(json_file):
            sys.stdout.write(text + "\n")
            return 1 if intake.unmatched else 0
        try:
            write_private(json_file, text + "\n")
        except OSError as error:
            raise UsageError(f"`{json_file}` can't be written: {error.strerror}.") from None
        console.print(f"Written: {json_file}, which names people: only you can read it.")
    return 1 if intake.unmatched else 0


def _known(taking: Taking, *, fill: bool = True) -> tuple[Path, Identity]:
    path, known = read_beside(taking.gradebook, taking.identity, fill=fill)
    if taking.identity is not None and not path.is_file():
        raise UsageError(f"There is no identity file at `{path}`.")
    return path, known


def _corrections(taking: Taking, every: Sequence[Exercise]) -> Corrections:
    """As named, or beside the gradebook; none when there is no such file."""
    path = taking.corrections or taking.gradebook.with_name(FILE)
    if taking.corrections is not None and not path.is_file():
        raise UsageError(f"There is no file `{path}`; --corrections names a {FILE}.")
    course = {one.id: one.work for one in every}
    return read_corrections(path, course) if path.is_file() else Corrections()
