"""The HTML page: complete in itself, readable by everyone, and deaf to hostile text."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable
from datetime import date
from html.parser import HTMLParser
from importlib import resources

import pytest

from grader.reports import page, tell
from grader.reports.document import LICENCE, POLICY
from grader.reports.exercise_page import _CHECK_SIGNS, _SIGNS
from grader.reports.markup import Html, element, escaped, lines
from grader.reports.skill_page import level_bar
from grader.results import GradeReport, Level, Outcome, Status
from grader.standard import standard

TODAY = date(2026, 6, 1)
VOID = {"meta"}
TAGS = (
    "html head meta title style body a header main footer nav section article div span p ul li dl "
    "dt dd h1 h2 h3 h4 strong small details summary blockquote table caption thead tbody tr th td "
    "code pre svg defs pattern rect path text"
)
SHAPES = {"svg", "defs", "pattern", "rect", "path", "text"}
Case = Callable[[str], GradeReport]


class Reader(HTMLParser):
    """Reads a page strictly: what is opened has to be closed, in order."""

    def __init__(self, source: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.tags: Counter[str] = Counter()
        self.attributes: list[tuple[str, str, str]] = []
        self.headings: list[int] = []
        self.words: list[str] = []
        self.feed(source)
        self.close()
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags[tag] += 1
        self.attributes += [(tag, name, value or "") for name, value in attrs]
        names = [name for name, _ in attrs]
        assert len(names) == len(set(names))
        if re.fullmatch("h[1-6]", tag):
            self.headings.append(int(tag[1]))
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if self.open and self.open[-1] != "style":
            self.words.append(data)

    def values(self, name: str) -> list[str]:
        return [value for _, found, value in self.attributes if found == name]

    @property
    def text(self) -> str:
        return " ".join("".join(self.words).split())


@pytest.fixture
def read(case: Case) -> Callable[..., Reader]:
    return lambda name, tutor=False: Reader(page(case(name), today=TODAY, tutor=tutor))


@pytest.mark.parametrize("tutor", [False, True])
def test_every_page_is_sound(any_report: GradeReport, tutor: bool) -> None:
    source = page(any_report, today=TODAY, tutor=tutor)
    reader = Reader(source)
    source.encode("utf-8")
    assert source.startswith('<!DOCTYPE html>\n<html lang="en-GB"><head>')
    assert set(reader.tags) <= set(TAGS.split())
    ids = reader.values("id")
    assert len(ids) == len(set(ids))
    links = [link for link in reader.values("href") if link.startswith("#")]
    assert {link[1:] for link in links} <= set(ids)
    assert set(reader.values("aria-labelledby")) <= set(ids)
    assert reader.headings.count(1) == 1
    steps = zip(reader.headings, reader.headings[1:], strict=False)
    assert all(after <= before + 1 for before, after in steps)


def test_nothing_is_fetched_or_run(any_report: GradeReport) -> None:
    source = page(any_report, today=TODAY, tutor=True)
    reader = Reader(source)
    assert POLICY in reader.values("content")
    assert POLICY.startswith("default-src 'none'")
    assert not [name for _, name, _ in reader.attributes if name.startswith("on")]
    assert not reader.values("src") + reader.values("style") + reader.values("srcset")
    outside = [link for link in reader.values("href") if not link.startswith("#")]
    assert outside == [LICENCE]
    style = resources.files("grader.reports").joinpath("page.css").read_text(encoding="utf-8")
    assert not re.search(r"@import|https?:|url\((?!#)", style)
    assert "</" not in style


def test_hostile_text_stays_text(case: Case) -> None:
    source = page(case("hostile"), today=TODAY, tutor=True)
    assert "<script" not in source
    assert "</script" not in source
    assert "<img" not in source
    assert "\x1b" not in source
    assert "\u202e" not in source
    assert r"\x1b[31mred" in source
    assert "&lt;/script&gt;&lt;img src=x onerror=alert(1)&gt;&quot;&#x27;&amp;" in source
    assert r"\u202egnp\u200b\ud800" in source


@pytest.mark.parametrize(
    "name", ["wrong", "must failed", "met", "provisional", "broken", "pending", "import error"]
)
def test_the_page_tells_the_same_story_as_the_terminal(
    case: Case, read: Callable[..., Reader], name: str
) -> None:
    text = read(name).text
    told = tell(case(name).exercises[0])
    parts = [told.holding, told.provisional, *told.waiting, *told.broken, *told.findings]
    for problem in told.problems:
        parts += [problem.sentence, problem.hint, problem.feedback, problem.shared]
    for check in told.checks:
        parts += [f"{check.name}: {check.points}", check.summary]
    assert [part for part in parts if part not in text] == []


def test_statement_next_step_and_licence_are_there(any_report: GradeReport) -> None:
    text = Reader(page(any_report, today=TODAY)).text
    assert "Practice evidence. No gateway decision is made by this tool alone." in text
    assert "Next: " in text
    assert "1 June 2026" in text
    assert "© Crown copyright 2025" in text
    assert "Open Government Licence v3.0" in text


def test_every_code_opens_to_its_wording_and_the_duties_that_name_it(
    read: Callable[..., Reader],
) -> None:
    reader = read("wrong")
    places = set(reader.values("id"))
    for code, ksb in standard().ksbs.items():
        assert f"ksb-{code}" in places
        assert " ".join(ksb.text.split()) in reader.text
    assert "D5 Communicate outcomes from development activities" in reader.text


def test_codes_with_evidence_come_first_and_the_rest_is_folded(
    read: Callable[..., Reader],
) -> None:
    reader = read("wrong")
    ids = [one for one in reader.values("id") if one.startswith("ksb-")]
    assert ids[:3] == ["ksb-K10", "ksb-K19", "ksb-K1"]
    assert "23 more, with no evidence yet and no exercise on offer" in reader.text
    assert "5 of 32 with evidence" in reader.text


def test_evidence_says_what_it_is_worth(read: Callable[..., Reader]) -> None:
    text = read("wrong").text
    assert "price-a-journey (Tapline)" in text
    assert "7 of 9" in text
    assert "seen by the grader" in text
    assert "practice, not counted" in text
    assert "would be: emerging (now: no evidence yet)" in text
    assert "open must: cap-never-exceeded" in text


def test_the_two_maps_of_duties_stay_apart(read: Callable[..., Reader]) -> None:
    text = read("wrong").text
    assert "Our map: exercises that practise it" in text
    assert "The standard's map: KSBs it lists" in text
    assert "✓ price-a-journey: met" in text
    assert "○ first-unit: not met yet" in text
    assert "no exercise offers it yet" in text


def test_only_the_tutor_sees_tests(read: Callable[..., Reader]) -> None:
    assert "secret-input" not in read("wrong").text
    assert "test_half[secret-input-345]" in read("wrong", True).text


def test_levels_differ_by_shape_and_statuses_by_sign() -> None:
    shapes = [level_bar(level, level) for level in Level]
    shapes.append(level_bar(Level.NO_EVIDENCE, Level.NO_EVIDENCE, awaiting=True))
    shapes.append(level_bar(Level.NO_EVIDENCE, Level.EMERGING))
    assert len(set(shapes)) == len(shapes)
    assert 'class="none"' in level_bar(Level.NO_EVIDENCE, Level.NO_EVIDENCE)
    assert len(set(_SIGNS.values())) == len(Status) == len(_SIGNS)
    assert len(set(_CHECK_SIGNS.values())) == len(Outcome) == len(_CHECK_SIGNS)


def test_elements_escape_all_but_markup() -> None:
    made = element("p", "<b>", Html("<i></i>"), class_='a"b', aria_label="x")
    assert made == '<p class="a&quot;b" aria-label="x">&lt;b&gt;<i></i></p>'
    assert escaped("x" * 1_000).endswith("…")
    assert lines("a\n<b>\n\x00", most=2) == "a\n&lt;b&gt;\n… 1 more lines"


def _luminance(colour: str) -> float:
    """Relative luminance as WCAG 2.2 defines it."""
    parts = [int(colour[n : n + 2], 16) / 255 for n in (1, 3, 5)]
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _contrast(one: str, two: str) -> float:
    light, dark = sorted((_luminance(one), _luminance(two)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("scheme", [0, 1], ids=["light", "dark"])
def test_colours_have_enough_contrast(scheme: int) -> None:
    style = resources.files("grader.reports").joinpath("page.css").read_text(encoding="utf-8")
    roots = re.findall(r":root \{(.*?)\}", style, re.DOTALL)
    colours = dict(re.findall(r"--(\w+): (#[0-9a-f]{6});", roots[scheme]))
    grounds = [colours[name] for name in ("ground", "card", "raised")]
    for name in ("text", "quiet", "link", "good", "some", "bad", "wait"):
        assert min(_contrast(colours[name], ground) for ground in grounds) >= 4.5, name
    for name in ("fill", "edge"):
        assert min(_contrast(colours[name], ground) for ground in grounds) >= 3, name
