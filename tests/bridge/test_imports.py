"""What the suite imports: modules that fail, names that are missing, given modules."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from grader.bridge.incidents import Cause, Incident
from grader.bridge.session import Deadlines


def ends(action: Callable[[], Any]) -> Incident:
    """The incident that an action ends with."""
    with pytest.raises(Incident) as caught:
        action()
    return caught.value


# -- what happens while the modules are imported


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
    assert "fares.py could not be imported" in ends(lambda: price(3)).text


def test_an_exception_of_an_import(learner: Callable[..., Any]) -> None:
    program = learner("\nTOTAL = 1 / 0\n", {"fares_zones.py": "CITY = 1\n"}, collecting=True)
    _, text, where = error_of(program)
    assert "ZeroDivisionError: division by zero" in text
    assert where == "fares.py, line 2"
    assert program.module("fares_zones").CITY == 1


@pytest.mark.parametrize(
    ("source", "told"),
    [
        ("raise SyntaxError", "SyntaxError"),
        ("raise SyntaxError(5, 6, 7)", "SyntaxError"),
        ("class OwnError(Exception):\n    pass\nraise OwnError('no fare')", "OwnError: no fare"),
        ("raise type('E' * 500, (Exception,), {})('x' * 9000)", "EEEE"),
        (r"raise ValueError('\x1b[2J\r\n\u2028\ud800')", r"ValueError: \x1b[2J\r\n\u2028\ud800"),
        ("class Mute(Exception):\n    def __str__(self): raise self\nraise Mute", "Mute"),
    ],
)
def test_any_exception_of_an_import_is_told_in_one_line(
    learner: Callable[..., Any], source: str, told: str
) -> None:
    cause, text, _ = error_of(learner(source, collecting=True))
    assert cause == "import"
    assert text.startswith(f"fares.py could not be imported: {told}")
    assert text.isprintable()
    assert len(text) < 250


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
    deadlines = Deadlines(start=0.3, call=0.3, test=1, session=10)
    program = learner("while True:\n    pass\n", collecting=True, deadlines=deadlines)
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
        ["imported", "fares", ["E", "text", [["fares.py", 10**9]]], "", ""],
        ["imported", "fares", ["E", "text", "fares.py"], "", ""],
        ["ready"],
        ["ok", 1, 2, [], "", ""],
        ["importing"],
        [],
    ],
)
def test_an_import_that_forges_reports(
    learner: Callable[..., Any], hostile: str, message: Any
) -> None:
    source = hostile + f"\nsend(frame({message!r}))\nprice = echo\n"
    program = learner(source, collecting=True)
    program.session.begin()
    try:
        assert program.fares.price(3) == 3
    except Incident:
        pass


def test_an_import_that_sends_too_much(learner: Callable[..., Any], hostile: str) -> None:
    program = learner(hostile + "\ntoo_large()\n", collecting=True)
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
    absent: Any = program.fares.refund
    assert issubclass(absent, Exception)  # so that pytest.raises takes it
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
    deadlines = Deadlines(start=5, call=0.3, test=5, session=20)
    source = f"def __getattr__(name):\n    {body}\n"
    program = learner(source, collecting=True, deadlines=deadlines)
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


def test_a_function_of_the_suite_can_be_passed_in_every_test(
    learner: Callable[..., Any], hostile: str
) -> None:
    """Callbacks of one test stay callable in the next, since the suite holds them."""
    program = learner(hostile)
    seen = []
    program.fares.call(lambda: seen.append(1))
    program.again()
    program.fares.call(lambda: seen.append(2))
    assert seen == [1, 2]


def test_where_a_later_import_failed_is_not_told(
    learner: Callable[..., Any], tmp_path: Path
) -> None:
    """By then the program has seen inputs, and could tell them by the line."""
    seen = tmp_path / "seen"
    source = f"""
        import os
        def price():
            return 1
        if os.path.exists({str(seen)!r}):
            raise KeyError("what it was called with")
        open({str(seen)!r}, "w").close()
    """
    program = learner(source)
    assert program.fares.price() == 1
    program.session.end_all()
    program.session.begin()
    assert error_of(program) == (
        "import",
        "fares.py could not be imported: it could be imported before, and now it can't",
        "",
    )
