"""The table of behaviours and the tests of a suite name each other."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from grader.authoring.linting import Course, lint
from grader.sandbox import best_level

SOUND = Path(__file__).parent / "sound"
SUITE = "solutions/parcels/hidden/test_parcels_hidden.py"
TABLE = "solutions/parcels/hidden/behaviours.toml"
ROWS = 'format = 1\n\n[bands]\npoints = 2\nclause = "1.1"\n\n[weights]\nksbs = ["S1"]\n'


@pytest.fixture
def course(tmp_path):
    """The sound exercise, each test of which names a behaviour."""
    shutil.copytree(SOUND, tmp_path, dirs_exist_ok=True)
    text = (tmp_path / SUITE).read_text("utf-8")
    text = text.replace('@pytest.mark.clause("1.1")\n', '@pytest.mark.behaviour("bands")\n')
    text = text.replace("@pytest.mark.must", '@pytest.mark.behaviour("weights")\n@pytest.mark.must')
    (tmp_path / SUITE).write_text(text, "utf-8")
    (tmp_path / TABLE).write_text(ROWS, "utf-8")
    return tmp_path


def problems(course, *only):
    report = lint(
        Course(course / "exercises", course / "solutions"),
        only=only,
        level=best_level(),
        cache=False,
    )
    (one,) = report.exercises
    return [problem for _, problem in one.problems]


def test_nothing_is_wrong_where_they_fit(course):
    assert not problems(course, "behaviours-known", "tags-claimed", "clauses-known", "schema")


@pytest.mark.parametrize(
    ("file", "old", "new", "rule", "place", "words"),
    [
        (
            SUITE,
            'behaviour("weights")',
            'behaviour("weigths")',
            "behaviours-known",
            (SUITE, TABLE),
            "`weigths`; did you mean `weights`?",
        ),
        (TABLE, "[weights]", "[other]", "behaviours-known", (TABLE,), "no test names"),
        (
            SUITE,
            'behaviour("weights")',
            'behaviour("weights", points=2)',
            "behaviours-known",
            (SUITE,),
            "the points of `weights` stand in behaviours.toml",
        ),
        (
            SUITE,
            '@pytest.mark.behaviour("weights")\n',
            "",
            "behaviours-known",
            (SUITE, TABLE),
            "test_no_weight names no behaviour",
        ),
        (TABLE, '"S1"', '"S4"', "tags-claimed", (TABLE,), "the behaviour `weights` has `S4`"),
        (TABLE, "ksbs = [", "musts = [", "tags-claimed", (TABLE,), "the must `S1` is not"),
        (TABLE, '"1.1"', '"7.7"', "clauses-known", (TABLE,), "or mend [bands]"),
        (TABLE, "points", "point", "schema", (TABLE,), "did you mean `points`?"),
    ],
)
def test_what_does_not_fit_is_named(course, file, old, new, rule, place, words):
    text = (course / file).read_text("utf-8")
    assert old in text
    (course / file).write_text(text.replace(old, new), "utf-8")
    found = problems(course, rule)
    assert {problem.path for problem in found} <= {*place, SUITE}
    assert any(words in problem.text and problem.path in place for problem in found), found


def test_a_class_or_a_file_may_name_the_behaviour(course):
    path = course / SUITE
    text = path.read_text("utf-8").replace('@pytest.mark.behaviour("bands")\n', "")
    head, tests = text.split("\n\n\n", 1)
    more = '\n\n\n@pytest.mark.behaviour("weights")\nclass TestMore:\n'
    more += "    def test_more(self) -> None:\n"
    more += '        """Two grams cost 2."""\n        assert postage(2) == 2\n'
    text = f'{head}\n\npytestmark = pytest.mark.behaviour("bands")\n\n\n{tests}{more}'
    path.write_text(text, "utf-8")
    assert not problems(course, "behaviours-known")
