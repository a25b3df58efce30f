"""The lint: what the rules find in each exercise of a course."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from grader.authoring.bench import Order, run_all
from grader.authoring.findings import Finding, Note, Problem
from grader.authoring.keeping import Shelf, shelf_file
from grader.authoring.rule import Rule
from grader.authoring.rules import all_rules
from grader.authoring.subject import Subject
from grader.authoring.trials import Results
from grader.catalogue import examine_exercise, find_course
from grader.checks import all_checks
from grader.errors import ExerciseError, UsageError
from grader.grading import Task
from grader.sandbox import Level
from grader.standard import standard
from grader.tables import did_you_mean

SCHEMA = "schema"


@dataclass(frozen=True)
class Course:
    """Where a course lies."""

    exercises: Path
    solutions: Path


@dataclass
class Linted:
    """What was found in one exercise, by rule."""

    id: str
    problems: list[tuple[str, Problem]] = field(default_factory=list)
    notes: list[tuple[str, Note]] = field(default_factory=list)
    figures: dict[str, int] = field(default_factory=dict)

    def take(self, rule: str, finding: Finding) -> None:
        """Put a finding where it belongs."""
        if isinstance(finding, Problem):
            self.problems.append((rule, finding))
        elif isinstance(finding, Note):
            self.notes.append((rule, finding))
        else:
            self.figures[finding.name] = finding.value


@dataclass(frozen=True)
class LintReport:
    """What was found in each exercise, and how long it took."""

    exercises: tuple[Linted, ...]
    seconds: float
    trials: int
    kept: int


def lint(
    course: Course,
    ids: Sequence[str] = (),
    *,
    only: Sequence[str] = (),
    level: Level,
    jobs: int = 1,
    cache: bool = True,
    told: Callable[[int, int], None] = lambda _done, _all: None,
) -> LintReport:
    """Lint the exercises named, or all; raises UsageError for a name that doesn't exist."""
    began = time.perf_counter()
    rules = chosen_rules(only)
    linted = {name: Linted(name) for name in chosen_ids(course, ids)}
    subjects = {name: _subject(course, name, linted[name]) for name in linted}
    ready = {name: subject for name, subject in subjects.items() if subject is not None}
    tasks = {name: task_of(subject) for name, subject in ready.items()}
    orders = {
        (name, rule): [Order(name, trial) for trial in rules[rule].trials(subject)]
        for name, subject in ready.items()
        for rule in rules
    }
    wanted = list(dict.fromkeys(order for some in orders.values() for order in some))
    shelf = Shelf(shelf_file(course.exercises.parent) if cache else None)
    ran = [0]

    def count(done: int, every: int) -> None:
        ran[0] = done
        told(done, every)

    whole = False
    try:
        results = run_all(wanted, tasks, level=level, jobs=jobs, shelf=shelf, told=count)
        whole = not ids and not only
    finally:
        shelf.save(all_used=whole)
    for (name, rule), some in orders.items():
        found = Results({order.trial: results[order] for order in some}, level)
        for finding in rules[rule].find(ready[name], found):
            linted[name].take(rule, finding)
    seconds = time.perf_counter() - began
    return LintReport(tuple(linted.values()), seconds, len(wanted), len(wanted) - ran[0])


def chosen_rules(only: Sequence[str]) -> Mapping[str, Rule]:
    """The rules named, or all."""
    every = all_rules()
    for name in only:
        if name not in every:
            raise UsageError(f"There is no rule `{name}`{did_you_mean(name, list(every))}")
    return {name: rule for name, rule in every.items() if not only or name in only}


def chosen_ids(course: Course, ids: Sequence[str]) -> list[str]:
    """The exercises named, or every folder that has a file exercise.toml or a solution."""
    if not course.exercises.is_dir():
        raise UsageError(f"`{course.exercises}` isn't a folder; run this where the course lies.")
    every = sorted(path.parent.name for path in course.exercises.glob("*/exercise.toml"))
    for name in ids:
        if not (course.exercises / name).is_dir():
            raise UsageError(f"There is no exercise `{name}` here{did_you_mean(name, every)}")
    if not ids and not every:
        raise UsageError(f"There is no exercise in `{course.exercises}`.")
    return list(dict.fromkeys(ids)) or every


def _subject(course: Course, name: str, linted: Linted) -> Subject | None:
    """The exercise in context; None when its own facts can't be read, which is told."""
    folder = course.exercises / name
    exercise, problems = examine_exercise(
        folder,
        kinds={kind: check.options for kind, check in all_checks().items()},
        known_codes=standard().ksbs,
        known_duties=standard().duties,
    )
    try:
        around = find_course(course.exercises)
        if exercise is not None:
            return Subject(exercise, (course.solutions / name).resolve(), around)
    except ExerciseError as error:
        problems = (*problems, *error.problems)
    for text in problems:
        path, _, what = text.partition(": ")
        linted.take(SCHEMA, Problem(path, 0, what))
    return None


def task_of(subject: Subject) -> Task:
    """The exercise as a grading takes it."""
    return Task(subject.exercise, subject.exercise.folder, subject.solution)
