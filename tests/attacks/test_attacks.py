"""Every attack in a folder of this one is graded, and changes nothing but its own verdict.

The format of a folder is in README.md. All attacks share one warm examiner, as the submissions
of a cohort do.
"""

from __future__ import annotations

import html.parser
import io
import re
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import msgspec
import pytest
from rich.console import Console

from grader.catalogue import Course
from grader.disclosure import for_learner
from grader.reports.html_report import page
from grader.reports.terminal import render
from grader.results import ExerciseResult, GradeReport, to_json
from grader.sandbox import Level
from grader.summary import practice_report

HERE = Path(__file__).parent
FOLDERS = sorted(path.parent for path in HERE.glob("*/attack.toml"))
CANARIES = ("qz7canary", "773100", "154620")
HOLDS_ANYWAY = "holds_anyway"  # the one hidden test that asks nothing of the program
LONGEST = 400  # characters of one sentence
# Words and shapes that are ours or the machine's, and that no learner can do anything with.
ODD = re.compile(
    r"Traceback|File \"|/(home|root|usr|tmp|work|proc|var)/|0x[0-9a-f]{6}|grader\.\w|_candidate"
    r"|stand-in|stub|zygote|examiner|fixture|(?-i:\bNone\b)|<class|<function|\berrno\b"
    r"|hypothesis|handle\b|frame\b|socket\b|sandbox",
    re.IGNORECASE,
)


def _is_fast(folder: Path) -> bool:
    return "\nfast = true" in (folder / "attack.toml").read_text("utf-8")


CASES = [
    pytest.param(one, id=one.name, marks=() if _is_fast(one) else pytest.mark.slow)
    for one in FOLDERS
]


def learner_sentences(result: ExerciseResult) -> list[str]:
    """Everything in a result that a learner reads."""
    found = [*result.findings]
    for check in result.checks:
        found.append(check.summary)
        for item in check.items:
            found += [item.sentence, item.reason, item.where, item.hint, item.feedback]
    return [text for text in found if text]


def plain(result: ExerciseResult) -> Any:
    """A result as JSON, without what differs from run to run: seconds."""

    def without(value: Any) -> Any:
        if isinstance(value, dict):
            return {name: without(one) for name, one in value.items() if name != "seconds"}
        return [without(one) for one in value] if isinstance(value, list) else value

    return without(msgspec.json.decode(to_json(result)))


@pytest.mark.parametrize("folder", CASES)
def test_attack(folder: Path, lab: Any, attack_at: Any) -> None:
    try:
        _try(attack_at(folder), lab)
    finally:
        lab.clear()


def _try(attack: Any, lab: Any) -> None:
    before = lab.left()
    neighbour = plain(lab.neighbour)
    assert lab.neighbour.status == "met"
    for correct in (False, True) if attack.kind == "tests" else (False,):
        graded = lab.grade(attack.hand_in(lab.folder(), correct=correct))
        result = graded.result
        said = learner_sentences(result)

        allowed = attack.beside_correct if correct else attack.status
        assert result.status in allowed, (result.status, said, _notes(result))
        assert all(words in str(_notes(result)) for words in attack.tutor_notes)
        assert graded.seconds < attack.seconds
        assert graded.memory_mb < attack.memory_mb
        _check_sentences(said)
        _check_places(result)
        if not correct:
            _check_words(attack, said, result)
            assert _passed(result) <= {HOLDS_ANYWAY, *attack.passes}
        _check_reports(result, lab)
    assert plain(lab.grade_neighbour()) == neighbour
    after = lab.left()
    assert after.files <= before.files
    assert len(after.processes) <= len(before.processes) + 1  # the second sandbox
    assert (after.ipc, after.marked) == (before.ipc, before.marked)


def _passed(result: ExerciseResult) -> set[str]:
    """Which hidden tests passed, by what stands behind their `test_qz7canary_`."""
    hidden = [
        item for check in result.checks if check.name == "hidden-suite" for item in check.items
    ]
    return {
        item.id.partition("::test_qz7canary_")[2].partition("[")[0]
        for item in hidden
        if item.outcome == "passed"
    }


def _notes(result: ExerciseResult) -> list[Any]:
    return [(check.name, check.outcome, check.tutor_notes) for check in result.checks]


def _check_words(attack: Any, said: list[str], result: ExerciseResult) -> None:
    for words in attack.says:
        assert any(words in text for text in said), (words, said)
    for words in attack.findings:
        assert any(words in text for text in result.findings), (words, result.findings)


def _check_sentences(said: list[str]) -> None:
    for text in said:
        assert text.isprintable(), ascii(text)
        assert len(text) <= LONGEST, text
        assert not ODD.search(text), text


def _check_places(result: ExerciseResult) -> None:
    """No place that the program could choose is told of a hidden test."""
    for check in result.checks:
        for item in check.items:
            if check.name == "hidden-suite" and item.cause != "import":
                assert item.where == "", (item.reason, item.where)


# -- reports


class _Tags(html.parser.HTMLParser):
    """The elements and attributes of a page, and nothing of its text."""

    def __init__(self) -> None:
        super().__init__()
        self.seen: set[tuple[str, str]] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.seen |= {(tag, ""), *((tag, name) for name, _ in attrs)}


def _tags(text: str) -> set[tuple[str, str]]:
    parser = _Tags()
    parser.feed(text)
    return parser.seen


def _report(results: list[ExerciseResult], lab: Any) -> GradeReport:
    return practice_report(
        results,
        [lab.exercise],
        Course(),
        level=Level.FULL,
        submission="somebody",
        now=datetime(2030, 1, 1, tzinfo=UTC),
    )


def _terminal(report: GradeReport, lab: Any, *, tutor: bool) -> str:
    console = Console(file=io.StringIO(), width=100, highlight=False)
    render(report, console, tutor=tutor, exercises=[lab.exercise])
    return console.file.getvalue()


def _check_reports(result: ExerciseResult, lab: Any) -> None:
    """Each form is written, with the neighbour's in it, and shows hostile text as text."""
    neighbour = msgspec.structs.replace(lab.neighbour, id="next-door")
    report = _report([result, neighbour], lab)
    msgspec.json.decode(to_json(report), type=GradeReport)
    told = to_json(for_learner(report)).decode("utf-8")
    if HOLDS_ANYWAY not in _passed(result):  # then its sentence is for the learner
        told = told.replace("qz7canary-sentence", "")
    _no_canary(told)
    for tutor in (False, True):
        shown = _terminal(report, lab, tutor=tutor)
        assert "Parcel rates: met" in shown
        assert all(character.isprintable() or character == "\n" for character in shown)
        text = page(report, today=date(2030, 1, 1), tutor=tutor, exercises=[lab.exercise])
        assert not {name for name in _tags(text) if name[0] in ("img", "iframe", "form", "base")}
        assert not {name for _, name in _tags(text) if name.startswith("on")}
        text.encode("utf-8")
        if not tutor:
            _no_canary(shown)
            _no_canary(text)


def _no_canary(text: str) -> None:
    text = re.sub(r'"seconds": [-+.e0-9]+', "", text)  # digits by chance
    for canary in CANARIES:
        found = text.find(canary)
        assert found < 0, text[max(0, found - 200) : found + 200]
