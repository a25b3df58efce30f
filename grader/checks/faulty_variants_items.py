"""Items, summary, notes and table of what a learner's tests catch.

A learner reads of a faulty program no more than the exercise allows: that there is one, or what
it gets wrong. Names of programs and who caught which are in `detail` and the table, for tutors.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from grader.bridge.reading_tests import DeclaredTest
from grader.checks.faulty_variants_programs import Program
from grader.checks.faulty_variants_trials import Trials
from grader.checks.faulty_variants_words import (
    looking_words,
    note_of,
    to_name,
    too_slow,
    troubles_of,
)
from grader.checks.own_tests_findings import count, listed, weakness_of
from grader.checks.own_tests_items import HOW_TO_BE_FOUND
from grader.checks.own_tests_reach import notes_of as notes_of_run
from grader.results import Cell, Column, Item, Matrix, Outcome, Row

PREFIX = "faulty-variants"
_HINT_COUNT = (
    "Take the clauses one by one: could a program break this one, and all of your tests still "
    "be green? Then a test is missing."
)
_NONE_FAILS = "none of your tests that count fails with it"
_HINT_DESCRIBED = "Write a test that fails with such a program and passes with a correct one."


@dataclass(frozen=True)
class Aims:
    """What an exercise asks: `least` to be caught, the starred ones and the given one among them.

    `musts` maps names of variants to must-haves; `described`: the learner may read what each
    faulty program gets wrong.
    """

    least: int
    starred: frozenset[str] = frozenset()
    musts: Mapping[str, str] = field(default_factory=dict)
    described: bool = False
    ksbs: tuple[str, ...] = ()
    test_files: tuple[str, ...] = ()

    def rejects(self, trials: Trials) -> bool:
        """Whether something is wrong with the tests themselves."""
        return bool(_hindrance(trials, self)) or bool(to_name(troubles_of(trials)))


def items_of(trials: Trials, aims: Aims) -> tuple[Item, ...]:
    """First what correct programs show of the tests, then each faulty program."""
    return (*_on_correct(trials), *_on_faulty(trials, aims))


def _on_correct(trials: Trials) -> list[Item]:
    """The few tests that are named, or that all is well; these carry no points."""
    named = to_name(troubles_of(trials))
    if not named and trials.witnesses:
        return [
            Item(
                id=f"{PREFIX}::correct",
                outcome=Outcome.PASSED,
                sentence="Your tests pass with every correct program.",
                behaviour=f"{PREFIX}::correct",
                points=0,
            )
        ]
    return [
        Item(
            id=f"{PREFIX}::{one.test.id}",
            outcome=Outcome.FAILED,
            sentence=one.sentence,
            reason=one.reason,
            where=one.where,
            hint=one.hint,
            behaviour=f"{PREFIX}::{one.test.id}",
            points=0,
        )
        for one in named
    ]


def _on_faulty(trials: Trials, aims: Aims) -> list[Item]:
    faulty = [one for one in trials.programs if not one.sound]
    escaped = [one for one in faulty if not trials.catchers(one)]
    hindrance = _hindrance(trials, aims)
    items = []
    for number, program in enumerate(faulty, 1):
        reason, cause, where, hint = "", "", "", ""
        if program in escaped:
            reason, cause, where, hint = hindrance or _escape(program, trials, aims, len(escaped))
        must = aims.musts.get(program.name)
        items.append(
            Item(
                id=f"{PREFIX}::{'given' if program.is_given else number}",
                outcome=Outcome.FAILED if program in escaped else Outcome.PASSED,
                sentence=_sentence(program, aims),
                reason=reason,
                where=where,
                hint=hint,
                cause=cause,
                behaviour=f"{PREFIX}::{'given' if program.is_given else number}",
                ksbs=aims.ksbs,
                musts=(must,) if must else (),
                detail=_detail(program, trials),
            )
        )
    return items


def _sentence(program: Program, aims: Aims) -> str:
    if program.is_given:
        return (
            "One of your tests fails with the program as it was given to you, and passes with a "
            "mended one."
        )
    if aims.described and program.says:
        return f"One of your tests fails with a program that {_lowered(program.says)}."
    return "Each faulty program makes one of your tests fail."


def _lowered(text: str) -> str:
    """A sentence's words as the end of another sentence; a name at its start stays as it is."""
    first = text.split(" ", 1)[0]
    return text[:1].lower() + text[1:] if first[1:].islower() else text


def _hindrance(trials: Trials, aims: Aims) -> tuple[str, str, str, str] | None:
    """What keeps all tests from catching anything: reason, cause, place, hint."""
    file = aims.test_files[0] if aims.test_files else "your test file"
    for name, line in trials.reading.unreadable.items():
        reason = f"{name} can't be read: there is a syntax error in line {line} or just before it"
        newer = trials.reading.newer.get(name, "")
        hint = f"{newer}." if newer else "Look for a missing colon, bracket or quote there."
        return reason, "import", f"{name}, line {line}", hint
    if not trials.reading.tests:
        hint = (
            f"Write one in {file}: a function whose name starts with test_, and in it an assert "
            "that compares what the program gives with what the ticket promises."
        )
        if passed_over := trials.reading.uncollected:
            one = passed_over[0]
            reason = f"{file} has no test that pytest finds: {one.what}"
            return reason, "tests", f"{one.file}, line {one.line}", HOW_TO_BE_FOUND
        return f"{file} has no test yet, so it catches no faulty program", "tests", "", hint
    if trials.late:
        hint = "Try fewer cases, and leave out what waits."
        return too_slow(len(trials.programs)), "time", "", hint
    if not trials.witnesses:
        reason = (
            "none of your tests can catch a faulty program yet: to count, a test has to run, and "
            "to pass with every correct program"
        )
        return reason, "tests", "", ""
    return None


def _escape(
    program: Program, trials: Trials, aims: Aims, escaped: int
) -> tuple[str, str, str, str]:
    """Why one faulty program is not caught: the same words whatever the tests did with it."""
    if program.is_given:
        hint = "Which clause does the fault break? Write the test for that one."
        return _NONE_FAILS, "", "", hint
    if aims.described:
        return _NONE_FAILS, "", "", _HINT_DESCRIBED
    total = sum(not one.sound for one in trials.programs)
    reason = f"{escaped} of {total} make none of them fail"
    return reason, "", "", _HINT_COUNT


def _detail(program: Program, trials: Trials) -> str:
    names = [test.name for test in trials.catchers(program)]
    by = f"caught by {listed(names[:5])}" if names else _why_not(program, trials)
    more = f" and {len(names) - 5} more" if len(names) > 5 else ""
    return f"{program.name}: {program.says or 'no description'}; {by}{more}"


def _why_not(program: Program, trials: Trials) -> str:
    counting = [test for test in trials.reading.tests if test.id in trials.witnesses]
    if any(trials.cell(test, program) is Cell.NO_VERDICT for test in counting):
        return "not caught: with it a test comes to no verdict"
    if any(trials.cell(test, program) is Cell.FAILED for test in trials.reading.tests):
        return "not caught: the only tests that fail with it do so with a correct program too"
    return "not caught"


def summary_of(trials: Trials, aims: Aims) -> str:
    """How many faulty programs are caught and needed, and what keeps tests from counting."""
    if not trials.reading.tests:
        return "There are no tests of your own yet."
    faulty = [one for one in trials.programs if not one.sound]
    caught = [one for one in faulty if trials.catchers(one)]
    said = [f"Caught: {len(caught)} of {count(len(faulty), 'faulty program')}, {aims.least} needed"]
    if any(one.name in aims.starred for one in faulty if one not in caught):
        said.append("one that has to be caught is not among them")
    if to_name(troubles_of(trials)):
        said.append("tests of yours that don't pass with every correct program catch nothing")
    if trials.apart:
        said.append(looking_words(trials.apart))
    weak = [test for test in trials.reading.tests if test.strength != "checks"]
    said += [weakness_of(test) for test in weak[:3]]
    if len(weak) > 3:
        said.append(f"so it is with {len(weak) - 3} more")
    return "; ".join(said) + "."


def notes_of(trials: Trials) -> tuple[str, ...]:
    """What a tutor should know: oddities of the runs, and how far they came."""
    notes = dict.fromkeys(note for one in trials.done for note in notes_of_run(one.findings))
    found = list(notes)
    runs = len(trials.programs) + 1
    if trials.reading.tests and len(trials.done) < runs:
        found.append(f"{len(trials.done)} of {runs} runs were made")
    return (*found, *_looking_notes(trials))


def _looking_notes(trials: Trials) -> list[str]:
    """What tests that look at the program catch in one process with it."""
    looking = trials.looking
    if looking is None:
        return []
    notes = []
    for test in looking.reading.tests:
        faulty = [one for one in looking.programs if not one.sound]
        caught = [one.name for one in faulty if test in looking.catchers(one)]
        what = f"catches {listed(caught)}" if caught else "catches nothing"
        notes.append(
            f"{test.name} looks at the program or starts it as a command; in one process with it, "
            f"it {what}: reported, and it counts for nothing"
        )
    return notes


def matrix_of(trials: Trials) -> Matrix | None:
    """Tests × programs, in the files' order and the correct programs first."""
    if not trials.done:
        return None
    troubles = troubles_of(trials)
    return Matrix(
        columns=tuple(
            Column(
                program=one.name,
                sound=one.sound,
                caught=not one.sound and bool(trials.catchers(one)),
            )
            for one in trials.programs
        ),
        rows=tuple(_row(test, trials, note_of(test, troubles)) for test in trials.reading.tests),
    )


def _row(test: DeclaredTest, trials: Trials, note: str) -> Row:
    from_ = trials.looking if trials.looking and test in trials.apart else trials
    cells = tuple(from_.cell(test, program) for program in trials.programs)
    return Row(test=test.id, cells=cells, note=note)
