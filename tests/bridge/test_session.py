"""A session: deadlines, deaths, leftovers, and a fresh copy of the program for each test."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from grader.bridge.incidents import AuthorFault, Cause, Incident
from grader.bridge.patience import BOUND
from grader.bridge.session import Deadlines


@pytest.fixture
def program(learner: Callable[..., Any], hostile: str) -> Any:
    return learner(hostile, deadlines=Deadlines(start=5.0, call=0.3, test=5.0, session=30.0))


def ends(action: Callable[[], Any]) -> Incident:
    """The incident that an action ends with."""
    with pytest.raises(Incident) as caught:
        action()
    return caught.value


# -- one bad call ends the test, and only it

BAD = {
    "hang": ("hang", Cause.TIME),
    "sleep": ("sleep", Cause.TIME),
    "die": ("die", Cause.STOPPED),
    "crash": ("crash", Cause.STOPPED),
    "close": ("close", Cause.STOPPED),
    "garbage": ("garbage", Cause.PROTOCOL),
    "other-number": ("answer_another", Cause.PROTOCOL),
    "impossible-length": ("too_large", Cause.PROTOCOL),
    "large": ("large", Cause.TOO_LARGE),
    "many": ("many", Cause.TOO_LARGE),
    "dribble": ("dribble", Cause.TIME),
}


@pytest.mark.parametrize("name", BAD)
def test_one_bad_call_ends_its_test_alone(
    learner: Callable[..., Any], hostile: str, name: str
) -> None:
    function, cause = BAD[name]
    patience = 0.3 if cause is Cause.TIME else 20.0
    deadlines = Deadlines(start=20.0, call=patience, test=30.0, session=60.0)
    program = learner(hostile, deadlines=deadlines)
    assert program.fares.echo(1) == 1
    incident = ends(getattr(program.fares, function))
    assert incident.cause is cause
    assert incident.text.startswith("your program ")
    assert ends(lambda: program.fares.echo(1)) is incident
    log = program.again()
    assert log.incident is incident
    assert program.fares.echo(2) == 2
    assert program.again().incident is None


def test_a_dead_copy_is_killed(program: Any, alive: Any, until: Any) -> None:
    pid = program.fares.pid()
    ends(program.fares.hang)
    assert until(lambda: not alive(pid))


def test_a_deadline_is_told_in_seconds(program: Any) -> None:
    assert ends(program.fares.sleep).text == "your program was still running after 0.3 seconds"


def test_the_deadline_of_a_test_holds_over_all_its_calls(
    learner: Callable[..., Any], hostile: str
) -> None:
    short = Deadlines(start=2, call=1.0, test=0.4, session=20)
    program = learner(hostile, deadlines=short)
    incident = ends(lambda: [program.fares.late(0.05) for _ in range(50)])
    assert incident.cause is Cause.TIME


def test_an_answer_after_the_deadline_is_not_taken_for_the_next(
    learner: Callable[..., Any], hostile: str
) -> None:
    program = learner(hostile, deadlines=Deadlines(start=5, call=0.05, test=5, session=30))
    fares = program.fares
    assert ends(lambda: fares.late(0.05 * BOUND + 0.05)).cause is Cause.TIME
    program.again()
    time.sleep(0.1)
    assert fares.echo("mine") == "mine"


def test_what_a_thread_sends_later_never_answers_a_question_of_the_next_test(program: Any) -> None:
    program.fares.speak_later(0.05)
    program.again()
    time.sleep(0.1)
    assert program.fares.echo("mine") == "mine"
    assert program.again().incident is None


def test_words_between_two_questions_end_the_test(program: Any) -> None:
    program.fares.speak_later(0.02)
    time.sleep(0.15)
    assert ends(lambda: program.fares.echo("mine")).cause is Cause.PROTOCOL


def test_too_many_time_outs_leave_the_rest_untried(
    learner: Callable[..., Any], hostile: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("grader.bridge.session.BOUND", 1e6)
    program = learner(hostile, deadlines=Deadlines(start=2, call=0.05, test=9, session=900))
    for _ in range(4):
        assert "still running" in ends(program.fares.hang).text
        program.again()
    assert "ran out of time too often" in ends(lambda: program.fares.echo(1)).text


def test_a_session_that_is_over_asks_nothing(learner: Callable[..., Any], hostile: str) -> None:
    program = learner(hostile, deadlines=Deadlines(start=2, call=1, test=1, session=0.5))
    time.sleep(0.5)
    program.again()
    assert ends(lambda: program.fares.echo(1)).cause is Cause.TIME


def test_time_spent_in_the_suites_own_functions_is_not_the_programs(program: Any) -> None:
    def slow() -> int:
        time.sleep(0.4)
        return 5

    assert program.fares.call(slow) == 5


# -- a fresh copy for each test


def test_state_lasts_for_a_test_and_no_longer(program: Any) -> None:
    fares = program.fares
    assert [fares.count(), fares.count()] == [1, 2]
    assert fares.SEEN == [1, 2]
    fares.Box.value = 9
    program.again()
    assert fares.count() == 1
    assert fares.Box.value == 1


def test_each_test_has_a_process_of_its_own(program: Any, alive: Any, until: Any) -> None:
    fares = program.fares
    first, template = fares.pid(), fares.parent()
    assert fares.pid() == first
    program.again()
    assert fares.pid() != first
    assert fares.parent() == template == program.cell.pids[0]
    assert until(lambda: not alive(first))


def test_files_of_one_test_are_gone_in_the_next(program: Any) -> None:
    fares = program.fares
    fares.leave_file()
    assert fares.listing() == ["fares.py", "left.txt"]
    program.again()
    assert fares.listing() == ["fares.py"]
    fares.chdir()
    program.again()
    assert Path(fares.cwd()) == Path(program.cell.folder)


def test_leftover_threads_do_not_keep_a_copy_alive(program: Any, alive: Any, until: Any) -> None:
    pid = program.fares.pid()
    program.fares.leave_thread()
    program.again()
    assert program.fares.echo(1) == 1
    assert until(lambda: not alive(pid))


def test_nothing_is_left_when_a_session_is_closed(program: Any, alive: Any, until: Any) -> None:
    pid = program.fares.pid()
    program.session.end()
    program.session.close()
    assert until(lambda: not alive(pid))
    assert not alive(program.cell.pids[0])


def test_objects_of_an_earlier_test_are_the_authors_fault(program: Any) -> None:
    fares = program.fares
    box = fares.box()
    assert box.value == 1
    program.again()
    with pytest.raises(AuthorFault, match="from an earlier test is used again"):
        box.value  # noqa: B018
    with pytest.raises(AuthorFault):
        fares.echo(box)


def test_what_lives_in_the_module_can_be_used_in_every_test(program: Any) -> None:
    box = program.fares.BOX
    box.value = 5
    assert program.fares.BOX is box
    program.again()
    assert box.value == 1
    assert program.fares.echo(box) is box


def test_what_was_made_while_collecting_exists_in_every_copy(
    learner: Callable[..., Any], hostile: str
) -> None:
    program = learner(hostile, collecting=True)
    box = program.fares.box()
    box.value = 7
    program.session.begin()
    assert box.value == 7
    box.value = 8
    program.again()
    assert box.value == 7


def test_a_template_that_is_gone_is_started_again(program: Any, until: Any, alive: Any) -> None:
    fares = program.fares
    assert fares.count() == 1
    fares.kill_template()
    assert until(lambda: not alive(program.cell.pids[0]))
    for _ in range(3):
        program.again()
        try:
            assert fares.count() == 1
            break
        except Incident as incident:
            assert incident.cause is Cause.STOPPED  # noqa: PT017
    else:
        raise AssertionError("it never came back")
    assert len(program.cell.pids) == 2


def test_a_template_killed_between_tests_is_started_again(program: Any) -> None:
    program.session.end()
    os.kill(program.cell.pids[0], signal.SIGKILL)
    os.waitpid(program.cell.pids[0], 0)
    answers = []
    for _ in range(3):
        program.session.begin()
        try:
            answers.append(program.fares.echo(1))
        except Incident:
            answers.append(None)
        program.session.end()
    assert answers[-1] == 1
    program.session.begin()
