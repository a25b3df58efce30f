"""What there is to say about an exercise, before it is laid out."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import msgspec
import pytest

from grader.reports import next_step, tell
from grader.results import (
    CheckResult,
    Digests,
    Example,
    ExerciseResult,
    GradeReport,
    Item,
    Outcome,
    Status,
)

Case = Callable[[str], GradeReport]


def item(id_: str, outcome: str = "failed", **more: Any) -> Item:
    facts: dict[str, Any] = {"sentence": f"Sentence of {id_}.", **more}
    return Item(id=id_, outcome=Outcome(outcome), **facts)


def check(name: str, *items: Item, outcome: str = "failed", **more: Any) -> CheckResult:
    return CheckResult(name=name, outcome=Outcome(outcome), items=items, **more)


def exercise(*checks: CheckResult, status: Status = Status.PARTLY, **more: Any) -> ExerciseResult:
    return ExerciseResult(
        id="one",
        title="One",
        client="Tapline",
        track="build",
        difficulty=1,
        status=status,
        digest=Digests(exercise="", work=""),
        checks=checks,
        **more,
    )


def practice(*items: Item, outcome: str = "failed") -> CheckResult:
    return check("examples", *items, outcome=outcome, evidence=False, required=False)


def test_a_clause_holds_only_if_all_its_tests_pass(case: Case) -> None:
    told = tell(case("wrong").exercises[0])
    assert told.holds == ("1.1", "1.2", "2.1", "3.1", "3.2")
    assert told.open == ("2.2", "4.1")
    assert told.holding == "Clauses 1.1 to 1.2, 2.1 and 3.1 to 3.2 hold."


def test_a_failing_example_keeps_its_clause_from_holding() -> None:
    told = tell(
        exercise(
            check("hidden-suite", item("a", "passed", clause="1.1"), outcome="passed"),
            practice(item("b", clause="1.1")),
        )
    )
    assert told.holds == ()
    assert told.open == ("1.1",)


def test_a_clause_that_only_examples_test_is_not_said_to_hold() -> None:
    told = tell(
        exercise(
            check("hidden-suite", item("a", "passed", clause="1.1"), outcome="passed"),
            practice(item("b", "passed", clause="1.2"), outcome="passed"),
        )
    )
    assert told.holding == "Clause 1.1 holds."


@pytest.mark.parametrize("outcome", ["skipped", "pending", "broken"])
def test_an_undecided_clause_neither_holds_nor_fails(outcome: str) -> None:
    undecided = item("b", outcome, clause="1.1")
    told = tell(exercise(check("hidden-suite", item("a", "passed", clause="1.1"), undecided)))
    assert (told.holds, told.open) == ((), ())


def test_without_clauses_tests_are_counted() -> None:
    assert tell(exercise(check("hidden-suite", item("a", "passed"), item("b")))).holding == (
        "1 of 2 tests pass."
    )


def test_first_comes_the_hidden_suite_and_an_example_of_its_clause(case: Case) -> None:
    first, second = tell(case("wrong").exercises[0]).problems
    assert (first.check, first.clauses) == ("hidden-suite", ("2.2",))
    assert first.sentence == "A child pays half, and half a penny is rounded up."
    assert first.more == ("On any tariff.",)
    assert first.example == Example(
        call="price(3, 5, [185, 255, 345, 400])", expected="173", seen="172"
    )
    assert second.clauses == ("4.1",)


def test_one_error_is_told_once_and_leads(case: Case) -> None:
    (only,) = tell(case("import error").exercises[0]).problems
    assert only.sentence == (
        "fares.py could not be imported: SyntaxError: invalid syntax (fares.py, line 9)."
    )
    assert only.shared == "This one error is behind all 35 failures."
    assert (only.start, only.hint, only.clauses) == ("", "", ())


def test_an_error_in_several_behaviours_names_the_sentence_to_start_with() -> None:
    same = {"cause": "error", "reason": "this part is not written yet", "where": "a.py, line 3"}
    items = [item("a", behaviour="x", hint="H", **same), item("b", behaviour="y", **same)]
    first, other = tell(exercise(check("hidden-suite", *items, item("c")))).problems
    assert first.sentence == "This part is not written yet (a.py, line 3)."
    assert first.start == "Sentence of a."
    assert first.shared == "This one error is behind 2 of the 3 failures."
    assert other.sentence == "Sentence of c."


def test_an_error_in_one_behaviour_keeps_its_sentence_and_hint() -> None:
    same = {"cause": "error", "reason": "your program raised a TypeError", "behaviour": "x"}
    items = [item("a", hint="Look at the kind.", **same), item("b", **same)]
    (only,) = tell(exercise(check("hidden-suite", *items))).problems
    assert (only.sentence, only.hint) == ("Sentence of a.", "Look at the kind.")
    assert only.shared == "This one error is behind both failures."


def test_errors_at_different_places_are_different_problems() -> None:
    same = {"cause": "error", "reason": "your program raised a TypeError"}
    items = [item("a", where="a.py, line 3", **same), item("b", where="a.py, line 9", **same)]
    assert len(tell(exercise(check("hidden-suite", *items))).problems) == 2


def test_errors_without_a_place_are_told_behaviour_by_behaviour() -> None:
    more = {"cause": "error", "reason": "your program raised a KeyError"}
    told = tell(exercise(check("hidden-suite", item("a", **more), item("b", **more))))
    assert [(p.sentence, p.reason, p.where) for p in told.problems] == [
        (f"Sentence of {name}.", "your program raised a KeyError", "") for name in ("a", "b")
    ]


def test_an_error_of_a_hidden_test_is_told_with_the_place_of_an_examples_error() -> None:
    more = {"cause": "error", "reason": "your program raised a KeyError"}
    told = tell(
        exercise(
            check("examples", item("x", clause="1", where="fares.py, line 3", **more)),
            check("hidden-suite", item("a", clause="1", **more), item("b", clause="2", **more)),
        )
    )
    assert [(p.check, p.where) for p in told.problems] == [
        ("hidden-suite", "fares.py, line 3"),
        ("hidden-suite", ""),
    ]


def test_parameters_of_one_test_are_one_problem_and_stay_hidden() -> None:
    items = [item(f"test_x[{n}-secret]", sentence="Same.") for n in range(5)]
    (only,) = tell(exercise(check("hidden-suite", *items))).problems
    assert only.more == ()
    assert "secret" not in str(only)


def test_a_failed_must_have_is_told_first(case: Case) -> None:
    first, other = tell(case("must failed").exercises[0]).problems
    assert (first.sentence, first.must) == ("No row is ever lost.", True)
    assert other.sentence == "An easy thing."


def test_a_failed_check_comes_before_failures_in_a_passed_one() -> None:
    told = tell(
        exercise(
            check("hidden-suite", item("a"), outcome="passed"),
            check("own-tests", item("b")),
        )
    )
    assert [one.check for one in told.problems] == ["own-tests", "hidden-suite"]


def test_an_example_is_not_told_twice_but_never_lost() -> None:
    told = tell(
        exercise(
            practice(item("e1", clause="1.1"), item("e2", clause="1.2"), item("e3")),
            check("hidden-suite", item("h", clause="1.1")),
        )
    )
    assert [one.sentence for one in told.problems] == [
        "Sentence of h.",
        "Sentence of e2.",
        "Sentence of e3.",
    ]


def test_a_failed_check_without_items_is_told_by_its_summary() -> None:
    summary = "Your tests reach 80 % of the branches; 90 % are needed."
    told = tell(exercise(check("own-tests", item("a", "passed"), summary=summary)))
    assert [one.sentence for one in told.problems] == [summary]


def test_provisional_says_what_ran(case: Case) -> None:
    told = tell(case("provisional").exercises[0])
    assert told.provisional.startswith("Provisional")
    assert "These ran: examples." in told.provisional
    assert told.holding == "The examples of clause 1.1 pass."
    assert told.problems[0].check == "examples"


def test_broken_and_waiting_are_nobodys_failure(case: Case) -> None:
    broken = tell(case("broken").exercises[0])
    assert broken.broken == (
        "hidden tests could not be run: test_fares_hidden.py can't be collected",
    )
    assert broken.problems == ()
    waiting = tell(case("pending").exercises[0])
    assert waiting.waiting == ("Names say what things are.",)
    assert waiting.problems == ()


def test_work_not_started_has_nothing_to_mend() -> None:
    told = tell(exercise(check("examples", item("a")), status=Status.NOT_STARTED))
    assert (told.problems, told.holding) == ((), "")


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("wrong", "In Price a journey, mend clause 2.2 first. Then check again."),
        ("must failed", "In Price a journey, mend clause 2.1 first. Then check again."),
        ("met", "Well done. Go on with first-unit."),
        ("pending", "Your tutor has to mark Price a journey. Go on with first-unit."),
        ("broken", "Tell your tutor that Price a journey could not be graded; "),
        ("not started", "Open README.md in the folder price-a-journey first: "),
        ("import error", "In Price a journey, mend this one error first: fares.py could not"),
        ("empty", "Name a folder that has exercises in it"),
        ("many", "In Price a journey, mend clause 2.2 first."),
    ],
)
def test_next_step(case: Case, name: str, told: str) -> None:
    assert next_step(case(name)).startswith(told)


def test_next_step_of_provisional_work_is_to_hand_it_in(case: Case) -> None:
    result = case("met").exercises[0]
    result = msgspec.structs.replace(result, provisional=True)
    report = msgspec.structs.replace(case("met"), exercises=(result,))
    hand_in = "Hand in Price a journey (“grade hand-in price-a-journey”)"
    assert next_step(report) == f"{hand_in}: all that can run here holds."


def test_a_failed_must_have_anywhere_goes_first(case: Case) -> None:
    both = (*case("wrong").exercises, *case("must failed").exercises)
    report = msgspec.structs.replace(case("wrong"), exercises=both)
    assert "clause 2.1" in next_step(report)
