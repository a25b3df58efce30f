"""Style: named profiles of ruff's rules over the learner's Python files, in plain words.

One profile is one behaviour with one point, and by itself it doesn't decide the exercise's
status. The learner's own configuration of ruff has no effect. A comment `# noqa: T201 why` leaves
that finding out, as teams do, if it names the rule and gives a reason; the tutor sees the reason.
One without either leaves nothing out and is a finding itself.
"""

from __future__ import annotations

import functools
import time
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Annotated, Literal

import msgspec
from msgspec import Meta

from grader.bridge.limited import TooMuchError, limited
from grader.catalogue import is_untouched, read_starters
from grader.checks.check import Check, Context, Options
from grader.checks.linting import Finding, Source, Sources, Waiver, lint, read_sources
from grader.checks.own_tests import is_test_file
from grader.checks.verdicts import points_of
from grader.errors import ExerciseError
from grader.escaping import visible
from grader.results import CheckResult, Item, Outcome
from grader.tables import did_you_mean

NAME = "style"
_TABLE = Path(__file__).with_name("style_profiles.toml")
_SENTENCE = 240  # characters of the findings told in one sentence
_LINES = 5
_WAIVED = 20
_QUOTED = 60

Names = Annotated[tuple[str, ...], Meta(min_length=1, description="a list of profiles")]
Length = Annotated[int, Meta(ge=60, le=200, description="a whole number from 60 to 200")]
Ways = Annotated[int, Meta(ge=3, le=30, description="a whole number from 3 to 30")]


class StyleOptions(Options, frozen=True, kw_only=True, rename="kebab"):
    """`profiles` by name; `files` are the work files looked at, all Python ones if left out.

    `max_complexity` is how many ways through a function may take, `line_length` counts
    characters. Style doesn't decide the status unless the author says so: its points would weigh
    a missing docstring like a wrong answer.
    """

    profiles: Names = ("standard", "naming", "docstrings", "complexity")
    files: tuple[str, ...] = ()
    max_complexity: Ways = 8
    line_length: Length = 100
    required: bool = False


class Profile(msgspec.Struct, frozen=True, kw_only=True, rename="kebab"):
    """One row of the table of profiles."""

    rules: tuple[str, ...]
    files: Literal["program", "tests", "all"]
    sentence: str
    hint: str
    skip_in_tests: tuple[str, ...] = ()


class Table(msgspec.Struct, frozen=True):
    """Profiles by name, and our words for rules by code."""

    profiles: Mapping[str, Profile]
    words: Mapping[str, str]


@functools.cache
def table() -> Table:
    """The profiles and words that the grader comes with."""
    return msgspec.convert(tomllib.loads(_TABLE.read_text("utf-8")), Table)


class Told(msgspec.Struct, frozen=True):
    """One finding, ready to be told: where it is and what it is."""

    file: str
    line: int
    words: str


def run(context: Context, options: StyleOptions) -> CheckResult:
    """Look at the learner's files; ExerciseError when the table asks for what isn't there."""
    began = time.perf_counter()
    wanted = _wanted(context, options)
    files = {name: context.work[name] for name in wanted if name in context.work}
    try:
        sources = limited(lambda: read_sources(files), Sources).by_file
        stopped = _stopped(context, wanted, sources)
        findings = () if stopped else _findings(context, files, options)
    except TooMuchError:
        sources, findings = {}, ()
        stopped = _Stop("a file is nested too deeply, or too large, to be looked at", "too-much")
    items = tuple(_item(name, options, sources, findings, stopped) for name in options.profiles)
    reached, possible = points_of(items)
    return CheckResult(
        name=NAME,
        outcome=Outcome.PASSED if reached + 1e-9 >= options.needed * possible else Outcome.FAILED,
        required=options.required,
        ksbs=options.ksbs,
        points=reached,
        points_max=possible,
        needed=options.needed,
        seconds=time.perf_counter() - began,
        items=items,
        tutor_notes=tuple(_waivers(sources)),
    )


def _wanted(context: Context, options: StyleOptions) -> tuple[str, ...]:
    """The files to look at; ExerciseError with all that is wrong with the table."""
    work = context.exercise.work
    problems = [
        f"[checks.style] `profiles`: there is no profile `{name}`"
        f"{did_you_mean(name, table().profiles)}"
        for name in options.profiles
        if name not in table().profiles
    ]
    problems += [
        f"[checks.style] `files`: `{name}` is not a Python file of the work"
        for name in options.files
        if name not in work or not name.endswith(".py")
    ]
    wanted = options.files or tuple(name for name in work if name.endswith(".py"))
    if not wanted:
        problems.append("[checks.style] needs a Python file in `work`")
    if problems:
        text = f"The check style of `{context.exercise.id}` can't be run:"
        raise ExerciseError(text, tuple(problems))
    return wanted


class _Stop(msgspec.Struct, frozen=True):
    """Why nothing can be said of any profile."""

    reason: str
    cause: str
    where: str = ""


def _stopped(
    context: Context, wanted: Sequence[str], sources: Mapping[str, Source]
) -> _Stop | None:
    for name, source in sources.items():
        if source.broken:
            reason = f"there is a syntax error in line {source.broken} of {name} or just before it"
            return _Stop(reason, "syntax", f"{name}, line {source.broken}")
    missing = [name for name in wanted if name not in sources]
    if missing:
        return _Stop(f"{missing[0]} was not handed in", "missing")
    started = read_starters(context.exercise.folder.parent)
    if not any(source.substance for source in sources.values()) or is_untouched(
        context.exercise, {name: context.work[name] for name in wanted}, started
    ):
        return _Stop("there is nothing of yours to look at yet", "untouched")
    return None


def _findings(
    context: Context, files: Mapping[str, bytes], options: StyleOptions
) -> tuple[Finding, ...]:
    rules = [rule for name in options.profiles for rule in table().profiles[name].rules]
    beside = {name: data for name, data in context.files.items() if name.endswith(".py")}
    length, ways = options.line_length, options.max_complexity
    return lint(files, beside, rules, line_length=length, complexity=ways)


def _item(
    name: str,
    options: StyleOptions,
    sources: Mapping[str, Source],
    findings: Sequence[Finding],
    stopped: _Stop | None,
) -> Item:
    profile = table().profiles[name]
    told = [] if stopped else list(_told(name, options, sources, findings))
    failed = stopped is not None or bool(told)
    reason, where = (stopped.reason, stopped.where) if stopped else _in_one(told)
    return Item(
        id=f"{NAME}::{name}",
        outcome=Outcome.FAILED if failed else Outcome.PASSED,
        sentence=profile.sentence,
        reason=reason,
        where=where,
        hint=profile.hint if told else "",
        behaviour=f"{NAME}::{name}",
        ksbs=options.ksbs,
        cause=stopped.cause if stopped else "",
        detail="\n".join(f"{one.file}:{one.line}: {one.words}" for one in told[:100]),
    )


def _told(
    name: str,
    options: StyleOptions,
    sources: Mapping[str, Source],
    findings: Sequence[Finding],
) -> Iterable[Told]:
    """What a profile has to say, in the order of files and lines."""
    told = [
        Told(one.filename, one.location.row, in_words(one))
        for one in findings
        if _belongs(one, name) and not _waived(one, sources)
    ]
    if name == options.profiles[0]:
        told += [
            Told(file, waiver.line, "a comment switches rules off without naming rule and reason")
            for file, source in sources.items()
            for waiver in source.waivers
            if not waiver.reason
        ]
    order = {file: number for number, file in enumerate(sources)}
    return sorted(told, key=lambda one: (order.get(one.file, len(order)), one.line, one.words))


def _belongs(finding: Finding, name: str) -> bool:
    profile, code = table().profiles[name], finding.code or ""
    test = is_test_file(finding.filename)
    if profile.files != "all" and (profile.files == "tests") != test:
        return False
    return _matches(code, profile.rules) and not (test and code in profile.skip_in_tests)


def _matches(code: str, rules: Iterable[str]) -> bool:
    """Whether one of the rules, or families of rules, is the one of this code."""
    letters = code.rstrip("0123456789")
    return any(code == rule or letters == rule for rule in rules)


def _waived(finding: Finding, sources: Mapping[str, Source]) -> bool:
    row = finding.noqa_row or finding.location.row
    return any(
        waiver.reason
        and waiver.line in (row, finding.location.row)
        and finding.code in waiver.codes
        for waiver in sources[finding.filename].waivers
    )


def in_words(finding: Finding) -> str:
    """A finding in our own words, or in ruff's where we have none."""
    parts = finding.message.split("`")
    name = visible(parts[1], _QUOTED) if len(parts) > 2 else "it"
    words = table().words.get(finding.code or "")
    return words.format(name=name) if words else visible(finding.message)


def _in_one(told: Sequence[Told]) -> tuple[str, str]:
    """Findings in one sentence, like ones together, with how many more; and where they are."""
    files = {one.file for one in told}
    if len(told) < 2:
        return (told[0].words, f"{told[0].file}, line {told[0].line}") if told else ("", "")
    alike: dict[tuple[str, str], list[int]] = {}
    for one in told:
        alike.setdefault((one.file, one.words), []).append(one.line)
    said: list[str] = []
    more = len(told)
    for (file, words), lines in alike.items():
        where = f"{file}, {_lines(lines)}" if len(files) > 1 else _lines(lines)
        if said and len("; ".join((*said, f"{where}: {words}"))) > _SENTENCE:
            break
        said.append(f"{where}: {words}")
        more -= len(lines)
    said += [f"and {more} more"] if more else []
    return "; ".join(said), files.pop() if len(files) == 1 else ""


def _lines(lines: Sequence[int]) -> str:
    """ "line 3", "lines 3 and 5", or the first few and how many more."""
    if len(lines) == 1:
        return f"line {lines[0]}"
    more = len(lines) - _LINES
    *first, last = map(str, lines[:_LINES])
    if more > 0:
        return f"lines {', '.join([*first, last])} and {more} more"
    return f"lines {', '.join(first)} and {last}"


def _waivers(sources: Mapping[str, Source]) -> Iterable[str]:
    """What a tutor should read: each reason that has left a finding out."""
    found: list[tuple[str, Waiver]] = [
        (file, waiver)
        for file, source in sources.items()
        for waiver in source.waivers
        if waiver.reason
    ]
    for file, waiver in found[:_WAIVED]:
        codes = ", ".join(waiver.codes[:5])
        yield f"{file}, line {waiver.line}: {codes} left out, because: {visible(waiver.reason)}"
    if len(found) > _WAIVED:
        yield f"{len(found) - _WAIVED} more were left out with a reason"


def _carries(options: StyleOptions) -> tuple[str, ...]:
    return options.ksbs


CHECK = Check(NAME, StyleOptions, run, visible=True, carries=_carries)
