"""Learners' own tests against learners' own programs, in the real sandbox."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import msgspec
import pytest

from grader.bridge import Examiner
from grader.bridge import own_tests as bridge
from grader.catalogue import Exercise
from grader.checks import Context, all_checks
from grader.checks import own_tests as check
from grader.checks.own_tests import NAME, OwnTestsOptions
from grader.errors import ExerciseError
from grader.results import CheckResult, Item, Outcome, Trust

FARES = '''\
"""Fares."""


class FareError(Exception):
    """No such journey."""


def price(zones, age):
    """Pence."""
    if zones < 1:
        raise FareError(zones)
    total = 100 * zones
    if age > 99:
        total = 0
    return total if age > 15 else total // 2
'''
TESTS = """\
import pytest
from fares import FareError, price


def test_a_child_pays_half():
    assert price(2, 10) == 100


@pytest.mark.parametrize("age", [20, 30])
def test_an_adult_pays_the_full_price(age):
    assert price(1, age) == 100


def test_no_zones_are_refused():
    with pytest.raises(FareError):
        price(0, 30)


def test_very_old_riders_travel_free():
    assert price(3, 100) == 0
"""

Grade = Callable[..., CheckResult]


@pytest.fixture(scope="module")
def examiner() -> Iterator[Examiner]:
    with Examiner() as made:
        yield made


@pytest.fixture
def grade(examiner: Examiner, tmp_path: Path) -> Grade:
    """`grade(tests, fares, extra={…}, branch_coverage=…)`."""

    def run(
        tests: str | None = TESTS,
        fares: str = FARES,
        *,
        extra: dict[str, str] | None = None,
        work: tuple[str, ...] = ("fares.py", "test_fares.py"),
        **options: object,
    ) -> CheckResult:
        exercise = Exercise(
            id="fares",
            folder=tmp_path,
            title="Fares",
            client="Tapline",
            track="build",
            difficulty=1,
            minutes=30,
            duties=("D1",),
            ksbs=("S5",),
            work=work,
        )
        files = {"fares.py": fares, **({} if tests is None else {"test_fares.py": tests})}
        files |= extra or {}
        data = {name: text.encode() for name, text in files.items()}
        context = Context(exercise, data, {}, None, examiner)
        wanted = {"branch_coverage": 90.0, "ksbs": ("S5",), **options}
        return check.run(context, OwnTestsOptions(**wanted))

    return run


def item(result: CheckResult, end: str) -> Item:
    (found,) = [one for one in result.items if one.id.endswith(end)]
    return found


def notes(result: CheckResult) -> str:
    return "\n".join(result.tutor_notes)


def lines(text: str, wanted: str) -> int:
    return text.split("\n").index(wanted) + 1


# -- sound work


def test_good_tests_pass_and_are_reported_evidence(grade: Grade) -> None:
    result = grade()
    assert result.outcome is Outcome.PASSED
    assert (result.points, result.points_max) == (2, 2)
    assert result.measures == {"tests": 5.0, "branch_coverage": 100.0}
    assert result.trust is Trust.REPORTED
    assert result.evidence
    assert {one.trust for one in result.items} == {Trust.REPORTED}
    assert {one.ksbs for one in result.items} == {("S5",)}
    assert [one.sentence for one in result.items] == [
        "Your test “a child pays half” should pass.",
        "Your test “an adult pays the full price” should pass.",
        "Your test “no zones are refused” should pass.",
        "Your test “very old riders travel free” should pass.",
        "Your tests reach 100 % of the lines and branches of fares.py; 90 % are needed.",
    ]
    assert result.summary == "Tests that pass: 5 of 5; reached: 100 %, 90 % needed."
    assert result.tutor_notes == ()


def test_what_is_not_reached_is_named_in_words(grade: Grade) -> None:
    tests = TESTS.partition("\n\n\ndef test_very_old")[0]
    result = grade(tests)
    coverage = item(result, "coverage")
    assert coverage.outcome is Outcome.FAILED
    assert result.points == 1
    assert 80 < result.measures["branch_coverage"] < 90
    line = lines(FARES, "    if age > 99:")
    assert coverage.reason == (
        f"the condition in line {line} is never true; line {line + 1} never runs"
    )
    assert coverage.where == f"fares.py, line {line}"
    assert coverage.hint == "Write a test that makes the first of these places run."
    assert grade(tests, branch_coverage=80.0).outcome is Outcome.PASSED


def test_without_a_threshold_only_the_tests_count(grade: Grade) -> None:
    result = grade(TESTS.partition("\n\n\ndef test_no_zones")[0], branch_coverage=0.0)
    assert result.outcome is Outcome.PASSED
    assert (result.points, result.points_max) == (1, 1)
    assert "branch_coverage" not in result.measures


def test_tests_written_with_unittest_and_hypothesis_run(grade: Grade) -> None:
    tests = """\
import unittest
from hypothesis import given, strategies as st
from fares import price

class PriceTests(unittest.TestCase):
    def test_adult(self):
        self.assertEqual(price(1, 20), 100)
    def test_wrong(self):
        self.assertEqual(price(1, 20), 1)

@given(st.integers(1, 5))
def test_dearer(zones):
    assert price(zones + 1, 30) > price(zones, 30)
"""
    result = grade(tests, branch_coverage=0.0)
    outcomes = {one.id: one.outcome.value for one in result.items}
    assert outcomes == {
        "test_fares.py::PriceTests::test_adult": "passed",
        "test_fares.py::PriceTests::test_wrong": "failed",
        "test_fares.py::test_dearer": "passed",
    }


# -- tests that don't pass


def test_a_failing_test_is_told_by_its_line(grade: Grade) -> None:
    result = grade(TESTS.replace("== 100\n\n\n@", "== 101\n\n\n@"))
    failed = item(result, "half")
    assert failed.outcome is Outcome.FAILED
    assert failed.reason == "the check in line 6 does not hold"
    assert failed.where == "test_fares.py, line 6"
    assert (result.outcome, result.points) == (Outcome.FAILED, 1)


def test_an_error_of_the_program_is_told_by_its_own_line(grade: Grade) -> None:
    fares = FARES.replace("total = 100 * zones", "total = 100 * zone")
    result = grade(fares=fares)
    failed = item(result, "half")
    assert failed.reason == "a NameError was raised"
    assert failed.where == f"fares.py, line {lines(fares, '    total = 100 * zone')}"
    assert item(result, "full_price").reason.startswith("2 of its 2 cases fail; in the first, ")


def test_a_program_that_is_not_written_yet(grade: Grade) -> None:
    fares = (
        "class FareError(Exception): pass\ndef price(zones, age):\n    raise NotImplementedError"
    )
    assert "is not written yet" in item(grade(fares=fares), "half").reason


def test_no_tests_at_all_are_asked_for_in_plain_words(grade: Grade) -> None:
    for tests in ("", "# later\n", None):
        result = grade(tests)
        asked = item(result, "tests")
        assert asked.outcome is Outcome.FAILED
        assert asked.reason == "test_fares.py has no test yet"
        assert "starts with test_" in asked.hint
        assert result.points == 0


def test_a_syntax_error_is_told_once_with_its_file(grade: Grade) -> None:
    result = grade("def test_a(:\n    pass\n")
    assert [one.id for one in result.items] == ["test_fares.py", "own-tests::coverage"]
    result = grade(fares="def price(:\n")
    reasons = {(one.reason, one.where, one.cause) for one in result.items[:-1]}
    assert len(reasons) == 1
    assert "fares.py could not be loaded: there is a syntax error in line 1" in reasons.pop()[0]


def test_a_name_that_is_not_there_fails_all_tests_of_the_file_as_one(grade: Grade) -> None:
    result = grade(fares="price = 1\n")
    causes = {(one.cause, one.reason, one.where) for one in result.items[:-1]}
    assert causes == {
        (
            "import",
            "test_fares.py could not be loaded: an ImportError was raised",
            "test_fares.py, line 2",
        )
    }


def test_one_file_that_cannot_be_loaded_leaves_the_others(grade: Grade) -> None:
    work = ("fares.py", "test_fares.py", "test_more.py")
    extra = {"test_more.py": "import nothing_here\ndef test_more():\n    assert nothing_here\n"}
    result = grade(extra=extra, work=work)
    assert item(result, "half").outcome is Outcome.PASSED
    assert "ModuleNotFoundError" in item(result, "test_more").reason


def test_odd_tests_are_explained(grade: Grade) -> None:
    tests = """\
from fares import price
async def test_later():
    assert price(1, 20)
def test_lost(nobody):
    assert price(1, 20)
def test_twice():
    assert price(1, 20) == 5
def test_twice():
    assert price(1, 20) == 100
"""
    result = grade(tests)
    assert item(result, "later").reason.endswith("write it with def, not with async def")
    assert item(result, "lost").reason.endswith("it has an argument that no fixture is there for")
    assert "test_twice is written twice in test_fares.py" in result.summary


def test_the_number_of_passing_tests_is_asked_for(examiner: Examiner) -> None:
    tests = "from fares import price\ndef test_a():\n    assert price(1, 20) == 100\n"
    result = check.run(_context(examiner, tests), OwnTestsOptions(tests=2))
    few = item(result, "count")
    assert few.sentence == "At least 2 tests of your own pass."
    assert few.reason == "so far 1 test passes"
    assert result.outcome is Outcome.FAILED


def _context(examiner: Examiner, tests: str) -> Context:
    exercise = Exercise(
        id="fares",
        folder=Path("fares"),
        title="Fares",
        client="Tapline",
        track="build",
        difficulty=1,
        minutes=30,
        duties=(),
        ksbs=(),
        work=("fares.py", "test_fares.py"),
    )
    files = {"fares.py": FARES.encode(), "test_fares.py": tests.encode()}
    return Context(exercise, files, {}, None, examiner)


# -- tests that check nothing


def test_asserts_that_cannot_fail_are_named_and_do_not_count(grade: Grade) -> None:
    tests = """\
import fares
def test_tuple():
    assert (fares.price(1, 20) == 2, "always true")
def test_caught():
    try:
        assert fares.nothing() == 3
    except BaseException:
        pass
def test_or():
    assert fares.price(1, 20) == 3 or True
def test_calls_only():
    fares.price(2, 20)
"""
    result = grade(tests)
    asserts = item(result, "asserts")
    assert asserts.outcome is Outcome.FAILED
    assert asserts.reason == "none of your tests has an assert that can fail"
    assert item(result, "tuple").reason.endswith("the assert in line 3 can't make it fail")
    assert item(result, "caught").reason.endswith("the assert in line 6 can't make it fail")
    assert item(result, "only").reason == "test_calls_only checks nothing: it has no assert"
    assert result.summary.count("checks nothing") == 3
    assert result.summary.endswith("; so it is with 1 more.")
    assert result.points == 0


def test_one_test_without_an_assert_is_named_but_passes(grade: Grade) -> None:
    result = grade(TESTS + "\n\ndef test_runs():\n    price(1, 1)\n")
    assert result.outcome is Outcome.PASSED
    assert "test_runs checks nothing: it has no assert" in result.summary


def test_skipped_and_expected_failures_are_no_passes(grade: Grade) -> None:
    tests = """\
import pytest
from fares import price
pytestmark = pytest.mark.skip(reason="later")
def test_a():
    assert price(1, 20) == 100
"""
    result = grade(tests)
    assert item(result, "test_a").outcome is Outcome.SKIPPED
    assert item(result, "test_a").ksbs == ()
    assert result.measures["tests"] == 0
    assert (result.outcome, result.points) == (Outcome.FAILED, 0)
    tests = """\
import pytest
from fares import price
@pytest.mark.xfail
def test_a():
    assert price(1, 20) == 1
@pytest.mark.xfail
def test_b():
    assert price(1, 20) == 100
def test_c():
    pytest.skip("no")
    assert price(1, 1)
"""
    result = grade(tests, branch_coverage=0.0)
    reasons = [one.reason for one in result.items if one.outcome is Outcome.SKIPPED]
    assert [reason.partition(",")[0] for reason in reasons] == [
        "it is marked as expected to fail",
        "it is marked as expected to fail",
        "it is skipped",
    ]
    assert item(result, "count").outcome is Outcome.FAILED
    assert result.points == 0


# -- forgeries


def test_pragmas_leave_nothing_out(grade: Grade) -> None:
    fares = (
        FARES + "\n\ndef more(x):  # pragma: no cover\n    if x:\n        return 1\n    return 2\n"
    )
    fares += "\n\ndef dots(x): ...\n\n\nif 1 > 2:  # pragma: no branch\n    x = 1\n"
    result = grade(fares=fares)
    assert result.measures["branch_coverage"] < 90
    assert item(result, "coverage").hint == (
        "Comments that ask for lines to be left out have no effect here."
    )
    assert "asks to be left out in lines" in notes(result)


def test_configuration_beside_the_tests_is_not_read(grade: Grade) -> None:
    hook = """\
import pytest
@pytest.hookimpl(hookwrapper=True)
def pytest_runtest_makereport(item, call):
    made = yield
    made.get_result().outcome = "passed"
"""
    extra = {
        "conftest.py": hook,
        "pytest.ini": "[pytest]\naddopts = -k nothing\n",
        "setup.cfg": "[tool:pytest]\naddopts = -k nothing\n[coverage:run]\nomit = *\n",
        ".coveragerc": "[run]\nplugins = loud\nomit = *\n[report]\nexclude_lines = .\n",
        "loud.py": "raise SystemExit\n",
    }
    tests = TESTS + "\n\ndef test_wrong():\n    assert price(1, 20) == 1\n"
    result = grade(tests, extra=extra)
    assert item(result, "wrong").outcome is Outcome.FAILED
    assert result.measures == {"tests": 5.0, "branch_coverage": 100.0}


def test_plugins_named_in_a_test_file_are_not_loaded(grade: Grade) -> None:
    plugin = "def pytest_collection_modifyitems(items):\n    items.clear()\n"
    result = grade('pytest_plugins = ["loud"]\n' + TESTS, extra={"loud.py": plugin})
    assert result.outcome is Outcome.PASSED
    assert "pytest_plugins in line 1" in notes(result)


def test_a_hook_registered_by_a_fixture_changes_nothing_and_is_told(grade: Grade) -> None:
    tests = """\
import pytest
from fares import price
@pytest.fixture(autouse=True)
def change(request):
    class Hook:
        @staticmethod
        def pytest_runtest_logreport(report):
            report.outcome = "passed"
    request.config.pluginmanager.register(Hook())
    yield
    request.session.testsfailed = 0
def test_wrong():
    assert price(1, 20) == 1
"""
    result = grade(tests)
    assert item(result, "wrong").outcome is Outcome.FAILED
    assert "test_fares.py::test_wrong: its outcome was changed after it ran" in notes(result)
    assert "pluginmanager in line 9" in notes(result)


def test_made_up_data_are_told(grade: Grade) -> None:
    cheat = """\
import coverage
data = coverage.Coverage.current().get_data()
data.add_arcs({__file__: [(a, b) for a in range(60) for b in range(60)]})
"""
    result = grade(fares=cheat + FARES)
    assert result.trust is Trust.REPORTED
    assert "the measured data were made up in part" in notes(result)
    assert "coverage in line 1" in notes(result)


def test_measuring_that_is_switched_off_reaches_little(grade: Grade) -> None:
    result = grade(fares="import sys\nsys.settrace(None)\n" + FARES)
    assert result.measures["branch_coverage"] < 20
    coverage = item(result, "coverage")
    assert coverage.outcome is Outcome.FAILED
    assert "switched off" in coverage.hint
    assert "switched off" in notes(result)


def test_nothing_measured_is_not_everything(grade: Grade) -> None:
    tests = "import sys\nsys.settrace(None)\n" + TESTS
    coverage = item(grade(tests), "coverage")
    assert coverage.outcome is Outcome.FAILED
    assert coverage.reason.startswith("nothing was measured")
    alone = "def test_sum():\n    assert sum([1, 2]) == 3\n"
    assert item(grade(alone), "coverage").reason == "your tests don't import it"


def test_code_run_under_the_programs_name_is_told(grade: Grade) -> None:
    tests = """\
from fares import price
text = "\\n".join(f"x = {i}" for i in range(20))
exec(compile(text, "fares.py", "exec"), {})
def test_adult():
    assert price(1, 20) == 100
"""
    said = notes(grade(tests))
    assert "fares.py: other code was run under its name" in said
    assert "exec() in line 3" in said


def test_a_crash_is_reported_as_such(grade: Grade) -> None:
    tests = TESTS + "\n\ndef test_end():\n    import os\n    os._exit(0)\n\n\ndef test_after():\n"
    tests += "    assert price(1, 20) == 100\n"
    result = grade(tests)
    assert item(result, "half").outcome is Outcome.PASSED
    assert item(result, "end").reason == "your program stopped by itself while it ran"
    assert item(result, "after").reason == (
        "it was not reached: your program stopped by itself while “end” ran"
    )
    assert item(result, "coverage").outcome is Outcome.FAILED
    assert result.points == 0


def test_a_program_that_ends_itself_while_it_is_loaded(grade: Grade) -> None:
    result = grade(fares="import os\nos._exit(0)\n")
    told = {(one.cause, one.reason, one.where) for one in result.items[:-1]}
    assert len(told) == 1
    assert "while your test files were being loaded" in told.pop()[1]


def test_a_test_without_an_end_is_stopped(grade: Grade, monkeypatch: pytest.MonkeyPatch) -> None:
    short = bridge.OwnDeadlines(silence=5.0, test=0.3, total=5.0)
    monkeypatch.setattr(check, "deadlines_of", lambda _context: short)
    tests = TESTS + "\n\ndef test_loop():\n    while True:\n        pass\n\n\ndef test_after():\n"
    result = grade(tests + "    assert price(1, 20) == 100\n")
    assert item(result, "loop").reason == "it was still running after 0.3 seconds"
    assert item(result, "loop").hint == "Look for a loop without an end."
    assert "the time was up while “loop” ran" in item(result, "after").reason


def test_all_tests_together_have_a_time(grade: Grade, monkeypatch: pytest.MonkeyPatch) -> None:
    short = bridge.OwnDeadlines(silence=5.0, test=5.0, total=0.5)
    monkeypatch.setattr(check, "deadlines_of", lambda _context: short)
    result = grade(TESTS + "\n\ndef test_loop():\n    while True:\n        pass\n")
    assert "when the 0.5 seconds for all tests were over" in item(result, "loop").reason


def test_forged_messages_end_the_run(grade: Grade) -> None:
    tests = """\
import os
from fares import price
def test_forge():
    for fd in range(3, 20):
        try:
            os.write(fd, b"\\x00\\x00\\x00\\x02[]")
        except OSError:
            pass
    assert price(1, 20) == 1
"""
    result = grade(tests)
    assert result.outcome is Outcome.FAILED
    assert "disturbed the run" in item(result, "forge").reason
    assert "the run was ended" in notes(result)


def test_a_program_too_deep_to_be_read(grade: Grade) -> None:
    result = grade(fares="x = " + "-" * 200_000 + "1\n")
    assert result.outcome is Outcome.FAILED
    assert "nested too deeply, or too large" in result.items[0].reason


def test_tests_made_while_the_file_runs_must_pass_but_do_not_count(grade: Grade) -> None:
    tests = """\
from fares import price
def wrong():
    assert price(1, 20) == 1
globals()["test_hidden"] = wrong
def test_adult():
    assert price(1, 20) == 100
"""
    result = grade(tests, branch_coverage=0.0)
    assert item(result, "others").outcome is Outcome.FAILED
    assert result.measures["tests"] == 1
    assert "1 test not found in the source" in notes(result)


# -- the table


def test_an_unsound_table_is_the_authors_to_mend(examiner: Examiner) -> None:
    context = _context(examiner, TESTS)
    with pytest.raises(ExerciseError, match=r"`files`: `other\.py` is not a Python file"):
        check.run(context, OwnTestsOptions(files=("other.py",)))
    work = msgspec.structs.replace(context.exercise, work=("fares.py",))
    with pytest.raises(ExerciseError, match=r"needs a file such as `test_fares\.py`"):
        check.run(Context(work, context.work, {}, None, examiner), OwnTestsOptions())
    only = msgspec.structs.replace(context.exercise, work=("test_fares.py",))
    with pytest.raises(ExerciseError, match="needs a Python file"):
        check.run(Context(only, {}, {}, None, examiner), OwnTestsOptions(branch_coverage=1.0))


def test_only_the_named_files_are_measured(grade: Grade) -> None:
    work = ("fares.py", "extra.py", "test_fares.py")
    extra = {"extra.py": "def f():\n    return 1\n"}
    both = grade(extra=extra, work=work)
    assert both.measures["branch_coverage"] < 100
    assert "extra.py" in item(both, "coverage").reason
    one = grade(extra=extra, work=work, files=("fares.py",))
    assert one.measures["branch_coverage"] == 100


def test_a_measured_file_that_is_missing_is_named(grade: Grade) -> None:
    result = grade(work=("fares.py", "extra.py", "test_fares.py"))
    assert item(result, "coverage").outcome is Outcome.FAILED
    assert item(result, "coverage").reason == "extra.py was not handed in"


def test_it_is_one_of_the_checks_and_visible() -> None:
    assert all_checks()[NAME] is check.CHECK
    assert check.CHECK.visible
