"""Data of a learner's own: the same wherever they are made, and never read from the learner."""

from __future__ import annotations

import pytest

from grader.bridge import Examiner
from grader.checks.own_data import given_to, own_data
from grader.checks.preparing import prepare
from grader.checks.reference import reference_work
from grader.checks.seeds import hidden_seed, public_seed
from grader.errors import ExerciseError
from grader.grading import Task, grade_one
from grader.individual import NOBODY, Learner
from grader.results import Outcome, Status

MAKER = """
import random


def build(seed, folder):
    draw = random.Random(seed)
    rows = [draw.randrange(1000) for _ in range(5)]
    (folder / "orders.txt").write_text("\\n".join(map(str, rows)) + "\\n")
"""
PROGRAM = """
from pathlib import Path


def total():
    return sum(map(int, Path("orders.txt").read_text().split()))
"""
HIDDEN = '''
import random

from orders import total


def test_total(given, seed):
    """The total of your own orders is right."""
    rows = [int(row) for row in given["orders.txt"].decode().split()]
    draw = random.Random(seed)
    assert rows == [draw.randrange(1000) for _ in range(5)]
    assert total() == sum(rows)


def test_hidden(hidden_seed, seed):
    """There is a second seed that nobody is told."""
    assert isinstance(hidden_seed, int)
    assert hidden_seed != seed
'''
EXAMPLE = '''
def test_peeks(hidden_seed):
    """An example can't have the hidden seed."""


def test_seed(seed):
    """An example may have the seed."""
    assert seed
'''
REFERENCE = """
def build(seed, folder):
    (folder / "note.txt").write_text(str(seed))
"""
HERON, SWIFT = Learner("heron-12"), Learner("swift-3")


@pytest.fixture
def orders(small):
    small.write(small.folder, {"individual.py": MAKER, "tariff.txt": "5\n"})
    small.write(small.folder, {"examples/test_examples.py": EXAMPLE})
    small.write(small.solution, {"orders.py": PROGRAM, "hidden/test_orders.py": HIDDEN})
    small.ready = small.exercise(
        ("orders.py",), '[checks.examples]\n[checks.hidden-suite]\nksbs = ["S1"]\n'
    )
    return small


def test_data_are_each_learners_own_and_can_be_made_again(orders):
    mine = own_data(orders.ready, HERON)
    assert mine == own_data(orders.ready, HERON)
    assert mine != own_data(orders.ready, SWIFT)
    assert mine != own_data(orders.ready, Learner("heron-12", 2))
    assert list(own_data(orders.ready, NOBODY)) == ["orders.txt"]
    assert given_to(orders.ready, HERON) == {**mine, "tariff.txt": b"5\n"}


def test_the_learner_finds_the_very_data_that_the_tutor_makes(orders, tmp_path):
    assert prepare(orders.ready, HERON, orders.folder) == ("orders.txt",)
    assert prepare(orders.ready, HERON, orders.folder) == ()
    prepare(orders.ready, HERON, tmp_path / "tutor" / "small")
    made = (tmp_path / "tutor" / "small" / "orders.txt").read_bytes()
    assert (orders.folder / "orders.txt").read_bytes() == made
    (orders.folder / "orders.txt").write_text("1\n")
    assert prepare(orders.ready, HERON, orders.folder) == ("orders.txt",)  # data are put right


@pytest.mark.slow
def test_the_grader_uses_data_of_its_own_making(orders, tmp_path):
    work = tmp_path / "work"
    orders.write(work, {"orders.py": PROGRAM, "orders.txt": "1\n"})
    with Examiner() as examiner:
        for learner in (HERON, SWIFT, NOBODY):
            task = Task(orders.ready, work, orders.solution, learner)
            result = grade_one(task, lambda: examiner)
            assert result.status is Status.MET, result.checks
            assert any("the grader uses the original" in one for one in result.findings)
        examples = result.checks[0]
        assert [one.outcome for one in examples.items] == [Outcome.FAILED, Outcome.PASSED]

        orders.write(work, {"orders.py": "def total():\n    return 1\n"})
        result = grade_one(Task(orders.ready, work, orders.solution, HERON), lambda: examiner)
        assert result.status is not Status.MET


def test_seeds_differ_and_the_hidden_one_follows_the_secret(orders):
    exercise, solution = orders.ready, orders.solution
    first = hidden_seed(exercise, HERON, solution)
    assert first == hidden_seed(exercise, HERON, solution)
    assert first not in (public_seed(exercise, HERON), hidden_seed(exercise, SWIFT, solution))
    secret = solution.parent / "secret.txt"
    secret.write_text("a long random text\n")
    second = hidden_seed(exercise, HERON, solution)
    assert second != first
    (solution / "hidden" / "test_orders.py").write_text("")
    assert hidden_seed(exercise, HERON, solution) == second  # the secret alone decides
    secret.unlink()
    assert hidden_seed(exercise, HERON, solution) != first
    secret.write_text(" \n")
    with pytest.raises(ExerciseError, match="is empty"):
        hidden_seed(exercise, HERON, solution)


def test_the_public_seed_follows_the_courses_salt(orders):
    first = public_seed(orders.ready, HERON)
    (orders.folder.parent / "course.toml").write_text('format = 1\nsalt = "other"\n')
    assert public_seed(orders.ready, HERON) != first


def test_the_maker_and_the_bank_are_no_given_files(orders):
    assert "individual.py" not in given_to(orders.ready, NOBODY)


def test_a_reference_makes_its_seeded_files(orders):
    orders.write(orders.solution, {"reference.py": REFERENCE})
    ready = orders.exercise(("orders.py", "note.txt"), "[checks.examples]\n")
    work = reference_work(ready, orders.solution, HERON)
    assert work["note.txt"] == str(public_seed(ready, HERON)).encode()
    assert work["orders.py"] == PROGRAM.encode()
    with pytest.raises(ExerciseError, match=r"`note\.txt` isn't in `work`"):
        reference_work(orders.exercise(("orders.py",), ""), orders.solution, HERON)


@pytest.mark.parametrize(
    ("maker", "said"),
    [
        ("x = 1\n", "there is no function `build`"),
        ("def build(seed, folder):\n    1 / 0\n", "ZeroDivisionError"),
        ("def build(seed, folder):\n    (folder / 'orders.py').write_text('')\n", "that is work"),
        ("def build(seed, folder):\n    (folder / 'a.py').write_text('')\n", "write data"),
        ("def build(seed, folder):\n    (folder / '.a').write_text('')\n", "not a plain name"),
        (
            "def build(seed, folder):\n    for n in range(101):\n"
            "        (folder / f'a{n}').write_text('')\n",
            "more than 100 files",
        ),
    ],
    ids=["none", "error", "work", "module", "hidden", "many"],
)
def test_a_maker_with_faults_is_the_authors_and_breaks_the_grading(orders, tmp_path, maker, said):
    orders.write(orders.folder, {"individual.py": maker})
    with pytest.raises(ExerciseError, match=said):
        own_data(orders.ready, HERON)
    orders.write(tmp_path / "work", {"orders.py": PROGRAM})
    task = Task(orders.ready, tmp_path / "work", orders.solution, HERON)
    result = grade_one(task, lambda: None)
    assert result.status is Status.BROKEN
    assert said in result.checks[0].tutor_notes[0]
