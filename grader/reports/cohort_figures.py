"""What the pages of a cohort show, counted while apprentices go by one after the other."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from grader.reports.faults import Faults
from grader.reports.heat_map import Cell, skill_cell, status_cell
from grader.reports.wording import told_status
from grader.results import (
    ApprenticeReport,
    AttemptResult,
    CheckResult,
    Item,
    Level,
    Matrix,
    Outcome,
    Status,
)
from grader.results import Cell as Tried


@dataclass
class Behaviour:
    """How often one behaviour of an exercise held. `sentence` is what learners read."""

    check: str
    sentence: str
    clause: str = ""
    ksbs: tuple[str, ...] = ()
    held: int = 0
    failed: int = 0
    waiting: int = 0


@dataclass
class ExerciseFigures:
    """One exercise over the cohort: latest hand-ins by status, and every behaviour.

    `caught` holds for each apprentice whose tests were tried on faulty programs how many of the
    tests that count caught each program.
    """

    title: str = ""
    statuses: Counter[Status] = field(default_factory=Counter)
    slipped: int = 0
    attempts: int = 0
    behaviours: dict[tuple[str, str], Behaviour] = field(default_factory=dict)
    caught: dict[str, dict[str, int]] = field(default_factory=dict)


@dataclass
class Figures:
    """Everything that an index, a KSB's page and an exercise's page need; a few bytes a cell."""

    skills: dict[str, dict[str, Cell]] = field(default_factory=dict)
    exercises: dict[str, dict[str, Cell]] = field(default_factory=dict)
    levels: dict[str, Counter[str]] = field(default_factory=dict)
    by_exercise: dict[str, ExerciseFigures] = field(default_factory=dict)
    faults: Faults = field(default_factory=Faults)

    def add(self, report: ApprenticeReport) -> None:
        """Count one apprentice."""
        name = report.apprentice
        self.skills[name] = {one.code: skill_cell(one) for one in report.ksbs}
        self.exercises[name] = {one.id: _status(one) for one in report.exercises}
        for skill in report.ksbs:
            waits = skill.awaiting_tutor and skill.level is Level.NO_EVIDENCE
            word = "awaiting tutor" if waits else str(skill.level)
            self.levels.setdefault(skill.code, Counter())[word] += 1
        for result in report.exercises:
            self._count(name, result)

    def _count(self, name: str, result: AttemptResult) -> None:
        figures = self.by_exercise.setdefault(result.id, ExerciseFigures(result.title))
        figures.statuses[result.status] += 1
        figures.slipped += result.slipped
        figures.attempts += result.attempts
        self.faults.add(name, result)
        for check in result.checks:
            if check.evidence and check.outcome is not Outcome.BROKEN:
                _count_check(figures, check)
                if check.matrix is not None:
                    figures.caught[name] = _caught(check.matrix)


def practice_hours(met: Iterable[AttemptResult], minutes: Mapping[str, int]) -> float:
    """Estimated hours: the minutes that the course gives for each exercise that is met."""
    return sum(minutes.get(one.id, 0) for one in met) / 60


def _caught(matrix: Matrix) -> dict[str, int]:
    """How many tests caught each faulty program; a test counts if every correct one passes it."""
    sound = [place for place, column in enumerate(matrix.columns) if column.sound]
    rows = [row for row in matrix.rows if all(row.cells[place] is Tried.PASSED for place in sound)]
    return {
        column.program: sum(row.cells[place] is Tried.FAILED for row in rows)
        for place, column in enumerate(matrix.columns)
        if not column.sound
    }


def _count_check(figures: ExerciseFigures, check: CheckResult) -> None:
    groups: dict[str, list[Item]] = {}
    for item in check.items:
        groups.setdefault(item.behaviour or item.id, []).append(item)
    for name, items in groups.items():
        first = items[0]
        one = figures.behaviours.setdefault(
            (check.name, name), Behaviour(check.name, first.sentence, first.clause, first.ksbs)
        )
        outcomes = {item.outcome for item in items}
        if outcomes == {Outcome.PASSED}:
            one.held += 1
        elif Outcome.FAILED in outcomes:
            one.failed += 1
        elif Outcome.PENDING in outcomes:
            one.waiting += 1


def _status(result: AttemptResult) -> Cell:
    words = told_status(result) + (", slipped" if result.slipped else "")
    return status_cell(result.status, words, slipped=result.slipped)
