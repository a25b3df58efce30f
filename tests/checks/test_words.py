"""What a learner reads when a worked example or a test of their own goes wrong, by real grading."""

from __future__ import annotations

import platform
import sys

import pytest

from grader.executing import grade_all
from grader.grading import Task
from grader.sandbox import Level
from grader.workspace.course import exercises_under

EXERCISE = """
format = 1
title = "Names"
client = "Tapline"
track = "build"
difficulty = 1
minutes = 10
duties = ["D1"]
ksbs = ["S1"]
work = ["names.py"]

[checks.examples]
required = true
"""
EXAMPLES = '''
from names import name


def test_a_name() -> None:
    """The name is spelt as in the list."""
    assert name(1) == "Caf\\u00e9 Ann"
'''


@pytest.fixture
def graded(tmp_path):
    """Grade a program (and a file of examples) as an apprentice would."""

    def grade(program, examples=EXAMPLES, course=""):
        folder = tmp_path / "exercises" / "names"
        (folder / "examples").mkdir(parents=True, exist_ok=True)
        (folder.parent / "course.toml").write_text(f"format = 1\n{course}")
        (folder / "exercise.toml").write_text(EXERCISE)
        (folder / "names.py").write_text(program)
        (folder / "examples" / "test_examples.py").write_text(examples)
        (exercise,) = exercises_under([folder])
        (result,) = grade_all([Task(exercise, folder)], level=Level.FULL)
        return result

    return grade


def _item(result):
    return result.checks[0].items[0]


def test_texts_that_look_the_same_are_told_apart(graded):
    result = graded('def name(number):\n    return "Cafe\\u0301 Ann"\n')
    assert _item(result).example.difference == (
        "they look alike and differ at character 4: expected \u00e9 U+00E9 (LATIN SMALL LETTER E "
        "WITH ACUTE), your program gave e U+0065 (LATIN SMALL LETTER E) and U+0301 (COMBINING "
        "ACUTE ACCENT)"
    )
    assert result.python == platform.python_version()


@pytest.mark.parametrize(
    ("program", "said"),
    [
        ("def name(number):\n    breakpoint()\n    return 1\n", "a `breakpoint()`"),
        ("def name(number):\n    return input()\n", "`input()`"),
        ("n = input()\ndef name(number):\n    return n\n", "`input()`"),
    ],
)
def test_what_waits_for_somebody_to_type_comes_with_advice(graded, program, said):
    reason = _item(graded(program)).reason
    assert said in reason
    assert "nobody types while it is graded" in reason


@pytest.mark.skipif(sys.version_info >= (3, 14), reason="this Python reads it")
def test_syntax_of_a_newer_python_is_told_as_that(graded):
    caught = "    except KeyError, ValueError:\n        return 2\n"
    program = f"def name(number):\n    try:\n        return 1\n{caught}"
    reason = _item(graded(program)).reason
    assert f"Python {platform.python_version()} graded this" in reason
    assert "is allowed only since Python 3.14" in reason


def test_a_marker_of_the_course_is_taken_and_no_other(graded):
    marked = EXAMPLES.replace("def test_a_name", "@pytest.mark.evening\ndef test_a_name")
    examples = f"import pytest\n{marked}"
    program = 'def name(number):\n    return "Caf\u00e9 Ann"\n'
    course = '[markers]\nevening = "of late journeys"\n'
    assert _item(graded(program, examples, course)).outcome == "passed"
    assert graded(program, examples).checks[0].outcome != "passed"


def test_a_program_that_prints_in_place_of_returning_is_told_so(graded):
    example = _item(graded("def name(number):\n    print(185)\n")).example
    assert example.seen == "None"
    assert example.difference == "it printed 185 and returned nothing: use return for the value"


def test_a_program_that_prints_and_returns_is_not_told_so(graded):
    example = _item(graded("def name(number):\n    print(185)\n    return 3\n")).example
    assert (example.seen, example.difference) == ("3", "")


def test_a_program_that_is_meant_to_print_is_not_told_to_return(graded):
    examples = (
        "from names import name\n\n\ndef test_a_name(capsys):\n    '''It is printed.'''\n"
        "    name(1)\n    assert 'Ann' in capsys.readouterr().out\n"
    )
    example = _item(graded("def name(number):\n    print('Bob')\n", examples)).example
    assert example.difference == ""


def test_a_generator_where_a_list_is_wanted_is_named(graded):
    examples = EXAMPLES.replace('"Caf\\u00e9 Ann"', "[1, 2]")
    example = _item(graded("def name(number):\n    yield from (1, 2)\n", examples)).example
    assert (example.expected, example.seen) == ("[1, 2]", "a generator")
