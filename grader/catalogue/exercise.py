"""One exercise: what `exercise.toml` says, and the reading of it with all its problems at once."""

from __future__ import annotations

import os
import re
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from pathlib import Path, PurePosixPath
from typing import Annotated, Any, Literal

import msgspec
from msgspec import Meta

from grader.errors import ExerciseError
from grader.escaping import visible
from grader.tables import (
    build,
    did_you_mean,
    listed,
    load_toml,
    read_table,
    split_format,
    value_problems,
)

FILE = "exercise.toml"
FORMAT = 1

Kinds = Mapping[str, type[msgspec.Struct]]

_ID = re.compile(r"[a-z][a-z0-9-]*")
_Words = Annotated[str, Meta(pattern=r"\S", description="text that isn't empty")]
_Difficulty = Annotated[int, Meta(ge=1, le=3, description="a whole number from 1 to 3")]
_Minutes = Annotated[int, Meta(ge=1, description="a whole number of minutes, 1 or more")]
_Seconds = Annotated[float, Meta(gt=0, description="a number of seconds above 0")]
_Budget = Annotated[float, Meta(ge=60, le=600, description="a number of seconds from 60 to 600")]
_Megabytes = Annotated[int, Meta(ge=1, description="a whole number of megabytes, 1 or more")]
_Work = Annotated[tuple[_Words, ...], Meta(min_length=1, description="a list of file names")]
ANSWERS, INDIVIDUAL, QUESTIONS = "answers.toml", "individual.py", "questions.toml"
OWN = frozenset({FILE, "README.md", INDIVIDUAL, QUESTIONS})
EXAMPLES = "examples/"


class SandboxNeeds(msgspec.Struct, frozen=True, kw_only=True, rename="kebab"):
    """What an exercise needs beyond the default; seconds, megabytes of memory.

    `seconds` are CPU time of one call; `budget` are those on the clock in which all checks of one
    hand-in run its work, 60 where nothing is said.
    """

    processes: bool = False
    loopback: bool = False
    packages: tuple[str, ...] = ()
    programs: tuple[str, ...] = ()
    seconds: _Seconds | None = None
    memory: _Megabytes | None = None
    budget: _Budget | None = None
    fresh: Literal["test", "module"] = "test"


class Exercise(msgspec.Struct, frozen=True, kw_only=True, rename="kebab"):
    """The facts of one exercise; `checks` maps each kind to its options, in the file's order.

    `id` is the folder's name, `work` and all other names of files are relative to `folder`;
    `markers` are the course's, for its suites.
    """

    id: str
    folder: Path
    title: _Words
    client: _Words
    track: _Words
    after: tuple[str, ...] = ()
    difficulty: _Difficulty
    minutes: _Minutes
    duties: tuple[str, ...]
    ksbs: tuple[str, ...]
    work: _Work
    checks: Mapping[str, object] = {}
    sandbox: SandboxNeeds = SandboxNeeds()
    feedback: Literal["sentence", "values"] = "sentence"
    markers: Mapping[str, str] = {}


def read_exercise(
    folder: Path,
    *,
    kinds: Kinds,
    known_codes: Collection[str],
    known_duties: Collection[str],
    need_starters: bool = True,
) -> Exercise:
    """Read `folder/exercise.toml`; raise ExerciseError with one line for each problem.

    `kinds` maps the name of each kind of check to its options. `need_starters=False` is for a
    learner's copy, where a work file may have been deleted.
    """
    exercise, problems = examine_exercise(
        folder,
        kinds=kinds,
        known_codes=known_codes,
        known_duties=known_duties,
        need_starters=need_starters,
    )
    if exercise is None:
        raise ExerciseError(f"The exercise `{visible(folder.name)}` can't be used:", problems)
    return exercise


def examine_exercise(
    folder: Path,
    *,
    kinds: Kinds,
    known_codes: Collection[str],
    known_duties: Collection[str],
    need_starters: bool = True,
) -> tuple[Exercise | None, tuple[str, ...]]:
    """Return the exercise, or None and its problems; for reading many before raising once."""
    folder = absolute(folder)
    document, problems = load_toml(folder / FILE)
    if problems:
        return None, in_file(folder / FILE, problems)
    table, problems, readable = split_format(document, FORMAT)
    if not readable:
        return None, in_file(folder / FILE, problems)
    values, faults = read_table(table, Exercise, skip=("id", "folder", "markers"))
    problems += faults + id_problems(folder.name)
    problems += _code_problems(values, "ksbs", "a KSB", known_codes)
    problems += _code_problems(values, "duties", "a duty", known_duties)
    problems += [f"`after`: {fault}" for fault in _twice(values.get("after", ()))]
    problems += _work_problems(values.get("work", ()), folder if need_starters else None)
    checks, faults = _read_checks(values.get("checks", {}), kinds, values.get("ksbs"))
    problems += faults
    if problems:
        return None, in_file(folder / FILE, problems)
    return Exercise(**{**values, "id": folder.name, "folder": folder, "checks": checks}), ()


def absolute(folder: Path) -> Path:
    """Return `folder` from the root and without `..`; a linked folder keeps its own name."""
    return Path(os.path.abspath(folder))  # noqa: PTH100 - resolve() would follow the link


def in_file(path: Path, problems: Sequence[str]) -> tuple[str, ...]:
    """Put the file, as a short relative path, before each problem."""
    parts = path.parts[-3:] if path.name == FILE else path.parts[-2:]
    shown = visible("/".join(part.strip("/") for part in parts).lstrip("/"))
    return tuple(
        f"{shown} {problem}" if problem.startswith(("isn't", "can't")) else f"{shown}: {problem}"
        for problem in problems
    )


def regular_files(folder: Path) -> tuple[str, ...]:
    """Return the regular files below `folder`, sorted; no links, hidden or compiled ones."""
    found: list[str] = []
    for here, folders, files in os.walk(folder):
        folders[:] = [one for one in folders if not one.startswith(".") and one != "__pycache__"]
        for name in files:
            path = Path(here, name)
            kept = not name.startswith(".") and path.suffix not in {".pyc", ".pyo"}
            if kept and path.is_file() and not path.is_symlink():
                found.append(path.relative_to(folder).as_posix())
    return tuple(sorted(found))


def id_problems(name: str) -> list[str]:
    """Say why a folder's name can't be an exercise's id; nothing when it can."""
    if _ID.fullmatch(name):
        return []
    return [
        f"the folder's name `{visible(name, 60)}` is the exercise's id: use small letters, digits "
        "and hyphens, starting with a letter, as in `price-a-journey`"
    ]


def _twice(names: Sequence[str]) -> list[str]:
    return [f"`{visible(name, 60)}` is listed twice" for name, n in Counter(names).items() if n > 1]


def _code_problems(
    values: Mapping[str, Any], key: str, noun: str, known: Collection[str]
) -> list[str]:
    """Say which codes aren't in the standard."""
    codes = values.get(key, ())
    unknown = [
        f"`{key}`: `{visible(code, 30)}` isn't {noun} of the standard{did_you_mean(code, known)}"
        for code in codes
        if code not in known
    ]
    return unknown + [f"`{key}`: {fault}" for fault in _twice(codes)]


def _work_problems(work: Sequence[str], folder: Path | None) -> list[str]:
    """Say which names of work files can't be used, or have no starter in `folder`."""
    problems = _twice([name.casefold() for name in work])
    for name in work:
        shown = visible(name, 60)
        if not is_plain_relative(name):
            problems.append(
                f"`{shown}` must be a path inside the exercise's folder, with `/` between its "
                "parts, without `..` and without hidden files"
            )
        elif name in OWN or name.startswith(EXAMPLES):
            problems.append(f"`{shown}` belongs to the exercise and can't be handed in")
        elif folder is not None and not (folder / name).is_file():
            problems.append(f"`{shown}` isn't in the folder; write its starter, it may be empty")
    return [f"`work`: {problem}" for problem in problems]


def is_plain_relative(name: str) -> bool:
    """Tell whether `name` is a relative path that stays inside its folder and is not hidden."""
    if not name or "\\" in name or visible(name, len(name) + 1) != name:
        return False
    return PurePosixPath(name).as_posix() == name and not any(
        part.startswith(".") or part == "" for part in name.split("/")
    )


def _read_checks(
    tables: Mapping[str, object], kinds: Kinds, claim: Sequence[str] | None
) -> tuple[dict[str, object], list[str]]:
    """Return the options of each check, in the file's order, and the problems of their tables."""
    checks: dict[str, object] = {}
    problems: list[str] = []
    for name, table in tables.items():
        place = f"[checks.{visible(name, 60)}]"
        if name not in kinds:
            hint = did_you_mean(name, kinds) or f"; known are {listed(kinds)}"
            problems.append(f"{place} is an unknown kind of check{hint}")
        elif not isinstance(table, dict):
            problems += value_problems(table, dict[str, object], place)
        else:
            options, faults = build(table, kinds[name], f"{place} ")
            problems += faults
            if options is not None:
                checks[name] = options
                problems += [f"{place} {fault}" for fault in _option_problems(options, claim)]
    return checks, problems


def _option_problems(options: object, claim: Sequence[str] | None) -> list[str]:
    """Check what all kinds share: `needed` is a share, `ksbs` lies within the exercise's claim."""
    problems: list[str] = []
    needed = getattr(options, "needed", 1.0)
    if not 0 <= needed <= 1:
        problems.append(f"`needed`: expected a share from 0 to 1, found the number {needed}")
    codes: tuple[str, ...] = getattr(options, "ksbs", ())
    problems += [f"`ksbs`: {fault}" for fault in _twice(codes)]
    if claim is not None:
        problems += [
            f"`ksbs`: `{visible(code, 30)}` isn't in the exercise's own `ksbs`, which are "
            f"{listed(claim)}; add it there or take it out here"
            for code in codes
            if code not in claim
        ]
    return problems
