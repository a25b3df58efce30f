"""The figures and tables by which records become levels, read from a course's settings."""

from __future__ import annotations

import difflib
from collections.abc import Callable, Iterable, Mapping
from typing import Any

import msgspec

from grader.errors import ExerciseError
from grader.standard import standard

NEEDED = 0.8

# What only a person can judge: all behaviours, and the KSBs that are about people (readers,
# users, colleagues) or about why something was chosen. Holds without any course settings.
TUTOR_ONLY = frozenset(
    {"K4", "S3", "S9", "S10", "S11", "S13", "S18", "S22", "S24", "S32"}
    | {"B1", "B2", "B3", "B4", "B5"}
)


class FacetRule(msgspec.Struct, frozen=True, kw_only=True):
    """The sides that a KSB has by our own rule, and how many of them `consistent` needs.

    Those in `always` must be among the ones held.
    """

    names: tuple[str, ...]
    needed: int
    always: tuple[str, ...] = ()


class Rules(msgspec.Struct, frozen=True, kw_only=True):
    """Everything that decides a level besides the records; `version` is shown with a level.

    `needed` and `partly` are shares of points, 0 to 1. `behaviours` is how many of them must
    carry a KSB in an exercise for a share to do; with fewer, all are needed. `stale_days` and
    `apart_days` are days. `musts` maps each must-have to the KSBs that it blocks; one that is
    missing there blocks the KSBs of the records that show it.
    """

    version: str = "1"
    exercises: int = 2
    clients: int = 2
    stale_days: int = 270
    apart_days: int = 30
    behaviours: int = 3
    needed: float = NEEDED
    partly: float = 0.5
    tutor_only: frozenset[str] = TUTOR_ONLY
    facets: Mapping[str, FacetRule] = {}
    musts: Mapping[str, frozenset[str]] = {}

    def blocks(self, must: str, shown_with: str) -> frozenset[str]:
        """Return the codes that a must-have blocks; `shown_with` is the code of the record."""
        return self.musts.get(must, frozenset({shown_with} - {""}))


def rules_from(course: Mapping[str, Any]) -> Rules:
    """Read `[levels]`, `[facets.<code>]` and `[musts.<id>]`; other tables are left alone.

    `[levels]` may set version, exercises, clients, stale_days, apart_days, behaviours, needed,
    partly and tutor_only (a list of codes; the behaviours B1 to B5 always belong to it). A facet
    table has `names`, `needed` (all names if left out) and `always` (names that must be among
    them); a must table has `codes`. Raises ExerciseError with all problems at once.
    """
    problems: list[str] = []
    settings = _levels(_table(course, "levels", problems), problems)
    facets = {
        code: rule
        for code, table in _named(course, "facets", problems)
        if (rule := _facet(code, table, problems)) is not None
    }
    musts = {
        name: _must(f"[musts.{name}]", table, problems)
        for name, table in _named(course, "musts", problems)
    }
    if problems:
        raise ExerciseError("The course's rules for levels can't be used:", tuple(problems))
    return Rules(**settings, facets=facets, musts=musts)


def _count(value: object) -> bool:
    return type(value) is int and value >= 1


def _days(value: object) -> bool:
    return type(value) is int and value >= 0


def _share(value: object) -> bool:
    return isinstance(value, (int, float)) and type(value) is not bool and 0 < value <= 1


def _text(value: object) -> bool:
    return isinstance(value, str) and bool(value.strip())


LEVELS: Mapping[str, tuple[Callable[[object], bool], str]] = {
    "version": (_text, 'a text such as "1"'),
    "exercises": (_count, "a whole number from 1"),
    "clients": (_count, "a whole number from 1"),
    "behaviours": (_count, "a whole number from 1"),
    "stale_days": (_count, "a whole number of days from 1"),
    "apart_days": (_days, "a whole number of days from 0"),
    "needed": (_share, "a share above 0 and up to 1, such as 0.8"),
    "partly": (_share, "a share above 0 and up to 1, such as 0.5"),
}


def _levels(table: Mapping[str, Any], problems: list[str]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for written, value in table.items():
        key = written.replace("-", "_")
        if key == "tutor_only":
            codes = _codes(value, f"[levels] {written}", problems)
            behaviours = {c for c, ksb in standard().ksbs.items() if ksb.kind == "behaviour"}
            found[key] = frozenset(codes) | behaviours
        elif key not in LEVELS:
            problems.append(f"[levels] {written} is not a setting{_like(key, LEVELS)}")
        elif not LEVELS[key][0](value):
            problems.append(f"[levels] {written} is {value!r}; it should be {LEVELS[key][1]}.")
        else:
            found[key] = value
    if found.get("partly", 0) > found.get("needed", NEEDED):
        problems.append("[levels] partly is above needed; it should be below it.")
    return found


def _facet(code: str, table: Mapping[str, Any], problems: list[str]) -> FacetRule | None:
    where, before = f"[facets.{code}]", len(problems)
    if code not in standard().ksbs:
        problems.append(f"{where}: {code} is no KSB of the standard{_like(code, standard().ksbs)}")
    _refuse_misspelt(table, ("names", "needed", "always"), where, problems)
    names = _names(table.get("names"), f"{where} names", problems)
    always = _names(table.get("always", []), f"{where} always", problems, empty=True)
    needed = table.get("needed", len(names))
    if names and (type(needed) is not int or not 1 <= needed <= len(names)):
        problems.append(f"{where} needed is {needed!r}; it should be from 1 to {len(names)}.")
    problems += [
        f"{where} always has {name}, which is none of its names{_like(name, names)}"
        for name in always
        if names and name not in names
    ]
    if len(problems) > before:
        return None
    return FacetRule(names=names, needed=max(needed, len(always)), always=always)


def _must(where: str, table: Mapping[str, Any], problems: list[str]) -> frozenset[str]:
    _refuse_misspelt(table, ("codes",), where, problems)
    return frozenset(_codes(table.get("codes"), f"{where} codes", problems))


def _names(
    value: object, where: str, problems: list[str], *, empty: bool = False
) -> tuple[str, ...]:
    """Return a list of different names; report anything else."""
    if not isinstance(value, list) or not all(_text(name) for name in value):
        problems.append(f"{where} should be a list of names.")
        return ()
    if not value and not empty:
        problems.append(f"{where} is empty; it should have one name or more.")
    if len(set(value)) < len(value):
        problems.append(f"{where} has a name twice.")
    return tuple(value)


def _codes(value: object, where: str, problems: list[str]) -> list[str]:
    """Return the codes of a list; report what is no list, empty or unknown."""
    if not isinstance(value, list) or not value:
        problems.append(f'{where} should be a list of one or more codes, such as ["S4"].')
        return []
    known = standard().ksbs
    texts = [str(code) for code in value]
    problems += [
        f"{where}: {code} is no KSB of the standard{_like(code, known)}"
        for code in texts
        if code not in known
    ]
    return texts


def _table(course: Mapping[str, Any], name: str, problems: list[str]) -> Mapping[str, Any]:
    table = course.get(name, {})
    if isinstance(table, Mapping):
        return table
    problems.append(f"{name} should be a table, [{name}], and is {table!r}.")
    return {}


def _named(
    course: Mapping[str, Any], name: str, problems: list[str]
) -> list[tuple[str, Mapping[str, Any]]]:
    found = []
    for key, table in _table(course, name, problems).items():
        if isinstance(table, Mapping):
            found.append((key, table))
        else:
            problems.append(f"[{name}] {key} should be a table of its own, [{name}.{key}].")
    return found


def _refuse_misspelt(
    table: Mapping[str, Any], names: tuple[str, ...], where: str, problems: list[str]
) -> None:
    """Report keys close to ours. Others (a text, say) may stand there for other readers."""
    for key in table:
        hint = _like(key, names)
        if key not in names and hint != ".":
            problems.append(f"{where} {key} is not a setting{hint}")


def _like(word: str, known: Iterable[str]) -> str:
    """End a sentence: with a question if something known is close, else with a full stop."""
    near = difflib.get_close_matches(word, list(known), n=1)
    return f"; did you mean {near[0]}?" if near else "."
