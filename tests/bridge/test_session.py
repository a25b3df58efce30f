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
from grader.bridge.session import Deadlines

HOSTILE = '''
import os, socket, struct, sys, threading, time, json

def sockets():
    """Every socket of this process that is connected to the examiner."""
    found = []
    for name in os.listdir("/proc/self/fd"):
        try:
            if os.readlink(f"/proc/self/fd/{name}").startswith("socket:"):
                found.append(int(name))
        except OSError:
            pass
    return found

def send(data):
    for fd in sockets():
        os.write(fd, data)

def frame(message):
    body = json.dumps(message).encode()
    return struct.pack(">I", len(body)) + body

def hang():
    while True:
        pass

def sleep():
    time.sleep(60)

def die(code=1):
    os._exit(code)

def crash():
    os.kill(os.getpid(), 11)

def garbage():
    send(b"not a frame at all")

def answer_another():
    send(frame(["ok", 999999, "forged", [], "", ""]))

def too_large():
    send(b"\\xff\\xff\\xff\\xff")

def large():
    return "x" * (20 << 20)

def many():
    return [0] * 600_000

def dribble():
    data = frame(["ok", 1, "x" * 1000, [], "", ""])
    for byte in data:
        send(bytes([byte]))
        time.sleep(0.02)

def late(delay):
    time.sleep(delay)
    return "late"

def speak_later(delay):
    def speak():
        time.sleep(delay)
        send(frame(["ok", 1, "unasked", [], "", ""]))
    threading.Thread(target=speak, daemon=True).start()

def close():
    for fd in sockets():
        os.close(fd)

def leave_thread():
    def run():
        while True:
            time.sleep(0.01)
    threading.Thread(target=run, daemon=True).start()

def pid():
    return os.getpid()

def parent():
    return os.getppid()

def kill_template():
    os.kill(os.getppid(), 9)

def leave_file():
    open("left.txt", "w").write("x")

def listing():
    return sorted(os.listdir("."))

def chdir():
    os.chdir("/")

def cwd():
    return os.getcwd()

COUNT = 0
SEEN = []
def count():
    global COUNT
    COUNT += 1
    SEEN.append(COUNT)
    return COUNT

class Box:
    """Holds something."""
    value = 1

def box():
    return Box()

def call(f):
    return f()

def echo(value):
    return value

BOX = Box()
'''


@pytest.fixture
def program(learner: Callable[..., Any]) -> Any:
    return learner(HOSTILE)


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
def test_one_bad_call_ends_its_test_alone(program: Any, name: str) -> None:
    function, cause = BAD[name]
    assert program.fares.echo(1) == 1
    began = time.monotonic()
    incident = ends(getattr(program.fares, function))
    assert time.monotonic() - began < 2
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


def test_the_deadline_of_a_test_holds_over_all_its_calls(learner: Callable[..., Any]) -> None:
    short = Deadlines(start=2, call=1.0, test=0.4, session=20)
    program = learner(HOSTILE, deadlines=short)
    began = time.monotonic()
    incident = ends(lambda: [program.fares.late(0.05) for _ in range(50)])
    assert incident.cause is Cause.TIME
    assert time.monotonic() - began < 1.5


def test_an_answer_after_the_deadline_is_not_taken_for_the_next(program: Any) -> None:
    fares = program.fares
    assert ends(lambda: fares.late(0.35)).cause is Cause.TIME
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


def test_too_many_time_outs_leave_the_rest_untried(learner: Callable[..., Any]) -> None:
    program = learner(HOSTILE, deadlines=Deadlines(start=2, call=0.05, test=1, session=20))
    for _ in range(4):
        assert "still running" in ends(program.fares.hang).text
        program.again()
    began = time.monotonic()
    assert "ran out of time too often" in ends(lambda: program.fares.echo(1)).text
    assert time.monotonic() - began < 0.05


def test_a_session_that_is_over_asks_nothing(learner: Callable[..., Any]) -> None:
    program = learner(HOSTILE, deadlines=Deadlines(start=2, call=1, test=1, session=0.5))
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


def test_what_was_made_while_collecting_exists_in_every_copy(learner: Callable[..., Any]) -> None:
    program = learner(HOSTILE, collecting=True)
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


# -- what happens while the modules are imported


def missing_text(found: Any) -> str:
    """Why a name is missing."""
    return ends(found).text


def error_of(program: Any, module: str = "fares") -> tuple[Any, str, str]:
    return program.session.module_errors[module]  # type: ignore[no-any-return]


def test_a_syntax_error(learner: Callable[..., Any]) -> None:
    program = learner("def price(:\n    pass\n", collecting=True)
    cause, text, where = error_of(program)
    assert cause == "import"
    assert "SyntaxError: " in text
    assert where == "fares.py, line 1"
    price = program.fares.price
    program.session.begin()
    assert "fares.py could not be imported" in missing_text(lambda: price(3))


def test_an_exception_of_an_import(learner: Callable[..., Any]) -> None:
    program = learner("\nTOTAL = 1 / 0\n", {"fares_zones.py": "CITY = 1\n"}, collecting=True)
    _, text, where = error_of(program)
    assert "ZeroDivisionError: division by zero" in text
    assert where == "fares.py, line 2"
    assert program.module("fares_zones").CITY == 1


@pytest.mark.parametrize("source", ["import sys\nsys.exit(0)\n", "raise KeyboardInterrupt\n"])
def test_an_import_that_wants_to_leave(learner: Callable[..., Any], source: str) -> None:
    program = learner(source, collecting=True)
    assert error_of(program)[0] == "import"


def test_an_import_that_ends_the_process(learner: Callable[..., Any]) -> None:
    program = learner("import os\nos._exit(0)\n", collecting=True)
    assert error_of(program)[1] == (
        "your program stopped by itself while fares.py was being imported"
    )
    assert isinstance(program.fares.price, type)
    program.session.begin()
    assert ends(program.fares.price).cause is Cause.MISSING


def test_an_import_that_never_ends(learner: Callable[..., Any]) -> None:
    began = time.monotonic()
    deadlines = Deadlines(start=0.3, call=0.3, test=1, session=10)
    program = learner("while True:\n    pass\n", collecting=True, deadlines=deadlines)
    assert time.monotonic() - began < 2
    assert "fares.py did not finish being imported within 0.3 seconds" in error_of(program)[1]
    for _ in range(3):
        program.session.begin()
        assert ends(program.fares.price).cause is Cause.MISSING
        program.session.end()
    assert len(program.cell.pids) == 1  # and is not tried again for each test


@pytest.mark.parametrize(
    "message",
    [
        ["imported", "fares", ["garbage"], "", ""],
        ["imported", "fares", [None] * 7, "", ""],
        ["imported", "fares", [["object", 1, 2, 3], ["list"], "", [], None, None, 0], "", ""],
        ["ready"],
        ["ok", 1, 2, [], "", ""],
        ["importing"],
        [],
    ],
)
def test_an_import_that_forges_reports(learner: Callable[..., Any], message: Any) -> None:
    source = HOSTILE + f"\nsend(frame({message!r}))\nprice = echo\n"
    program = learner(source, collecting=True)
    program.session.begin()
    try:
        assert program.fares.price(3) == 3
    except Incident:
        pass
    assert ends(program.fares.hang)


def test_an_import_that_sends_too_much(learner: Callable[..., Any]) -> None:
    program = learner(HOSTILE + "\ntoo_large()\n", collecting=True)
    assert "while fares.py was being imported" in error_of(program)[1]


def test_a_module_that_forks_while_it_is_imported(learner: Callable[..., Any]) -> None:
    program = learner("import os\nos.fork()\nprice = len\nMAX = 5\n", collecting=True)
    program.session.begin()
    assert program.fares.MAX == 5


def test_a_module_with_threads_is_started_anew(learner: Callable[..., Any]) -> None:
    program = learner("""
        import queue, threading, os
        asked, answered = queue.Queue(), queue.Queue()
        def work():
            while True:
                answered.put(asked.get() * 2)
        threading.Thread(target=work, daemon=True).start()
        count = 0
        def double(n):
            global count
            count += 1
            asked.put(n)
            return answered.get(), count
    """)
    assert program.fares.double(4) == (8, 1)
    assert program.fares.double(5) == (10, 2)
    program.again()
    assert program.fares.double(6) == (12, 1)


# -- names that are not there


def test_a_missing_name_fails_only_what_uses_it(learner: Callable[..., Any]) -> None:
    program = learner("def price(z):\n    return z\n", collecting=True)
    absent = program.fares.refund
    assert isinstance(absent, type)  # so that pytest.raises takes it
    assert repr(absent) == "<missing: refund>"
    uses: list[Callable[[], Any]] = [
        lambda: absent(1),
        lambda: absent + 1,
        lambda: absent < 1,
        lambda: bool(absent),
        lambda: list(absent),
        lambda: len(absent),
        lambda: absent["x"],
        lambda: absent.rate,
        lambda: "x" in absent,
        lambda: absent.__enter__(),
        lambda: program.fares.price(absent),
    ]
    for use in uses:
        program.session.begin()
        incident = ends(use)
        assert incident.cause is Cause.MISSING
        assert incident.text == "fares.py has nothing called refund"
        assert program.session.end().incident is incident
    program.session.begin()
    assert program.fares.price(3) == 3


def test_an_exception_class_that_is_missing_catches_nothing(learner: Callable[..., Any]) -> None:
    program = learner("def price(z):\n    raise ValueError\n", collecting=True)
    absent = program.fares.FareError
    program.session.begin()
    with pytest.raises(ValueError), pytest.raises(absent):
        program.fares.price(1)


def test_in_a_test_a_missing_name_is_an_attribute_error(program: Any) -> None:
    assert not hasattr(program.fares, "refund")
    assert getattr(program.fares, "refund", None) is None


@pytest.mark.parametrize("body", ["raise SystemExit", "raise KeyError(name)", "while True: pass"])
def test_a_module_that_makes_up_its_names_cannot_stop_the_collection(
    learner: Callable[..., Any], body: str
) -> None:
    program = learner(f"def __getattr__(name):\n    {body}\n", collecting=True)
    absent = program.fares.price
    program.session.begin()
    assert ends(lambda: absent(1)).cause is Cause.MISSING


def test_files_in_folders_are_modules(learner: Callable[..., Any]) -> None:
    files = {"fares_lib/__init__.py": "", "fares_lib/zones.py": "CITY = 1\n"}
    program = learner("from fares_lib.zones import CITY\n", files)
    assert program.fares.CITY == 1
    assert program.module("fares_lib.zones").CITY == 1


# -- given modules

GIVEN = """
import dataclasses, enum

@dataclasses.dataclass(frozen=True)
class Stop:
    name: str
    zone: int = 1

class Mode(enum.Enum):
    BUS = 1

class TariffError(Exception):
    def __init__(self, code):
        super().__init__(code)
        self.code = code
"""


def test_given_objects_are_the_suites_own(learner: Callable[..., Any]) -> None:
    program = learner(
        """
        import given_tariff
        from given_tariff import Stop, Mode, TariffError
        class Liar(Stop):
            def __eq__(self, other): return True
        def make(): return Stop("Leeds", 2)
        def lie(): return Liar("x", 1)
        def mode(m): return m is Mode.BUS, Mode.BUS
        class OwnError(TariffError):
            pass
        def fail(): raise TariffError(4)
        def fail_own(): raise OwnError(5)
        def zone(stop): return stop.zone
        def kind(): return Stop
        """,
        {"given_tariff.py": GIVEN},
        given=("given_tariff",),
    )
    given, fares = program.module("given_tariff"), program.fares
    assert type(fares.make()) is given.Stop
    assert fares.make() == given.Stop("Leeds", 2)
    assert fares.zone(given.Stop("York", 3)) == 3
    assert fares.mode(given.Mode.BUS) == (True, given.Mode.BUS)
    assert fares.kind() is given.Stop
    with pytest.raises(given.TariffError):
        fares.fail()
    with pytest.raises(given.TariffError) as own:
        fares.fail_own()
    assert type(own.value) is fares.OwnError
    assert own.value.code == 5
    assert fares.lie() != given.Stop("Leeds", 2)
    assert not program.session.log.reported


# -- output


def test_what_the_program_prints_is_printed_here(
    learner: Callable[..., Any], capsys: pytest.CaptureFixture[str]
) -> None:
    fares = learner("""
        import sys
        def talk(f):
            print("before", "£")
            f()
            print("after", file=sys.stderr)
    """).fares
    fares.talk(lambda: print("between"))
    assert capsys.readouterr() == ("before £\nbetween\n", "after\n")


def test_shared_objects_end_with_their_test(program: Any) -> None:
    """Callbacks of one test stay callable in the next, since the suite holds them."""
    seen = []
    program.fares.call(lambda: seen.append(1))
    program.again()
    program.fares.call(lambda: seen.append(2))
    assert seen == [1, 2]
