"""A learner's tests and the program in two processes: what works, what can't be seen."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator

import pytest

from grader.bridge import Examiner
from grader.bridge.incidents import Cause
from grader.bridge.own_tests import OwnDeadlines, OwnTests, Reported, run_own_tests
from grader.bridge.trial import Program, Stand
from grader.sandbox import Policy

PROGRAM = '''\
"""Prices."""
import logging
import os
import urllib.request
from operator import attrgetter

LOG = logging.getLogger("fares")
_STEP = 100


class FareError(Exception):
    pass


class Stop:
    def __init__(self, name):
        self.name = name
        self.calls = []

    def visit(self, who):
        self.calls.append(who)
        return len(self.calls)


class Name(str):
    pass


def _rate(zones):
    return _STEP * zones


def price(zones, rider="adult"):
    """Price a journey."""
    if zones < 1:
        raise FareError(zones)
    LOG.warning("zones=%s", zones)
    print("priced")
    return _rate(zones) + int(os.environ.get("FEE", "0"))


def save(path):
    with open(path, "w") as file:
        file.write("saved")


def ask(url):
    return urllib.request.urlopen(url, timeout=2).read().decode()


def show(value):
    return repr(value)


def later(number):
    yield number


def hang():
    while True:
        pass


def die():
    os._exit(3)
'''
OTHERS = [
    PROGRAM.replace("_STEP = 100", "_STEP = 90 + 10\n\n\n"),
    PROGRAM.replace("_rate", "_price_of"),
    PROGRAM.replace('rider="adult"', 'rider="child"'),
    PROGRAM.replace("def save", "\n\n\nEXTRA = 1\n\n\ndef save"),
    PROGRAM.replace("Price a journey", "Price it").replace("return _rate(zones) +", "return 0 +"),
]
PROMISED = tuple("FareError Name Stop ask attrgetter die hang later os price save show".split())


@pytest.fixture(scope="module")
def examiner() -> Iterator[Examiner]:
    with Examiner() as made:
        yield made


Run = Callable[..., Reported]


@pytest.fixture
def run(examiner: Examiner) -> Run:
    """`run(tests, program)` in two processes."""

    def tried(
        tests: str, program: str = PROGRAM, *, loopback: bool = False, **more: float
    ) -> Reported:
        policy = Policy(loopback=loopback)
        limits = OwnDeadlines(**more)
        wanted = OwnTests({"test_it.py": tests.encode()}, ("test_it.py",), (), limits, policy)
        under = Program({"fares.py": program.encode()}, ("fares",), (), {"fares": PROMISED}, 0.5)
        with Stand(examiner.tools, examiner.sandbox, policy) as stand:
            return stand.run(wanted, under)

    return tried


def together(examiner: Examiner, tests: str, program: str) -> Reported:
    files = {"test_it.py": tests.encode(), "fares.py": program.encode()}
    return run_own_tests(examiner.tools, OwnTests(files, ("test_it.py",)))


def outcomes(said: Reported) -> dict[str, str]:
    return {case.id.partition("::")[2]: case.outcome for case in said.cases.values()}


# -- what works

FAIR = """
import logging
import pytest
from fares import *
import fares

HERE = Stop("Mill")


@pytest.fixture(scope="module")
def stop():
    return Stop("Quay")


@pytest.mark.parametrize("zones", [1, 2])
def test_price(zones):
    assert price(zones) == 100 * zones


def test_error():
    with pytest.raises(FareError, match="0"):
        price(0)


def test_objects(stop):
    assert stop.name == "Quay" and HERE.name == "Mill"
    assert stop.visit("Ann") == 1


def test_objects_last(stop):
    assert (stop.visit("Ben"), stop.calls) == (2, ["Ann", "Ben"])


def test_objects_are_compared(stop):
    assert stop.visit is not None and stop != HERE and bool(stop)


def test_files(tmp_path):
    save(tmp_path / "a.txt")
    assert (tmp_path / "a.txt").read_text() == "saved"


def test_files_again(tmp_path):
    save(str(tmp_path / "b.txt"))
    assert [one.name for one in tmp_path.iterdir()] == ["b.txt"]


def test_environment(monkeypatch):
    monkeypatch.setenv("FEE", "5")
    assert price(1) == 105


def test_environment_is_back():
    assert price(1) == 100


def test_patch(monkeypatch):
    monkeypatch.setattr(fares, "price", lambda zones: 7)
    assert fares.price(1) == 7


def test_patch_is_gone():
    assert fares.price(1) == 100


def test_output(capsys, caplog):
    price(1)
    assert capsys.readouterr().out == "priced\\n"
    assert caplog.record_tuples == [("fares", logging.WARNING, "zones=1")]
    assert list(later(3)) == [3]


def test_no_handlers():
    root = logging.getLogger()
    kept, root.handlers = root.handlers, []
    try:
        price(1)
    finally:
        root.handlers = kept


def test_handlers_are_back(caplog):
    price(2)
    assert caplog.messages == ["zones=2"]
"""


def test_fair_tests_pass_as_in_one_process(run: Run, examiner: Examiner) -> None:
    alone, beside = outcomes(run(FAIR)), outcomes(together(examiner, FAIR, PROGRAM))
    assert alone == beside
    assert set(alone.values()) == {"passed"}


def test_a_fault_is_found_by_calling(run: Run) -> None:
    faulty = PROGRAM.replace("zones < 1", "zones < 0").replace("return _rate(zones)", "return 90")
    found = Counter(case.outcome for case in run(FAIR, faulty).cases.values())
    assert found["failed"] == 6
    assert set(found) == {"passed", "failed"}


@pytest.mark.slow
def test_servers_of_a_test_and_the_program_find_each_other(run: Run) -> None:
    tests = """
import http.server, threading
import fares


class Hello(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        self.send_response(200)
        self.end_headers()
        self.wfile.write(b"hello")

    def log_message(self, *words):
        pass


def test_it():
    with http.server.HTTPServer(("127.0.0.1", 0), Hello) as server:
        threading.Thread(target=server.handle_request).start()
        assert fares.ask(f"http://127.0.0.1:{server.server_port}/") == "hello"
"""
    assert outcomes(run(tests, loopback=True)) == {"test_it": "passed"}


# -- what ends a test


def test_a_program_that_hangs_or_dies_ends_one_test(run: Run) -> None:
    tests = (
        "import fares\n\n\ndef test_a():\n    fares.hang()\n\n\n"
        "def test_b():\n    fares.die()\n\n\n"
        "def test_c():\n    assert fares.price(1) == 100\n"
    )
    said = run(tests)
    assert outcomes(said) == {"test_a": "broken-off", "test_b": "broken-off", "test_c": "passed"}
    assert said.stopped is None


def test_an_incident_that_is_swallowed_is_no_verdict(run: Run) -> None:
    tests = (
        "import fares\n\n\ndef test_a():\n    try:\n        fares.die()\n"
        "    except BaseException:\n        pass\n"
    )
    assert outcomes(run(tests)) == {"test_a": "broken-off"}


def test_a_program_that_cannot_be_imported_is_not_tried(run: Run) -> None:
    said = run("def test_a():\n    assert 1\n", "1 / 0\n")
    assert (said.stopped, said.cases) == (Cause.IMPORT, {})


@pytest.mark.parametrize(
    ("body", "cause"),
    [
        ("while True: pass", Cause.TIME),
        ("os._exit(0)", Cause.STOPPED),
        ("line.send(['fork'], 1e6)\n    line.send(['nonsense'], 1e6)\n    line.receive(1e6)", None),
        ("line.shared[0].sendall(b'xxxxxxxx')\n    line.receive(1e6)", Cause.PROTOCOL),
    ],
)
def test_a_hostile_run_ends(body: str, cause: Cause | None, run: Run) -> None:
    head = (
        "import gc, os\nfrom grader.bridge.trial_inside import Line\n"
        "line = next(one for one in gc.get_objects() if isinstance(one, Line))\n\n\n"
    )
    said = run(f"{head}def test_a():\n    {body}\n", test=0.5)
    assert said.stopped is (cause or Cause.PROTOCOL)
    assert not said.finished


# -- what is seen

HEAD = """
import dis, gc, hashlib, importlib, inspect, linecache, os, re, sys, traceback, types
from pathlib import Path
import pytest
import fares


def shown(value):
    return "F" + hashlib.sha256(repr(value).encode()).hexdigest()[:20]


def test_it():
    try:
        found = shown(look())
    except BaseException as error:
        found = "E" + re.sub(r"\\W", "", type(error).__name__)
    raise type(found, (Exception,), {})


def look():
"""
LOOKS = {
    "source": "return Path(fares.__file__).read_text()",
    "inspect": "return inspect.getsource(fares.price)",
    "bytecode": "return fares.price.__code__.co_code",
    "constants": "return fares.price.__code__.co_consts",
    "names of the code": "return fares.price.__code__.co_names",
    "disassembled": "return dis.Bytecode(fares.price).dis()",
    "names": "return sorted(dir(fares))",
    "number of names": "return len(vars(sys.modules['fares']))",
    "private helper": "return hasattr(fares, '_rate'), hasattr(fares, '_price_of')",
    "unpromised name": "return hasattr(fares, 'EXTRA')",
    "defaults": "return fares.price.__defaults__",
    "signature": "return str(inspect.signature(fares.price))",
    "docstring": "return fares.price.__doc__",
    "globals": "return sorted(fares.price.__globals__)",
    "loader": "return fares.__loader__.get_source('fares')",
    "spec": "return os.stat(fares.__spec__.origin).st_size",
    "files": "return [p.read_bytes() for p in sorted(Path('..').rglob('[!t]*')) if p.is_file()]",
    "gc": "return [f.__code__.co_code for f in gc.get_objects()"
    " if isinstance(f, types.FunctionType) and f.__module__ == 'fares']",
    "referrers": "return len(gc.get_referents(fares.price))",
    "frames of a generator": "return fares.later(1).gi_frame.f_lineno",
    "code of a generator": "return fares.later(1).gi_code.co_names",
    "traceback": """try:
        fares.price(0)
    except fares.FareError as error:
        lines = [one.lineno for one in traceback.extract_tb(error.__traceback__)]
        return lines, linecache.getlines(fares.__file__), vars(error).get('_frames')""",
    "another import": "return vars(importlib.reload(fares))['_STEP']",
    "log records": """import logging
    seen = []
    handler = logging.Handler()
    handler.emit = lambda record: seen.append((record.lineno, record.funcName))
    logging.getLogger("fares").addHandler(handler)
    fares.price(1)
    return seen""",
    "standard library": "return fares.os.popen('cat fares.py').read()",
    "module of a module": "return fares.os.sys.modules['fares'].__doc__",
    "addresses": "return re.sub('0x0*', '', fares.show(fares.Stop('a')))[-9:]",
    "formatted": "return fares.Name('{0.__code__.co_names}').format(fares.price)",
    "through a file name": "return fares.save.__globals__['open']('fares.py').read()",
}
# In one process these are no use: there they raise, or every program gives the same.
_OF_TWO_PROCESSES = {
    "asked by hand: attribute": "ask('get', ['ref', ['fares', 'price']], '__code__')",
    "asked by hand: private": "ask('get', ['mod', 'fares'], '_STEP')",
    "asked by hand: key": "ask('call', ['ref', ['fares', '_rate']], [], ['list', 1], ['dict'])",
    "asked by hand: module": "ask('get', ['mod', 'sys'], 'modules')",
    "asked by hand: open": "ask('call', ['ref', ['os', 'popen']], [], ['list', 'ls'], ['dict'])",
    "asked by hand: folder": "ask('fetch', session.folder)",
    "asked by hand: linked folder": "ask('fetch', session.folder + '/../files/../work')",
    "asked by hand: names": "ask('op', 'dir', ['mod', 'fares'])",
    "asked by hand: signature": "ask('op', 'signature', ['ref', ['fares', 'price']])",
    "asked by hand: code": "ask('op', 'code', ['ref', ['fares', 'price']])",
    "asked by hand: hints": "ask('op', 'hints', ['ref', ['fares', 'price']])",
    "asked by hand: swap": "ask('swap', 'fares', '_rate', ['builtin', 'repr'])",
    "asked by hand: arcs": "ask('arcs')",
    "asked by hand: formatted": "ask('call', ['ref', ask('get', '{0.__code__.co_names}', 'format')"
    "._key], [], ['list', ['ref', ['fares', 'price']]], ['dict'])",
    "asked by hand: built in": "ask('call', ['builtin', 'type'], [], ['list', ['ref', ['fares', "
    "'price']]], ['dict'])",
    "asked by hand: put": "ask('put', session.folder + '/../files', ['dict', '../work/a.py', "
    "['bytes', 'x']], ['dict'])",
    "asked by hand: class of a library": "ask('call', ['ref', ['fares', 'attrgetter']], [], "
    "['list', '__code__.co_names'], ['dict'])",
    "asked by hand: describe": "ask('describe', ['fares', '_rate'])",
}
_BY_HAND = """session = next(one for one in gc.get_objects() if type(one).__name__ == 'Session')
    ask = session.ask_directly
    return {}"""


@pytest.mark.slow
@pytest.mark.parametrize("kind", [*LOOKS, *_OF_TWO_PROCESSES])
def test_a_look_shows_the_same_of_every_program(kind: str, run: Run, examiner: Examiner) -> None:
    body = LOOKS.get(kind) or _BY_HAND.format(_OF_TWO_PROCESSES[kind])
    tests = f"{HEAD}    {body}\n"
    seen = {_seen(run(tests, program)) for program in (PROGRAM, *OTHERS)}
    assert len(seen) == 1, seen


@pytest.mark.slow
@pytest.mark.parametrize("kind", ["source", "bytecode", "names", "signature", "gc", "log records"])
def test_in_one_process_it_would_differ(kind: str, examiner: Examiner) -> None:
    tests = f"{HEAD}    {LOOKS[kind]}\n"
    seen = {_seen(together(examiner, tests, program)) for program in (PROGRAM, *OTHERS)}
    assert len(seen) > 1


def test_what_looks_at_the_program_is_told_as_that(run: Run) -> None:
    tests = (
        "import inspect, runpy\nimport fares\n\n\n"
        "def test_a():\n    assert 'x' in open(fares.__file__).read()\n\n\n"
        "def test_b():\n    runpy.run_path(fares.__file__)\n\n\n"
        "def test_c():\n    assert 'zones' in inspect.signature(fares.price).parameters\n\n\n"
        "def test_d():\n    assert fares._STEP == 100\n\n\n"
        "def test_e():\n    assert not hasattr(fares.price, '__doc__') or fares.price(1)\n"
    )
    assert outcomes(run(tests)) == {
        "test_a": "cannot-cross",
        "test_b": "cannot-cross",
        "test_c": "cannot-cross",
        "test_d": "failed",
        "test_e": "passed",
    }


def test_a_patch_that_does_not_reach_the_program_is_told_as_that(run: Run) -> None:
    tests = (
        "import os\nfrom unittest import mock\nimport fares\n\n\n"
        "def test_a(monkeypatch):\n    monkeypatch.setattr(os, '_exit', int)\n"
        "    assert fares.price(1) == 0\n\n\n"
        "def test_b():\n    with mock.patch('time.sleep'):\n        assert not fares.price(1)\n\n\n"
        "def test_c(monkeypatch):\n    monkeypatch.setattr('time.sleep', int)\n"
        "    assert fares.price(1) == 100\n\n\n"
        "def test_d():\n    assert fares.price(1) == 0\n"
    )
    assert outcomes(run(tests)) == {
        "test_a": "cannot-cross",
        "test_b": "cannot-cross",
        "test_c": "passed",
        "test_d": "failed",
    }


def _seen(said: Reported) -> str:
    ends = (f"{case.outcome} {case.place.error}" for case in said.cases.values())
    return next(ends, f"stopped: {said.stopped}")
