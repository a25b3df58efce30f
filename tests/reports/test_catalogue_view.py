"""The list of exercises and its maps to KSBs and duties."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from rich.console import Console

from grader.catalogue import Course, Exercise
from grader.reports import duty_matrix, exercises_table, ksb_matrix

COURSE = Course(tracks={"build": "Build components", "test": "Test"})


def exercise(id_: str, **more: Any) -> Exercise:
    facts: dict[str, Any] = {
        "folder": Path(id_),
        "title": f"Title of {id_}",
        "client": "Tapline",
        "track": "build",
        "difficulty": 1,
        "minutes": 45,
        "duties": ("D1", "D7"),
        "ksbs": ("S1", "K19"),
        "work": ("fares.py",),
    }
    return Exercise(id=id_, **{**facts, **more})


EXERCISES = (
    exercise("price-a-journey"),
    exercise(
        "first-unit",
        track="test",
        after=("price-a-journey",),
        ksbs=("S5", "S10"),
        duties=("D11",),
        title="[bold]\x1b[31mred",
    ),
)


@pytest.fixture
def shown(
    new_screen: Callable[..., Console], text_of: Callable[[Console], str]
) -> Callable[..., str]:
    def show(write: Callable[[Console], None], width: int = 80, encoding: str = "utf-8") -> str:
        console = new_screen(width, encoding)
        write(console)
        return text_of(console)

    return show


@pytest.mark.parametrize("width", [40, 80, 120])
@pytest.mark.parametrize("encoding", ["utf-8", "ascii"])
def test_the_list_has_every_fact_at_every_width(
    shown: Callable[..., str], width: int, encoding: str
) -> None:
    text = shown(lambda console: exercises_table(EXERCISES, COURSE, console), width, encoding)
    flat = " ".join(text.split())
    for told in (
        "Build components (1 exercise)",
        "Title of price-a-journey",
        "Tapline",
        "45",
        "S1 K19",
        "2 exercises, about 90 minutes of work in all.",
        r"[bold]\x1b[31mred",
    ):
        assert told in flat
    assert text.index("Build components") < text.index("Test (1 exercise)")
    assert text.count("price-a-journey") >= 3  # itself, its title, and what comes after it
    assert all(len(line) <= width for line in text.splitlines())


def test_ksb_matrix_marks_and_counts(shown: Callable[..., str]) -> None:
    rows = shown(lambda console: ksb_matrix(EXERCISES, console)).splitlines()
    assert rows[0].split() == ["K19", "S1", "S5", "S10"]
    assert rows[1].split() == ["price-a-journey", "●", "●", "·", "·"]
    assert rows[2].split() == ["first-unit", "·", "·", "●", "●"]
    assert rows[3].split() == ["in", "all", "1", "1", "1", "1"]


def test_matrices_can_be_filtered_and_name_what_is_absent(shown: Callable[..., str]) -> None:
    text = shown(lambda console: ksb_matrix(EXERCISES, console, ["S5", "K16"]))
    assert "price-a-journey" not in text
    assert "first-unit  ●" in text
    assert "No exercise has K16 yet." in text
    duties = shown(lambda console: duty_matrix(EXERCISES, console, ["D11"]))
    assert duties.splitlines()[0].split() == ["D11"]
    assert "first-unit   ●" in duties


def test_a_wide_matrix_is_split_into_blocks(shown: Callable[..., str]) -> None:
    wide = (exercise("all", ksbs=tuple(f"S{n}" for n in range(1, 33))),)
    text = shown(lambda console: ksb_matrix(wide, console), 40, "ascii")
    heads = [line.split() for line in text.splitlines() if "S" in line]
    assert [code for head in heads for code in head] == [f"S{n}" for n in range(1, 33)]
    assert len(heads) > 1
    assert all(len(line) <= 40 for line in text.splitlines())
    assert text.isascii()


def test_no_exercises_give_a_plain_line(shown: Callable[..., str]) -> None:
    assert shown(lambda console: ksb_matrix((), console)) == "No exercise has any of these.\n"
    assert "0 exercises" in shown(lambda console: exercises_table((), COURSE, console))
