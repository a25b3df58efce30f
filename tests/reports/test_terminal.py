"""Reports on a console: what is said, at any width, in any encoding, whatever text comes in."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import msgspec
import pytest
from rich.cells import cell_len
from rich.console import Console

from grader.catalogue import Exercise
from grader.escaping import visible
from grader.reports import render
from grader.reports.skills_view import bar
from grader.results import GradeReport, Level, SkillResult

Case = Callable[[str], GradeReport]
Screen = Callable[..., Console]
Text = Callable[[Console], str]


@pytest.fixture
def shown(new_screen: Screen, text_of: Text) -> Callable[..., str]:
    def show(report: GradeReport, width: int = 80, encoding: str = "utf-8", **more: Any) -> str:
        tutor = more.pop("tutor", False)
        console = new_screen(width, encoding, **more)
        render(report, console, tutor=tutor)
        return text_of(console)

    return show


def flat(text: str) -> str:
    return " ".join(text.split())


def test_wrong_work_reads_from_good_to_next(case: Case, shown: Callable[..., str]) -> None:
    text = shown(case("wrong"))
    parts = [
        "◐ Price a journey: partly met",
        "Clauses 1.1 to 1.2, 2.1 and 3.1 to 3.2 hold.",
        "First thing to mend: clause 2.2",
        "A child pays half, and half a penny is rounded up.",
        "Hint   Try 345 / 2, 345 // 2 and round(345 / 2).",
        "Think  Which way does each half penny go",
        "Try    price(3, 5, [185, 255, 345, 400])",
        "expected           173",
        "your program gave  172",
        "Also to mend",
        "(clause 4.1)",
        "A cell of the notebook is newer than fares.py.",
        "examples: 1 of 3 passed (for practice, no evidence)",
        "hidden tests: 7 of 9 points, 9 needed",
        "Practice evidence. No gateway decision is made by this tool alone.",
        "Graded at isolation full · grader 0.1.0 · Python 3.11.7",
        "Next: In Price a journey, mend clause 2.2 first.",
    ]
    places = [text.index(part) for part in parts]
    assert places == sorted(places)
    assert text.rstrip().splitlines()[-1].startswith("Next: ")


def test_the_learner_sees_no_test_ids_calls_or_tracebacks(
    case: Case, shown: Callable[..., str]
) -> None:
    text = shown(case("wrong"))
    for hidden in ("secret-input", "test_half", "assert", "172 == 173", "price(3, 9"):
        assert hidden not in text


def test_the_tutor_sees_them(case: Case, shown: Callable[..., str]) -> None:
    text = flat(shown(case("wrong"), width=120, tutor=True))
    for told in (
        "test_fares_hidden.py::test_half[secret-input-345]",
        "call: price(3, 9, [185, 255, 345]) → 172",
        "│ E assert 172 == 173",
        "behaviour half-fare",
        "measured: branch coverage 91.7",
        "note: The exception class shows three bases.",
        "0.07 s",
        "sha256:" + "b" * 64,
    ):
        assert told in text


def test_one_import_error_says_that_it_is_one(case: Case, shown: Callable[..., str]) -> None:
    text = flat(shown(case("import error")))
    assert "This one error is behind all 35 failures." in text
    assert text.count("could not be imported") == 2  # told, and named in the last line
    assert "Also to mend" not in text


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("not started", "– Price a journey: not started yet"),
        ("not started", "Open README.md in the folder price-a-journey first"),
        ("must failed", "✗ Price a journey: must-have failed"),
        ("must failed", "Must-have: No row is ever lost."),
        ("must failed", "Why    Your program raised a KeyError."),
        ("met", "✓ Price a journey: met"),
        ("met", "All 4 clauses hold."),
        ("provisional", "Provisional, since not all checks are on this computer."),
        ("provisional", "– hidden tests: not run"),
        ("broken", "! Price a journey: could not be graded"),
        ("broken", "This is not your fault. Tell your tutor:"),
        ("broken", "Not full isolation"),
        ("pending", "? Price a journey: awaiting tutor"),
        ("pending", "Your tutor still has to mark"),
        ("many", "8 exercises: 1 met, 1 partly met, 6 not started yet"),
        ("many", "5 more not started yet: later-1, later-2"),
        ("empty", "0 exercises found"),
    ],
)
def test_each_ending_is_said(case: Case, shown: Callable[..., str], name: str, told: str) -> None:
    assert told in shown(case(name))


def test_skills_name_level_practice_and_way_on(case: Case, shown: Callable[..., str]) -> None:
    text = flat(shown(case("wrong")))
    assert "S1 ▰▱▱ would be: emerging (now: no evidence yet)" in text
    assert "S15 ▰▰▱ would be: consistent (now: emerging), open must: cap-never-exceeded" in text
    assert "B1 ‹?› awaiting tutor" in text
    assert "S5 ▱▱▱ not met yet" in text
    assert "hand in price-a-journey: what you run yourself is practice (S1, S15, S19)" in text
    assert "K16" not in text  # nothing to say about it


def test_no_two_levels_look_alike() -> None:
    def one(level: Level, awaiting: bool = False) -> SkillResult:
        return SkillResult(
            code="S1", text="", level=level, practice_level=level, awaiting_tutor=awaiting
        )

    skills = [*(one(level) for level in Level), one(Level.NO_EVIDENCE, awaiting=True)]
    for unicode in (True, False):
        assert len({bar(skill, unicode=unicode) for skill in skills}) == len(skills)


@pytest.mark.parametrize("width", [24, 40, 80, 200])
@pytest.mark.parametrize("encoding", ["utf-8", "ascii"])
@pytest.mark.parametrize("tutor", [False, True])
def test_every_report_fits_every_width(
    any_report: GradeReport, shown: Callable[..., str], width: int, encoding: str, tutor: bool
) -> None:
    text = shown(any_report, width, encoding, tutor=tutor)
    assert all(cell_len(line) <= width for line in text.splitlines())
    assert all(line == line.rstrip() for line in text.splitlines())
    assert text.isascii() or encoding == "utf-8"


@pytest.mark.parametrize("encoding", ["cp1252", "latin-1", "cp437"])
def test_other_encodings_can_take_it(
    any_report: GradeReport, shown: Callable[..., str], encoding: str
) -> None:
    assert "Next: " in shown(any_report, 80, encoding, tutor=True)


def test_ascii_has_symbols_of_its_own(case: Case, shown: Callable[..., str]) -> None:
    text = shown(case("wrong"), encoding="ascii")
    assert "[~] Price a journey: partly met" in text
    assert "S1  #--  would be: emerging" in text


def test_without_colour_nothing_is_lost(
    any_report: GradeReport, shown: Callable[..., str], monkeypatch: pytest.MonkeyPatch
) -> None:
    plain = shown(any_report)
    assert "\x1b" not in plain
    monkeypatch.setenv("NO_COLOR", "1")
    bare = shown(any_report, force_terminal=True)
    assert not re.search(r"\x1b\[[0-9;]*3[0-9]", bare)
    monkeypatch.delenv("NO_COLOR")
    monkeypatch.setenv("TERM", "xterm-256color")
    bright = shown(any_report, force_terminal=True, color_system="standard")
    assert re.sub(r"\x1b\[[0-9;]*m", "", bright) == plain


@pytest.mark.parametrize("tutor", [False, True])
def test_hostile_text_stays_text(case: Case, shown: Callable[..., str], tutor: bool) -> None:
    text = shown(case("hostile"), width=2_000, tutor=tutor)
    assert visible(text.replace("\n", ""), len(text)) == text.replace("\n", "")
    assert "[bold]" in text
    assert ":skull:" in text
    assert r"\x1b[31m" in text
    assert r"\u202e" in text
    assert r"\ud800" in text


def test_a_learners_new_line_makes_no_row(case: Case, shown: Callable[..., str]) -> None:
    text = shown(case("hostile"), width=2_000, tutor=True)
    rows = [line for line in text.splitlines() if line.lstrip().startswith("forged: met")]
    # Only where several lines are shown on purpose, and there behind a bar or an indent.
    assert all(line.startswith(" " * 8) for line in rows)
    assert not [line for line in text.splitlines() if line.startswith("✓ Price a journey: met")]


def test_long_texts_are_cut(case: Case, shown: Callable[..., str]) -> None:
    result = case("wrong").exercises[0]
    long = msgspec.structs.replace(result, findings=("x" * 100_000,))
    report = msgspec.structs.replace(case("wrong"), exercises=(long,))
    assert len(shown(report)) < 10_000


def test_an_encoding_nobody_knows_gets_ascii(case: Case) -> None:
    class Odd(io.StringIO):
        encoding = "klingon"  # type: ignore[assignment]

    file = Odd()
    render(case("wrong"), Console(file=file, width=80))
    assert file.getvalue().isascii()


def test_the_course_gives_titles_files_and_times(
    case: Case, new_screen: Screen, text_of: Text
) -> None:
    exercise = Exercise(
        id="price-a-journey",
        folder=Path("price-a-journey"),
        title="Price a journey",
        client="Tapline",
        track="build",
        difficulty=1,
        minutes=45,
        duties=(),
        ksbs=(),
        work=("fares.py",),
    )
    after = msgspec.structs.replace(exercise, id="first-unit", title="First unit tests")
    console = new_screen(200)
    render(case("not started"), console, exercises=(exercise, after))
    text = text_of(console)
    assert "Then write your code in fares.py (about 45 minutes)." in text
    assert "First unit tests (first-unit)" in text
