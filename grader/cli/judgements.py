"""`--judgements FILE`: what a tutor decided on the criteria of rubrics, as TOML or JSON.

TOML: a table `[[judgements]]` for each; JSON: a list of objects. Both have the same keys, of
which `exercise`, `criterion` and `level` are needed.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from grader.catalogue import Exercise
from grader.errors import UsageError
from grader.results import Judgement
from grader.tables import build, did_you_mean, load_toml


def judgements_in(path: Path, exercises: Sequence[Exercise]) -> dict[str, tuple[Judgement, ...]]:
    """Judgements by exercise, in the file's order; UsageError with all problems of the file."""
    found, problems = _entries(path)
    known = [exercise.id for exercise in exercises]
    judged: dict[str, list[Judgement]] = defaultdict(list)
    for number, entry in enumerate(found, start=1):
        place = f"judgement {number}: "
        if not isinstance(entry, Mapping):
            problems.append(f"{place}expected a table")
            continue
        made, faults = build(entry, Judgement, place)
        problems += faults
        if made is not None and made.exercise not in known:
            near = did_you_mean(made.exercise, known)
            problems.append(f"{place}there is no exercise `{made.exercise}`{near}")
        elif made is not None:
            judged[made.exercise].append(made)
    if problems:
        raise UsageError("\n".join([f"The judgements in {path} can't be used:", *problems]))
    return {exercise: tuple(theirs) for exercise, theirs in judged.items()}


def _entries(path: Path) -> tuple[Sequence[Any], list[str]]:
    if path.suffix == ".json":
        try:
            found = json.loads(path.read_bytes())
        except OSError as error:
            return (), [f"the file can't be read: {error.strerror}"]
        except (ValueError, RecursionError) as error:
            return (), [f"the file isn't valid JSON: {error}"]
    else:
        document, problems = load_toml(path)
        if problems:
            return (), [f"the file {problem}" for problem in problems]
        found = document.get("judgements")
    if not isinstance(found, list):
        return (), ["a list is needed: [[judgements]] in TOML, [ … ] in JSON"]
    return found, []
