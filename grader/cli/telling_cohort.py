"""What `grade cohort` and `grade report` write of a gradebook in the same way."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from functools import cached_property
from pathlib import Path
from typing import BinaryIO

from rich.console import Console

from grader import __version__
from grader.catalogue import Exercise
from grader.cli.finding import course_of
from grader.cohort.identity import Identity, write_private
from grader.cohort.labels import number_of
from grader.cohort.likeness import same_work
from grader.cohort.listing import sentences
from grader.cohort.standing import apprentice_reports, programme_of
from grader.disclosure import for_learner
from grader.errors import UsageError
from grader.evidence import Offer
from grader.gradebook import Gradebook
from grader.reports.cohort_csv import Addressee, hours_csv, summary_csv, vle_csv
from grader.reports.cohort_json import cohort_json
from grader.reports.cohort_pages import Cohort, write_pages
from grader.results import ApprenticeReport, IntakeEntry
from grader.summary import offer_of


@dataclass(frozen=True)
class Telling:
    """What a report needs besides the gradebook."""

    exercises: tuple[Exercise, ...]
    solutions: Path | None
    isolation: str
    identity: Identity
    intake: tuple[IntakeEntry, ...] = ()
    today: date = field(default_factory=lambda: datetime.now(UTC).date())

    @cached_property
    def offers(self) -> list[Offer]:
        """What each exercise can give, read once."""
        return [offer_of(exercise, self.solutions) for exercise in self.exercises]

    @cached_property
    def unmatched(self) -> tuple[str, ...]:
        """What was left out, as a sentence each."""
        return sentences(self.intake)

    def reports(self, book: Gradebook) -> Iterator[ApprenticeReport]:
        """Everybody, one after the other."""
        course = course_of(self.exercises)
        return apprentice_reports(
            book, self.exercises, course, self.offers, self.today, self.identity
        )


def console_beside(json_file: Path | None) -> Console:
    """Where words go: to standard error when standard output is for JSON."""
    return Console(highlight=False, stderr=is_stdout(json_file))


def is_stdout(file: Path | None) -> bool:
    """Whether `-` was named, which is standard output."""
    return file is not None and str(file) == "-"


def write_files(
    book: Gradebook,
    told: Telling,
    json_file: Path | None,
    html_folder: Path | None,
    csv_file: Path | None,
    console: Console,
) -> None:
    """Write the reports that were asked for; UsageError when one can't be written."""
    try:
        if json_file is not None:
            with _opened(json_file) as out:
                out.writelines(
                    cohort_json(
                        __version__,
                        told.isolation,
                        told.unmatched,
                        told.reports(book),
                        told.intake,
                        tuple(same_work(book, told.exercises)),
                    )
                )
        if csv_file is not None:
            text = summary_csv(told.reports(book), [one.id for one in told.exercises])
            csv_file.write_text(text, "utf-8-sig", newline="")
        if html_folder is not None:
            write_pages(html_folder, told.reports(book), _cohort(told, book), for_learner)
    except OSError as error:
        raise UsageError(f"`{error.filename}` can't be written: {error.strerror}.") from None
    for path in (json_file, html_folder, csv_file):
        if path is not None and not (path is json_file and is_stdout(path)):
            console.print(f"Written: {path}", markup=False)


def _opened(file: Path) -> AbstractContextManager[BinaryIO]:
    return nullcontext(sys.stdout.buffer) if is_stdout(file) else file.open("wb")


def write_exports(
    book: Gradebook, told: Telling, vle_file: Path | None, hours_file: Path | None, console: Console
) -> None:
    """Write what goes to other systems; UsageError when one can't be written."""
    try:
        if vle_file is not None:
            people = {
                one.id: Addressee(one.email, one.name, number_of(one.folder))
                for one in told.identity.people.values()
            }
            exercises = [one.id for one in told.exercises]
            text, by_name, left = vle_csv(told.reports(book), exercises, people)
            write_private(vle_file, text)
            told_of = f"Written: {vle_file}, which names people: only you can read it."
            console.print(told_of, markup=False)
            if by_name:
                console.print(
                    f"Without an e-mail address, by number or full name alone: "
                    f"{', '.join(by_name)}. Match that column when you import it, or write their "
                    "addresses into the column email of the identity file."
                )
            for name in left:
                console.print(
                    f"Not in it: {name} has no e-mail address, name or label of a platform in the "
                    "identity file. Write one of them there."
                )
        if hours_file is not None:
            minutes = {one.id: one.minutes for one in told.exercises}
            text = hours_csv(told.reports(book), minutes)
            hours_file.write_text(text, "utf-8-sig", newline="")
            console.print(f"Written: {hours_file}", markup=False)
    except OSError as error:
        raise UsageError(f"`{error.filename}` can't be written: {error.strerror}.") from None


def _cohort(told: Telling, book: Gradebook) -> Cohort:
    people = told.identity.people.values()
    return Cohort(
        told.exercises,
        __version__,
        told.isolation,
        told.today,
        told.unmatched,
        {one.id: programme_of(one, told.today) for one in people},
        told.intake,
        tuple(same_work(book, told.exercises)),
    )
