"""Reports made by hand, one for each way in which a grading can end."""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import Any

import msgspec
import pytest
from rich.console import Console

from grader.results import (
    CheckResult,
    Digests,
    DutyResult,
    EvidenceLine,
    Example,
    ExerciseResult,
    GradeReport,
    Item,
    Level,
    Outcome,
    SkillResult,
    Status,
    Trust,
)
from grader.standard import standard

KSBS = ("S1", "S15", "S19", "K19")
HOSTILE = (
    "[bold]\x1b[31mred\x1b]8;;http://x\x07 :skull: </script><img src=x onerror=alert(1)>"
    "\"'&\u202egnp\u200b\ud800\nforged: met\r✓ Price a journey: met\x00"
)


def item(id_: str, outcome: str = "passed", sentence: str = "", **more: Any) -> Item:
    behaviour = more.pop("behaviour", "")
    return Item(
        id=f"test_fares_hidden.py::{id_}",
        outcome=Outcome(outcome),
        sentence=sentence or f"The sentence of {id_}.",
        behaviour=behaviour,
        ksbs=more.pop("ksbs", ("S1", "K19")),
        **more,
    )


def hidden(*items: Item, outcome: str = "failed", points: int = 7, **more: Any) -> CheckResult:
    return CheckResult(
        name="hidden-suite",
        outcome=Outcome(outcome),
        ksbs=KSBS,
        points=points,
        points_max=9,
        needed=0.9,
        seconds=0.07,
        items=items,
        **more,
    )


def examples(*items: Item, outcome: str = "failed") -> CheckResult:
    return CheckResult(
        name="examples", outcome=Outcome(outcome), evidence=False, required=False, items=items
    )


def exercise(status: Status, *checks: CheckResult, **more: Any) -> ExerciseResult:
    facts: dict[str, Any] = {
        "id": "price-a-journey",
        "title": "Price a journey",
        "client": "Tapline",
        "track": "build",
        "difficulty": 1,
        "digest": Digests(exercise="sha256:" + "a" * 64, work="sha256:" + "b" * 64),
        "ksbs": KSBS,
        "duties": ("D1", "D7"),
        "seconds": 0.2,
    }
    return ExerciseResult(status=status, checks=checks, **{**facts, **more})


def line(code: str, met: bool, **more: Any) -> EvidenceLine:
    facts: dict[str, Any] = {
        "exercise": "price-a-journey",
        "client": "Tapline",
        "check": "hidden-suite",
        "trust": Trust.OBSERVED,
        "outcome": "met" if met else "not met",
        "counted": False,
        "at": "2026-06-01T09:30:00+00:00",
        "points": 7,
        "points_max": 9,
        "note": "practice, not counted",
    }
    return EvidenceLine(met=met, **{**facts, **more})


def skill(code: str, practice: Level, level: Level = Level.NO_EVIDENCE, **more: Any) -> SkillResult:
    facts: dict[str, Any] = {
        "text": standard().ksbs[code].text,
        "offered_in": ("price-a-journey", "first-unit"),
        "next_exercise": "first-unit",
    }
    return SkillResult(code=code, level=level, practice_level=practice, **{**facts, **more})


def skills() -> tuple[SkillResult, ...]:
    hand_in = "hand in price-a-journey: what you run yourself is practice"
    other = "one more exercise, for another client than Tapline"
    mine = (
        skill("S1", Level.EMERGING, evidence=(line("S1", True),), missing=(hand_in, other)),
        skill(
            "S15",
            Level.CONSISTENT,
            Level.EMERGING,
            evidence=(
                line("S15", True),
                line("S15", True, counted=True, exercise="first-unit", note="", points=9),
            ),
            overlays=("open must: cap-never-exceeded", "stale"),
            missing=(hand_in, "the must-have cap-never-exceeded"),
        ),
        skill("S19", Level.NOT_MET, evidence=(line("S19", False),), missing=(hand_in, other)),
        skill("K19", Level.CONFIRMED, Level.CONFIRMED, next_exercise=""),
        skill("B1", Level.NO_EVIDENCE, awaiting_tutor=True),
        skill("S5", Level.NOT_MET, Level.NOT_MET),
        skill("S7", Level.CONSISTENT, Level.CONSISTENT),
        skill("K10", Level.EMERGING, Level.EMERGING, awaiting_tutor=True),
    )
    others = tuple(
        skill(code, Level.NO_EVIDENCE, offered_in=(), next_exercise="")
        for code in standard().ksbs
        if code not in {one.code for one in mine}
    )
    return mine + others


def duties() -> tuple[DutyResult, ...]:
    return tuple(
        DutyResult(
            code=duty.code,
            text=duty.text,
            exercises=("price-a-journey", "first-unit") if duty.code in ("D1", "D7") else (),
            met=("price-a-journey",) if duty.code == "D1" else (),
            standard_ksbs=duty.ksbs,
        )
        for duty in standard().duties.values()
    )


def report(*exercises: ExerciseResult, **more: Any) -> GradeReport:
    facts: dict[str, Any] = {
        "grader": "0.1.0",
        "isolation": "full",
        "python": "3.11.7",
        "submission": "exercises/price-a-journey",
        "ksbs": skills(),
        "duties": duties(),
    }
    return GradeReport(exercises=exercises, **{**facts, **more})


def wrong() -> GradeReport:
    half = "A child pays half, and half a penny is rounded up."
    bug = "True is refused as a number of zones, although Python can count with it."
    example = Example(call="price(3, 5, [185, 255, 345, 400])", expected="173", seen="172")
    return report(
        exercise(
            Status.PARTLY,
            examples(
                item("test_one", clause="1.1"),
                item("test_penny", "failed", "172½ is 173.", clause="2.2", example=example),
                item("test_true", "failed", "True is no number.", clause="4.1"),
            ),
            hidden(
                item("test_listed", clause="1.1", behaviour="listed-price"),
                item("test_further", clause="1.2", behaviour="further-zones"),
                item("test_under_five", clause="2.1", behaviour="bands"),
                item(
                    "test_half[secret-input-345]",
                    "failed",
                    half,
                    clause="2.2",
                    behaviour="half-fare",
                    hint="Try 345 / 2, 345 // 2 and round(345 / 2).",
                    feedback="Which way does each half penny go when your code halves 1, 3 and 5?",
                    detail="def test_half():\n>   assert price(3, 9) == 173\nE   assert 172 == 173",
                    calls=("price(3, 9, [185, 255, 345])  →  172",),
                ),
                item(
                    "test_half_any", "failed", "On any tariff.", clause="2.2", behaviour="half-fare"
                ),
                item("test_int", clause="3.1", behaviour="whole-pence"),
                item("test_kept", clause="3.2", behaviour="untouched"),
                item("test_true", "failed", bug, clause="4.1", behaviour="zones-refused"),
                measures={"branch_coverage": 91.7},
                tutor_notes=("The exception class shows three bases.",),
            ),
            findings=("A cell of the notebook is newer than fares.py.",),
        )
    )


def import_error() -> GradeReport:
    shared: dict[str, Any] = {
        "cause": "import",
        "reason": "fares.py could not be imported: SyntaxError: invalid syntax",
        "where": "fares.py, line 9",
    }
    items = [
        item(f"test_{n}", "failed", clause=f"{n % 4 + 1}.1", behaviour=f"b{n % 9}", **shared)
        for n in range(35)
    ]
    return report(exercise(Status.NOT_YET, hidden(*items, points=0)))


def must_failed() -> GradeReport:
    return report(
        exercise(
            Status.MUST_FAILED,
            hidden(
                item("test_easy", "failed", "An easy thing.", clause="1.1", behaviour="easy"),
                item(
                    "test_rows",
                    "failed",
                    "No row is ever lost.",
                    clause="2.1",
                    behaviour="rows",
                    musts=("no-row-lost",),
                    reason="your program raised a KeyError",
                ),
            ),
        )
    )


def met() -> GradeReport:
    items = [
        item(f"test_{n}", clause=f"{n}.{m}", behaviour=f"b{n}") for n in (1, 2) for m in (1, 2)
    ]
    return report(
        exercise(Status.MET, examples(*items, outcome="passed"), hidden(*items, outcome="passed"))
    )


def provisional() -> GradeReport:
    return report(
        exercise(
            Status.PARTLY,
            examples(
                item("test_one", clause="1.1"),
                item("test_two", "failed", "A fifth zone adds the last step.", clause="1.2"),
            ),
            CheckResult(name="hidden-suite", outcome=Outcome.SKIPPED),
            provisional=True,
        )
    )


def broken() -> GradeReport:
    return report(
        exercise(
            Status.BROKEN,
            CheckResult(
                name="hidden-suite",
                outcome=Outcome.BROKEN,
                summary="test_fares_hidden.py can't be collected",
            ),
        ),
        isolation="basic",
    )


def pending() -> GradeReport:
    criterion = item("naming", "pending", "Names say what things are.", ksbs=("B1",))
    rubric = CheckResult(
        name="rubric", outcome=Outcome.PENDING, trust=Trust.JUDGED, items=(criterion,)
    )
    return report(exercise(Status.PENDING, hidden(item("test_one"), outcome="passed"), rubric))


def hostile() -> GradeReport:
    bad = HOSTILE
    one = item(
        bad,
        "failed",
        bad,
        reason=bad,
        where=bad,
        hint=bad,
        feedback=bad,
        clause=bad,
        behaviour=bad,
        musts=(bad,),
        facets=(bad,),
        cause=bad,
        ksbs=(bad,),
        example=Example(call=bad, expected=bad, seen=bad),
        detail=bad,
        calls=(bad,),
    )
    two = item("test_two" + bad, "failed", "Two: " + bad, behaviour="two", detail=bad)
    check = hidden(one, two, summary=bad, tutor_notes=(bad,), measures={bad: 1.0})
    spoilt = CheckResult(name=bad, outcome=Outcome.BROKEN, summary=bad)
    ours = skill(
        "S1",
        Level.EMERGING,
        text=bad,
        overlays=("open must: " + bad, bad),
        missing=(bad,),
        next_exercise=bad,
        offered_in=(bad,),
        evidence=(line("S1", True, exercise=bad, client=bad, check=bad, outcome=bad, note=bad),),
    )
    duty = DutyResult(code="D1", text=bad, exercises=(bad,), met=(bad,), standard_ksbs=(bad,))
    result = exercise(
        Status.MUST_FAILED, check, spoilt, id=bad, title=bad, client=bad, findings=(bad,)
    )
    return report(result, submission=bad, grader=bad, isolation=bad, ksbs=(ours,), duties=(duty,))


def many() -> GradeReport:
    first = wrong().exercises[0]
    rest = [
        exercise(Status.NOT_STARTED, id=f"later-{n}", title=f"Later {n}", ksbs=()) for n in range(6)
    ]
    done = msgspec.structs.replace(met().exercises[0], id="first-unit", title="First unit tests")
    return report(first, done, *rest)


CASES: dict[str, Callable[[], GradeReport]] = {
    "not started": lambda: report(exercise(Status.NOT_STARTED)),
    "wrong": wrong,
    "import error": import_error,
    "must failed": must_failed,
    "met": met,
    "provisional": provisional,
    "broken": broken,
    "pending": pending,
    "hostile": hostile,
    "many": many,
    "empty": report,
}


def screen(width: int = 80, encoding: str = "utf-8", **options: Any) -> Console:
    """A console that keeps what is written to it."""
    raw = io.TextIOWrapper(io.BytesIO(), encoding=encoding, errors="strict", newline="\n")
    return Console(file=raw, width=width, **options)


def written(console: Console) -> str:
    file = console.file
    assert isinstance(file, io.TextIOWrapper)
    file.flush()
    assert isinstance(file.buffer, io.BytesIO)
    return file.buffer.getvalue().decode(file.encoding)


@pytest.fixture(params=sorted(CASES))
def any_report(request: pytest.FixtureRequest) -> GradeReport:
    return CASES[request.param]()


@pytest.fixture
def case() -> Callable[[str], GradeReport]:
    return lambda name: CASES[name]()


@pytest.fixture
def new_screen() -> Callable[..., Console]:
    return screen


@pytest.fixture
def text_of() -> Callable[[Console], str]:
    return written
