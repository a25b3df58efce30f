"""Programs that try to get round the grader: a plain sentence each, never a pass.

Those that read files or memory run in the sandbox only, like any other submission.
"""

from __future__ import annotations

import os
import textwrap
from pathlib import Path

import msgspec
import pytest

from grader.bridge import Examiner
from grader.catalogue import SandboxNeeds
from grader.grading import Task, grade_one
from grader.sandbox import best_level

ROOT = Path(__file__).parents[1]
SOLUTION = ROOT / "solutions" / "price-a-journey"
ERROR = "class FareError(ValueError):\n    pass\n"

LIAR = """
    class Liar:
        def __eq__(self, other): return True
        def __sub__(self, other): return 0
        __rsub__ = __add__ = __radd__ = __sub__
        def __lt__(self, other): return True
        __gt__ = __le__ = __ge__ = __contains__ = __lt__
        def __bool__(self): return True
        def __len__(self): return 1
        def __int__(self): return 0
        __index__ = __int__
        def __hash__(self): return 0
        @property
        def __class__(self): return int
    def price(zones, age, tariff): return Liar()
"""

PROGRAMS = {
    "loop": ("def price(zones, age, tariff):\n    while True: pass", "still running"),
    "loop-at-import": ("while True: pass", "did not finish being imported"),
    "exit-at-import": ("import os; os._exit(0)", "stopped by itself while fares.py was being"),
    "exit-in-call": (
        "import os\ndef price(zones, age, tariff): os._exit(0)",
        "your program stopped by itself",
    ),
    "sys-exit": ("import sys\ndef price(zones, age, tariff): sys.exit(0)", "raised a SystemExit"),
    "interrupt": ("def price(zones, age, tariff): raise KeyboardInterrupt", "raised an exception"),
    "liar": (LIAR, "an object of class Liar"),
    "passwd": (
        "def price(zones, age, tariff): return open('/etc/passwd').read()",
        "raised a",
    ),
    "parent-memory": (
        """
        import os
        def price(zones, age, tariff):
            return open(f"/proc/{os.getppid()}/mem", "rb").read(10)
        """,
        "raised a",
    ),
    "suite": (
        """
        import pathlib
        def price(zones, age, tariff):
            return [p for p in pathlib.Path("/").rglob("test_*hidden*.py")]
        """,
        "",
    ),
    "frames": (
        """
        import sys
        def price(zones, age, tariff):
            frame = sys._getframe()
            while frame:
                for name, value in frame.f_locals.items():
                    if name in ("expected", "want"): return value
                frame = frame.f_back
        """,
        "",
    ),
    "forged-frames": (
        """
        import os
        for fd in range(256):
            try: os.write(fd, b'\\x00\\x00\\x00\\x15["ready", false, 0, 0]')
            except OSError: pass
        def price(zones, age, tariff): return 1
        """,
        "not an answer",
    ),
    "all-exceptions": (
        """
        def price(zones, age, tariff):
            class Everything(ValueError, KeyError, ArithmeticError): pass
            raise Everything
        """,
        "raised",
    ),
    "huge": ("def price(zones, age, tariff): return 'x' * (20 << 20)", "too large"),
    "deep": (
        """
        def price(zones, age, tariff):
            answer = []
            for _ in range(5000): answer = [answer]
            return answer
        """,
        "too deeply nested",
    ),
}


@pytest.fixture(scope="module")
def examiner():
    with Examiner(best_level()) as made:
        yield made


@pytest.fixture(scope="module")
def exercise(course_exercise):
    """The exercise, with little patience for programs that hang."""
    found = course_exercise("price-a-journey")
    return msgspec.structs.replace(found, sandbox=SandboxNeeds(seconds=0.5))


_LONG = ("huge", "loop-at-import")  # seconds each, so in the slow tier
_NAMES = [pytest.param(n, marks=pytest.mark.slow if n in _LONG else ()) for n in PROGRAMS]


@pytest.mark.parametrize("name", _NAMES)
def test_never_met(name, examiner, exercise, tmp_path):
    source, words = PROGRAMS[name]
    (tmp_path / "fares.py").write_text(ERROR + textwrap.dedent(source))
    result = grade_one(Task(exercise, tmp_path, SOLUTION), lambda: examiner)
    hidden = next(check for check in result.checks if check.name == "hidden-suite")

    assert result.status in ("not-yet", "partly")
    assert hidden.outcome == "failed"
    reasons = {item.reason for item in hidden.items if item.outcome == "failed"}
    assert any(words in reason for reason in reasons), reasons


def test_hidden_inputs_come_back_in_no_sentence(examiner, exercise, tmp_path):
    """The program puts what it was called with into its exceptions: text, class and all."""
    source = """
        def price(zones, age, tariff):
            text = f"leak {zones} {age} {tariff}"
            raise type(text, (Exception,), {})(text)
    """
    (tmp_path / "fares.py").write_text(ERROR + textwrap.dedent(source))
    result = grade_one(Task(exercise, tmp_path, SOLUTION), lambda: examiner)
    for check in result.checks:
        if check.name == "hidden-suite":
            shown = [(i.sentence, i.reason, i.where, i.hint, i.feedback) for i in check.items]
            assert "leak" not in str(shown)
            assert {item.reason for item in check.items if item.cause == "error"} == {
                "your program raised an exception"
            }


def test_nothing_survives_a_grading(examiner, exercise, tmp_path):
    """A marker in the environment of a process that tries to outlive its run is found nowhere."""
    marker = f"survivor-{os.getpid()}"
    source = f"""
        import os, time
        if os.fork() == 0:
            os.setsid()
            time.sleep(60 if os.environ.setdefault("MARK", "{marker}") else 0)
        def price(zones, age, tariff): return 1
    """
    (tmp_path / "fares.py").write_text(ERROR + textwrap.dedent(source))
    grade_one(Task(exercise, tmp_path, SOLUTION), lambda: examiner)
    ours = {pid for pid in os.listdir("/proc") if pid.isdigit() and _sleeps(pid)}
    assert not ours


def _sleeps(pid):
    """Whether a process is a Python of the sandbox, three levels of namespaces down."""
    try:
        status = Path(f"/proc/{pid}/status").read_text()
    except OSError:
        return False
    numbers = next((line for line in status.splitlines() if line.startswith("NSpid:")), "")
    return len(numbers.split()) > 3
