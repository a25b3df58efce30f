"""Learners' tests tried on correct and faulty programs, in the real sandbox.

Each file of `faulty/suites/` is a learner's test file; `faulty/expected.toml` says what it shows.
Those called `attack_…` try to tell which program they hold, and none of them gets any credit.
"""

from __future__ import annotations

import shutil
import tomllib
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial
from itertools import count
from pathlib import Path
from typing import Any

import msgspec
import pytest

from grader.authoring.one_form import in_one_form
from grader.bridge import Examiner
from grader.bridge.own_tests import OwnDeadlines, OwnTests, run_own_tests
from grader.catalogue import Exercise
from grader.checks import Context, all_checks
from grader.checks import faulty_variants as check
from grader.checks import faulty_variants_trials as trials
from grader.checks.faulty_variants import NAME, FaultyVariantsOptions
from grader.checks.faulty_variants_programs import Wanted
from grader.errors import ExerciseError
from grader.evidence.conversion import threshold_held
from grader.results import Cell, CheckResult, Item, Outcome, Trust
from tests.copying import faulty_work

ROOT = Path(__file__).parents[2]
HERE = Path(__file__).parent / "faulty"
EXPECTED = tomllib.loads((HERE / "expected.toml").read_text("utf-8"))
CATCHABLE = (
    "children_pay_full",
    "no_zones_are_free",
    "raises_for_six",
    "sixteen_is_a_child",
    "the_very_old_pay",
    "two_zones_at_most",
)
GOOD = (HERE / "suites" / "good.py").read_text("utf-8")
EXERCISE = Exercise(
    id="fares",
    folder=HERE,
    title="Fares",
    client="Tapline",
    track="build",
    difficulty=1,
    minutes=30,
    duties=("D1",),
    ksbs=("S5",),
    work=("fares.py", "test_fares.py"),
)
Grade = Callable[..., CheckResult]


@pytest.fixture(scope="module")
def examiner() -> Iterator[Examiner]:
    with Examiner() as made:
        yield made


@pytest.fixture
def grade(examiner: Examiner) -> Grade:
    """`grade(tests, catch=…, folder=…)`, tried on the programs that can be caught."""

    def run(
        tests: str = GOOD,
        *,
        folder: Path = HERE,
        work: tuple[str, ...] = ("fares.py", "test_fares.py"),
        **options: Any,
    ) -> CheckResult:
        exercise = msgspec.structs.replace(EXERCISE, folder=folder, work=work)
        files = {"fares.py": b"1 / 0\n", "test_fares.py": tests.encode()}
        context = Context(exercise, files, {}, folder / "solution", examiner)
        wanted = {"variants": CATCHABLE, "ksbs": ("S5",), **options}
        return check.run(context, FaultyVariantsOptions(**wanted))

    return run


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """A copy of the exercise, to be changed."""
    return shutil.copytree(HERE, tmp_path / "faulty")


def caught(result: CheckResult) -> set[str]:
    assert result.matrix is not None
    return {column.program for column in result.matrix.columns if column.caught}


def items(result: CheckResult, outcome: str = "failed") -> list[Item]:
    return [one for one in result.items if one.outcome == outcome]


def words(result: CheckResult) -> str:
    """Everything that a learner reads."""
    texts = [result.summary]
    for one in result.items:
        texts += [one.sentence, one.reason, one.where, one.hint, one.feedback]
    return "\n".join(texts)


def notes(result: CheckResult) -> str:
    """What a tutor reads beside the tests."""
    return "\n".join(row.note for row in result.matrix.rows) if result.matrix else ""


# -- suites and attacks


def _tiers() -> Iterator[Any]:
    for name, expected in EXPECTED.items():
        yield pytest.param(name, marks=() if expected.get("fast") else pytest.mark.slow)


@pytest.mark.parametrize("name", list(_tiers()))
def test_suite(name: str, grade: Grade) -> None:
    expected = EXPECTED[name]
    text = (HERE / "suites" / f"{name}.py").read_text("utf-8")
    result = grade(text, given_is_faulty=True)

    assert result.outcome == expected["outcome"], (result.summary, items(result))
    told = words(result)
    for one in expected.get("says", ()):
        assert one in told
    named = [one.id + one.sentence for one in items(result) if not one.points]
    for one in expected.get("named", ()):
        assert any(one in text for text in named), named
    assert len(named) <= 3
    if expected["caught"] != "any":
        assert (caught(result) if result.matrix else set()) == set(expected["caught"])
    assert (result.outcome == "passed") is threshold_held(result)


# What earlier hand-ins could have told, bit by bit, of every program: all of it is known here.
_LOOKS = {
    "text": "open(fares.__file__).read()",
    "size": "os.stat(fares.__file__).st_size",
    "inspected": "inspect.getsource(fares)",
    "bytecode": "[f.__code__.co_code for f in vars(fares).values() if hasattr(f, '__code__')]",
    "constants": "fares.price.__code__.co_consts",
    "names": "sorted(vars(fares))",
    "attributes": "len(dir(fares)), dir(fares.price)",
    "signature": "str(inspect.signature(fares.price)), fares.price.__defaults__",
    "functions": "[f.__code__.co_code for f in gc.get_objects() if type(f) is type(look) "
    "and f.__module__ == 'fares']",
    "loader": "fares.__loader__.get_code('fares').co_consts",
    "files": "sorted(one.read_bytes() for one in Path('.').glob('[!t]*.py'))",
}
_KNOWING = """
import gc, hashlib, inspect, os
from pathlib import Path
import fares


def shown(value):
    return "F" + hashlib.sha256(repr(value).encode()).hexdigest()[:20]


def look():
    try:
        return shown({look})
    except BaseException:
        return ""


def test_it():
    {line}
"""


@pytest.mark.slow
@pytest.mark.parametrize("kind", _LOOKS)
def test_tests_that_know_every_answer_catch_nothing(
    kind: str, grade: Grade, examiner: Examiner
) -> None:
    context = Context(EXERCISE, {}, {}, HERE / "solution", examiner)
    programs = check.programs_of(context.exercise, HERE / "solution", Wanted(CATCHABLE))
    probe = _KNOWING.format(look=_LOOKS[kind], line="raise type(look(), (Exception,), {})")
    answers = {one.name: _answer(examiner, probe, one.files) for one in programs}
    correct = {answers[one.name] for one in programs if one.sound}
    faulty = {answers[one.name] for one in programs if not one.sound} - correct
    assert faulty or kind in ("names", "attributes", "signature")
    result = grade(_KNOWING.format(look=_LOOKS[kind], line=f"assert look() not in {faulty}"))
    assert (caught(result), result.outcome) == (set(), Outcome.FAILED)


def _answer(examiner: Examiner, tests: str, files: Any) -> str:
    wanted = OwnTests({"test_fares.py": tests.encode(), **files}, ("test_fares.py",))
    (case,) = run_own_tests(examiner.tools, wanted).cases.values()
    return case.place.error


@pytest.mark.slow
def test_what_is_told_is_the_same_whatever_the_reference_is(grade: Grade) -> None:
    """A test that fails on one bit of the reference's text; the parameters too depend on it."""
    told = set()
    for bit in range(4):
        line = f"assert not int(look()[1:] or '0', 16) >> {bit} & 1"
        result = grade(_KNOWING.format(look=_LOOKS["text"], line=line))
        told.add(words(result))
    assert len(told) == 1


@pytest.mark.parametrize(
    "end",
    [
        "assert not fares.price(2, 10)",
        "raise ValueError",
        "os._exit(3)",
        "pytest.exit('')",
        "x = 1 / 0",
        "len(fares.price(2, 10))",
        "price.price",
    ],
)
def test_of_a_test_that_rejects_a_correct_program_nothing_but_its_name_is_told(
    end: str, grade: Grade
) -> None:
    head = "import os\n\nimport pytest\n\nimport fares\n\n\ndef test_it():\n"
    result = grade(f"{head}    assert fares.price\n    {end}\n", variants=CATCHABLE[:1])
    told = {(one.sentence, one.reason, one.where) for one in items(result) if not one.points}
    assert told == {
        (
            "Your test “it” should pass with every correct program.",
            "it does not, so it catches nothing",
            "test_fares.py, line 8",
        )
    }


def test_a_test_that_looks_at_the_program_is_named_and_counts_for_nothing(grade: Grade) -> None:
    """Such a one does not spoil those that call the program; what it catches is for the tutor."""
    look = "def test_look():\n    assert 'zones' in open(fares.__file__).read()\n"
    fails = (
        "def test_six():\n    import runpy\n    price = runpy.run_path(fares.__file__)['price']\n"
    )
    fails += "    assert price(6, 30)\n"
    result = grade(f"import fares\n{GOOD}\n\n{look}\n\n{fails}")
    assert (result.outcome, caught(result)) == (Outcome.PASSED, set(CATCHABLE))
    assert "test_look (test_fares.py, line" in result.summary
    assert "reported and does not count" in result.summary.replace("do not", "does not")
    assert any(
        "test_six looks at the program" in note and "catches raises_for_six: reported" in note
        for note in result.tutor_notes
    )
    alone = grade(f"import fares\n\n\n{fails}", catch=1)
    assert (alone.outcome, caught(alone)) == (Outcome.FAILED, set())
    assert not threshold_held(alone)


def test_every_suite_is_expected_to_show_something() -> None:
    assert {path.stem for path in (HERE / "suites").glob("*.py")} == set(EXPECTED)


@pytest.mark.slow
def test_the_same_work_gets_the_same_result(grade: Grade) -> None:
    text = (HERE / "suites" / "weak.py").read_text("utf-8")
    first, second = (msgspec.structs.replace(grade(text), seconds=0.0) for _ in range(2))
    assert first == second


# -- what is shown


def test_it_is_observed_evidence_with_an_item_for_each_faulty_program(grade: Grade) -> None:
    result = grade(given_is_faulty=True)
    assert (result.trust, result.evidence) == (Trust.OBSERVED, True)
    assert (result.points, result.points_max, result.needed) == (7, 7, 1.0)
    assert [one.id for one in result.items] == [
        f"{NAME}::correct",
        *(f"{NAME}::{number}" for number in range(1, 7)),
        f"{NAME}::given",
    ]
    assert {one.ksbs for one in result.items if one.points} == {("S5",)}
    assert {one.trust for one in result.items} == {Trust.OBSERVED}
    assert result.summary == "Caught: 7 of 7 faulty programs, 7 needed."


def test_with_feedback_count_nothing_tells_which_fault_it_is(grade: Grade) -> None:
    text = (HERE / "suites" / "weak.py").read_text("utf-8")
    result = grade(text)
    assert len(items(result)) == 2
    assert {one.reason for one in items(result)} == {"2 of 6 make none of them fail"}
    stripped = msgspec.structs.replace(
        result,
        matrix=None,
        items=tuple(msgspec.structs.replace(one, detail="") for one in result.items),
    )
    data = msgspec.json.encode(stripped).decode()
    for name in CATCHABLE:
        assert name not in data
    assert "riders over 99" not in data


def test_with_feedback_descriptions_the_first_line_of_each_is_shown(grade: Grade) -> None:
    result = grade((HERE / "suites" / "weak.py").read_text("utf-8"), feedback="descriptions")
    assert [one.sentence for one in items(result)] == [
        "One of your tests fails with a program that answers 0 for no zones, where an error is "
        "asked for.",
        "One of your tests fails with a program that charges riders over 99.",
    ]
    assert "People do that" not in words(result)


def test_the_given_program_has_a_sentence_of_its_own(grade: Grade) -> None:
    result = grade(
        "from fares import FareError, price\n\n\ndef test_a():\n    assert price(1, 100) == 0\n",
        given_is_faulty=True,
        catch=1,
    )
    assert result.points >= 1
    assert result.outcome is Outcome.FAILED
    (given,) = [one for one in items(result) if one.id == f"{NAME}::given"]
    assert given.sentence.startswith("One of your tests fails with the program as it was given")
    assert given.reason == "none of your tests that count fails with it"


@pytest.mark.parametrize("folder", sorted((ROOT / "exercises").glob("*/exercise.toml")))
def test_the_program_as_it_was_given_is_the_starter(
    folder: Path, course_exercise: Callable[[str], Exercise]
) -> None:
    exercise = course_exercise(folder.parent.name)
    options = exercise.checks.get(NAME)
    if getattr(options, "given_is_faulty", False):
        (name,) = [one for one in exercise.work if one[:4] != "test" and one.endswith(".py")]
        given = faulty_work(exercise.id)["as_it_was_given"][name]
        starter = exercise.folder / name
        assert in_one_form(given) == in_one_form(starter.read_bytes())


def test_the_table_is_complete(grade: Grade) -> None:
    matrix = grade((HERE / "suites" / "over_specified.py").read_text("utf-8")).matrix
    assert matrix is not None
    assert [one.program for one in matrix.columns] == [
        "reference",
        "sound/from_a_table",
        "sound/one_line",
        *CATCHABLE,
    ]
    rows = {row.test.partition("::")[2]: row for row in matrix.rows}
    assert rows["test_the_very_old_ride_free"].cells.count(Cell.FAILED) == 1
    message = rows["test_the_message"]
    assert message.cells[:3] == (Cell.PASSED, Cell.FAILED, Cell.FAILED)
    assert "fails with a correct program" in message.note


@pytest.mark.slow
def test_unsteady_tests_are_named_and_catch_nothing(grade: Grade) -> None:
    """One that counts its runs by something that lasts between two runs can't be had; by order."""
    text = (HERE / "suites" / "depends_on_order.py").read_text("utf-8")
    matrix = grade(text).matrix
    assert matrix is not None
    assert matrix.rows[1].cells.count(Cell.UNSTEADY) == 1
    assert "not steady" in matrix.rows[1].note


# -- starred ones


def test_a_starred_program_has_to_be_among_the_caught_ones(grade: Grade) -> None:
    text = (HERE / "suites" / "weak.py").read_text("utf-8")
    assert grade(text, catch=4).outcome is Outcome.PASSED
    result = grade(text, catch=4, must_catch=("the_very_old_pay",))
    assert result.outcome is Outcome.FAILED
    assert "one that has to be caught" in result.summary
    assert not threshold_held(result)


def test_a_starred_program_closes_a_must(grade: Grade) -> None:
    text = (HERE / "suites" / "weak.py").read_text("utf-8")
    result = grade(text, catch=4, musts={"the_very_old_pay": "a", "children_pay_full": "b"})
    musts = {one.musts[0]: (one.outcome, one.cause) for one in result.items if one.musts}
    assert musts == {"a": ("failed", ""), "b": ("passed", "")}
    assert threshold_held(result)  # the must is judged by itself


def test_a_must_behind_tests_that_cannot_count_is_not_reached(grade: Grade) -> None:
    text = (HERE / "suites" / "own_helper.py").read_text("utf-8")
    result = grade(text, musts={"the_very_old_pay": "a"})
    assert [one.cause for one in result.items if one.musts] == ["tests"]


# -- crashes and time


def test_crash_exit_and_hanging_are_no_catch(
    grade: Grade, copy: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    short = OwnDeadlines(test=0.7)
    monkeypatch.setattr(check, "deadlines_of", lambda context: short)
    hangs = (copy / "solution" / "fares.py").read_text("utf-8")
    hangs = hangs.replace("    total = 100", "    while zones > 5:\n        pass\n    total = 100")
    (copy / "solution" / "faulty" / "hangs.py").write_text(hangs)
    names = ("ends_the_process", "hangs", "leaves_by_exit")
    result = grade(folder=copy, variants=names, feedback="descriptions")
    assert caught(result) == set()
    assert {one.reason for one in items(result)} == {"none of your tests that count fails with it"}
    assert all("with it a test comes to no verdict" in one.detail for one in items(result))
    assert result.matrix is not None
    last = result.matrix.rows[-1]
    assert last.cells[3:] == (Cell.NO_VERDICT,) * 3
    assert result.items[0].outcome is Outcome.PASSED


def test_a_slow_suite_is_told_so(grade: Grade, monkeypatch: pytest.MonkeyPatch) -> None:
    readings = count(0, trials.TOTAL_SECONDS / 3)  # each run seems to take as long as this
    monkeypatch.setattr(check, "try_out", partial(trials.try_out, clock=lambda: next(readings)))
    result = grade()
    assert result.outcome is Outcome.FAILED
    assert "your tests are too slow" in words(result)
    assert any("runs were made" in note for note in result.tutor_notes)


@pytest.mark.slow
def test_tests_that_never_end_cost_one_run(grade: Grade, monkeypatch: pytest.MonkeyPatch) -> None:
    short = OwnDeadlines(silence=1.0, test=0.3)
    monkeypatch.setattr(check, "deadlines_of", lambda context: short)
    result = grade("def test_it():\n    while True:\n        pass\n")
    assert "with a correct program it was still running after 0.3 seconds" in notes(result)
    result = grade("def test_it():\n    import os\n\n    os._exit(0)\n")
    assert "with a correct program it ended the whole run of the tests" in notes(result)
    result = grade("while True:\n    pass\n\n\ndef test_it():\n    assert 1 + 1 == 2\n")
    assert "the run broke off before the first test" in notes(result)


@pytest.mark.slow
def test_more_tests_than_are_run(grade: Grade) -> None:
    many = "".join(f"def test_{n}():\n    assert {n} + 1\n\n\n" for n in range(501))
    result = grade(many, variants=CATCHABLE[:1])
    assert "only the first 500 are run" in notes(result)


# -- authors


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ({"variants": ("children_pay_ful",)}, "did you mean `children_pay_full`?"),
        ({"must_catch": ("nothing",)}, "no faulty program `nothing`"),
        ({"must_catch": ("ends_the_process",)}, "no faulty program `ends_the_process`"),
        ({"musts": {"nobody": "a"}}, "no faulty program `nobody`"),
        ({"given_is_faulty": True, "folder": HERE / "suites"}, "the reference has no fares.py"),
        ({"catch": 9}, "`catch` is 9, but there are 6"),
        ({"work": ("fares.py",)}, "needs a file such as `test_fares.py`"),
        ({"work": ("test_fares.py",)}, "no Python file in `work`"),
        ({"work": ("fares.py", "zones.py", "test_fares.py")}, "the reference has no zones.py"),
    ],
)
def test_an_author_is_told(options: dict[str, Any], said: str, grade: Grade) -> None:
    with pytest.raises(ExerciseError) as caught:
        grade(**options)
    assert said in str(caught.value)


def test_the_program_as_it_was_given_is_needed(grade: Grade, copy: Path) -> None:
    (copy / "solution" / "faulty" / "as_it_was_given.py").unlink()
    with pytest.raises(ExerciseError, match="needs the starter as a faulty variant"):
        grade(folder=copy, given_is_faulty=True)


def test_it_takes_correct_and_faulty_programs(grade: Grade, copy: Path) -> None:
    shutil.rmtree(copy / "solution" / "sound")
    shutil.rmtree(copy / "solution" / "faulty")
    with pytest.raises(ExerciseError) as caught:
        grade(folder=copy, variants=())
    assert "one more correct program" in str(caught.value)
    assert "no faulty program in faulty.toml or faulty/" in str(caught.value)


def test_a_program_of_several_files(grade: Grade, copy: Path) -> None:
    """A folder holds what differs from the reference; a file would be ambiguous."""
    solution = copy / "solution"
    (solution / "rates.py").write_text("FULL = 100\n")
    text = (solution / "fares.py").read_text("utf-8")
    (solution / "fares.py").write_text("from rates import FULL\n" + text.replace("100 *", "FULL *"))
    work = ("fares.py", "rates.py", "test_fares.py")
    with pytest.raises(ExerciseError, match="which file it stands in for"):
        grade(folder=copy, work=work, variants=("children_pay_full",))
    for name in ("sound", "faulty"):
        shutil.rmtree(solution / name)
        (solution / name / "cheap").mkdir(parents=True)
    (solution / "sound" / "cheap" / "rates.py").write_text("FULL = 50 + 50\n")
    (solution / "faulty" / "cheap" / "rates.py").write_text('"""Is cheap."""\nFULL = 90\n')
    result = grade(folder=copy, work=work, variants=())
    assert (result.outcome, caught(result)) == ("passed", {"cheap"})
    (solution / "faulty" / "cheap" / "other.py").touch()
    with pytest.raises(ExerciseError, match="may hold files of the work only"):
        grade(folder=copy, work=work, variants=())


def test_a_program_that_cannot_be_read(grade: Grade, copy: Path) -> None:
    (copy / "solution" / "faulty" / "children_pay_full.py").write_text("def (")
    with pytest.raises(ExerciseError, match="Python can't read line 1 of fares"):
        grade(folder=copy)


# -- the order


def test_programs_come_in_an_order_of_the_works_own() -> None:
    sound = [trials.Program(f"s{n}", {"a.py": b"%d" % n}, sound=True) for n in range(3)]
    programs = [*sound, *(trials.Program(f"f{n}", {"a.py": b"x%d" % n}, False) for n in range(5))]
    orders = {work: trials.in_turn(programs, work) for work in map(str, range(40))}
    assert orders["3"] == trials.in_turn(programs, "3")
    named = {tuple(one.program.name for one in order) for order in orders.values()}
    assert len(named) > 35
    for order in orders.values():
        again = [one for one in order if one.again]
        assert len(again) == 1
        assert again[0].program.sound
        assert len(order) == 9
    other = [replace(one, files={"a.py": one.files["a.py"] + b"#"}) for one in programs]
    assert [one.program.name for one in trials.in_turn(other, "3")] != [
        one.program.name for one in orders["3"]
    ]


def test_it_needs_what_a_learner_does_not_have() -> None:
    assert not all_checks()[NAME].visible


def test_a_variant_of_another_file_is_not_for_the_learners_tests(grade: Grade, copy: Path) -> None:
    """It is none of the programs that are tried, and an option that names it is told so."""
    solution = copy / "solution"
    (solution / "notes.md").write_text("One.\n")
    edits = '[[says_two.edits]]\nfile = "notes.md"\nfind = "One"\nput = "Two"\n'
    table = '[says_two]\nwhat = "Says two."\nwhy = "It is more."\n'
    (solution / "faulty.toml").write_text(f"format = 1\n\n{table}{edits}")
    work = ("fares.py", "notes.md", "test_fares.py")
    assert caught(grade(folder=copy, work=work)) == set(CATCHABLE)
    with pytest.raises(ExerciseError, match="`says_two` to be tried; it changes no Python file"):
        grade(folder=copy, work=work, variants=("says_two", *CATCHABLE))
