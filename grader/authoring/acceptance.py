"""`solutions/<id>/lint.toml`: findings that the author has looked at and lets stand, with why.

format = 1

[[accepted]]
rule = "mutants-killed"
file = "fares.py"
what = "`zones <= len(tariff)` became `zones < len(tariff)`"
reason = "Both give the last listed price."
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import msgspec

from grader.tables import build, load_toml, split_format

FILE = "lint.toml"
FORMAT = 1
ACCEPTABLE = ("mutants-killed", "branches-reached")


class Accepted(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One finding that stands. `what` is the finding in the lint's own words."""

    rule: str
    file: str
    what: str
    reason: str


class _Document(msgspec.Struct, frozen=True):
    accepted: tuple[Accepted, ...] = ()


@dataclass(frozen=True)
class Acceptance:
    """What the file says, and what is wrong with it."""

    accepted: tuple[Accepted, ...] = ()
    problems: tuple[str, ...] = ()

    def of(self, rule: str) -> tuple[Accepted, ...]:
        """What is accepted of one rule's findings."""
        return tuple(one for one in self.accepted if one.rule == rule)


def acceptance_of(solution: Path) -> Acceptance:
    """Read the file of an exercise's solution; nothing is accepted when there is none."""
    path = solution / FILE
    if not path.is_file():
        return Acceptance()
    document, problems = load_toml(path)
    if problems:
        return Acceptance(problems=tuple(problems))
    table, problems, readable = split_format(document, FORMAT)
    if not readable:
        return Acceptance(problems=tuple(problems))
    found, faults = build(table, _Document)
    if found is None:
        return Acceptance(problems=(*problems, *faults))
    return Acceptance(found.accepted, (*problems, *faults, *_unfit(found.accepted)))


def _unfit(accepted: Sequence[Accepted]) -> list[str]:
    problems = []
    for one in accepted:
        if one.rule not in ACCEPTABLE:
            names = " or ".join(ACCEPTABLE)
            problems.append(f"`rule`: findings of `{one.rule}` can't be accepted, only {names}")
        if not one.reason.strip():
            problems.append(f"`reason` is empty for `{one.what}`; say why it may stand")
    return problems
