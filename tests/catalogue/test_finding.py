"""Finding exercises under paths, their order, and the problems of all of them together."""

from __future__ import annotations

import random
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from grader.catalogue import Exercise, find_exercises
from grader.catalogue.ordering import cycles, in_order
from grader.errors import ExerciseError, UsageError

Write = Callable[..., Path]


def ids(found: tuple[Exercise, ...]) -> list[str]:
    return [exercise.id for exercise in found]


def after(*names: str) -> tuple[str, str]:
    return "after = []", "after = [" + ", ".join(f'"{name}"' for name in names) + "]"


def test_a_folder_of_exercises_or_one_of_them(
    exercises: Path, write_exercise: Write, known: dict[str, Any]
) -> None:
    for name in ("b", "a"):
        write_exercise(name)
    (exercises / "notes").mkdir()
    (exercises / ".hidden").mkdir()
    (exercises / ".hidden" / "exercise.toml").touch()
    assert ids(find_exercises([exercises], **known)) == ["a", "b"]
    assert ids(find_exercises([exercises / "b"], **known)) == ["b"]
    assert ids(find_exercises([exercises / "b", exercises], **known)) == ["a", "b"]
    assert find_exercises([], **known) == ()


def test_prerequisites_come_first_then_the_tracks(
    exercises: Path, write_exercise: Write, known: dict[str, Any]
) -> None:
    (exercises / "course.toml").write_text(
        'format = 1\n[tracks]\ntest = "Test"\nbuild = "Build"\n', encoding="utf-8"
    )
    write_exercise("a-build", after("c-build"))
    write_exercise("b-build")
    write_exercise("c-build")
    write_exercise("d-test", ('"build"', '"test"'))
    write_exercise("e-test", ('"build"', '"test"'), after("b-build"))
    found = find_exercises([exercises], **known)
    assert ids(found) == ["d-test", "b-build", "e-test", "c-build", "a-build"]


def test_one_exercise_may_come_after_one_that_was_not_asked_for(
    exercises: Path, write_exercise: Write, known: dict[str, Any]
) -> None:
    write_exercise("first")
    write_exercise("second", after("first"))
    assert ids(find_exercises([exercises / "second"], **known)) == ["second"]


def test_problems_of_all_exercises_at_once(
    exercises: Path, write_exercise: Write, known: dict[str, Any]
) -> None:
    (exercises / "course.toml").write_text(
        'format = 1\n[clients]\nTapline = "x"\n[tracks]\nbuild = "Build"\n', encoding="utf-8"
    )
    write_exercise("first-unit", ("minutes = 45", "minutes = -1"))
    write_exercise("second", after("frist-unit"))
    write_exercise("third", ('"Tapline"', '"Tapeline"'), ('"build"', '"dance"'))
    with pytest.raises(ExerciseError) as caught:
        find_exercises([exercises], **known)
    assert str(caught.value).startswith("The exercises can't be used, 4 problems:\n")
    assert caught.value.problems == (
        "exercises/first-unit/exercise.toml: `minutes`: expected a whole number of minutes, 1 or "
        "more, found the whole number -1",
        "exercises/second/exercise.toml: `after`: there is no exercise `frist-unit`; did you mean "
        "`first-unit`?",
        "exercises/third/exercise.toml: `client`: `Tapeline` isn't in course.toml; did you mean "
        "`Tapline`?",
        "exercises/third/exercise.toml: `track`: `dance` isn't in course.toml",
    )


def test_a_broken_course_is_reported_with_the_rest(
    exercises: Path, write_exercise: Write, known: dict[str, Any]
) -> None:
    (exercises / "course.toml").write_text("format = 1\nfoo = 1\n", encoding="utf-8")
    write_exercise("a", ("minutes = 45", "minutes = 0"))
    write_exercise("b")
    with pytest.raises(ExerciseError) as caught:
        find_exercises([exercises], **known)
    assert len(caught.value.problems) == 2


def test_circles_are_named(exercises: Path, write_exercise: Write, known: dict[str, Any]) -> None:
    write_exercise("a", after("b"))
    write_exercise("b", after("c"))
    write_exercise("c", after("a", "d"))
    write_exercise("d")
    write_exercise("e", after("a"))
    write_exercise("f", after("f"))
    with pytest.raises(ExerciseError) as caught:
        find_exercises([exercises], **known)
    assert caught.value.problems == (
        "`after` goes round in a circle: a → b → c → a; take one of them out",
        "`after` goes round in a circle: f → f; take one of them out",
    )


def test_two_folders_with_one_id(
    tmp_path: Path, exercises: Path, write_exercise: Write, known: dict[str, Any]
) -> None:
    write_exercise("a")
    other = tmp_path / "more"
    other.mkdir()
    (exercises / "a").rename(other / "a")
    write_exercise("a")
    with pytest.raises(ExerciseError, match=r"have the id `a`, in .*exercises/a and .*more/a"):
        find_exercises([exercises, other], **known)


def test_a_linked_exercise_counts_once(
    exercises: Path, write_exercise: Write, known: dict[str, Any]
) -> None:
    folder = write_exercise("a")
    (exercises / "z").symlink_to(folder)
    assert len(find_exercises([exercises], **known)) == 1


def test_paths_without_an_exercise(
    tmp_path: Path, exercises: Path, known: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "file").touch()
    for path, sentence in (
        ("nowhere", "`nowhere` isn't there; name an exercise's folder or a folder of them."),
        ("file", "`file` is a file; name the exercise's folder instead."),
        (
            "exercises",
            "There is no exercise in `exercises`: looked for `exercise.toml` in it and in the "
            "folders directly inside it.",
        ),
        (
            ".",
            "There is no exercise in `.`: looked for `exercise.toml` in it and in the folders "
            "directly inside it. Did you mean `exercises`?",
        ),
    ):
        with pytest.raises(UsageError) as caught:
            find_exercises([Path(path)], **known)
        assert str(caught.value) == sentence


NAMES = "abcdefg"
GRAPHS = st.fixed_dictionaries(
    {name: st.lists(st.sampled_from(NAMES + "z"), unique=True, max_size=3) for name in NAMES}
)


def made(name: str, needs: list[str], track: str) -> Exercise:
    return Exercise(
        id=name, folder=Path(name), title=name, client="c", track=track, after=tuple(needs),
        difficulty=1, minutes=1, duties=(), ksbs=(), work=("a.py",),
    )  # fmt: skip


@settings(deadline=None)
@given(GRAPHS, st.randoms(use_true_random=False))
def test_every_circle_is_real_and_without_circles_there_is_an_order(
    graph: dict[str, list[str]], chance: random.Random
) -> None:
    circles = cycles(graph)
    for circle in circles:
        assert circle[0] == min(circle)
        for one, following in zip(circle, (*circle[1:], circle[0]), strict=True):
            assert following in graph[one]
    chosen = [made(name, needs, chance.choice("xy")) for name, needs in graph.items()]
    ordered = ids(in_order(chosen, ("y", "x")))
    place = {name: number for number, name in enumerate(ordered)}
    kept = all(place[need] < place[one] for one in place for need in graph[one] if need in place)
    assert kept or circles
    assert (sorted(ordered) == sorted(NAMES)) == (not circles)
