"""What could be covered: the figures are coverage.py's own, honest data are never impossible."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from grader.bridge.coverable import Assessment, assess, text_of

pytestmark = pytest.mark.interpreter

# Each is run once as a whole; together they use what makes arcs in unusual ways.
PROGRAMS = {
    "branches": """\
def f(x):
    if x:
        y = 1
    else:
        y = 2
    return y
f(1)
""",
    "loops": """\
def f(n):
    for i in range(n):
        if i > 2:
            break
    else:
        n = 0
    while n:
        n -= 1
        if n == 2: continue
    return n
f(2)
f(5)
""",
    "generators": """\
def g():
    try:
        yield 1
        yield 2
    finally:
        pass
for one in g():
    break
list(g())
sum(x for x in range(3) if x)
def d():
    yield from g()
list(d())
""",
    "exceptions": """\
class E(Exception):
    '''No.'''

def f(x):
    try:
        if x:
            raise E(
                x
            )
        return int('x')
    except E as e:
        return e
    except (ValueError,
            KeyError):
        raise
    finally:
        x = 0
f(1)
try:
    f(0)
except ValueError:
    pass
""",
    "with": """\
import contextlib
@contextlib.contextmanager
def c():
    yield 1

def f(x):
    with c() as a, \\
         c():
        if x:
            return a
        with contextlib.suppress(ValueError):
            raise ValueError
    return 2
f(0)
f(1)
""",
    "match": """\
def f(x):
    match x:
        case 1 | 2:
            return 'a'
        case [a, *_]:
            return a
        case _:
            return None
f(1)
f([3])
""",
    "classes": """\
import functools


@functools.total_ordering
class A:
    '''Doc.'''
    x: int = 1
    @property
    def p(
        self,
    ):
        '''Doc.'''
        return self.x
    @functools.cache
    def __lt__(self, o): return True
    def __eq__(self, o):
        return o is self
    __hash__ = object.__hash__
A().p
A() < A()
""",
    "lambdas": """\
f = lambda x: (
    x
    if x
    else 2
)
f(1)
d = {k: v for k, v in
     [(1, 2)]
     if v}
s = sorted([3, 1], key=lambda v:
           -v)
assert s, (
    'no')
""",
    "async": """\
import asyncio
async def g():
    for i in range(2):
        yield i
        await asyncio.sleep(0)
async def f():
    async for i in g():
        if i:
            return i
    async with asyncio.Lock():
        pass
asyncio.run(f())
""",
    "deep": """\
def f(n):
    if n:
        return f(n - 1)
    return 0
f(3)
global_ = 1
del global_
""",
    "unreached": """\
x = 0
if x:
    def f():
        return 1
    class C:
        y = 2
elif x > 1:
    pass
""",
}
_MEASURE = """
import contextlib, coverage, json, os, sys
out = {}
for name in sorted(n for n in os.listdir(".") if n.endswith(".py")):
    path = os.path.abspath(name)
    cov = coverage.Coverage(data_file=None, config_file=False, branch=True, include=[path],
                            messages=False)
    cov.set_option("run:core", "ctrace")
    cov.set_option("report:exclude_lines", [])
    for what in ("partial_branches", "partial_branches_always"):
        with contextlib.suppress(Exception):
            cov.set_option("report:" + what, ["(?!)"])  # an empty list matches every line
    code = compile(open(path).read(), path, "exec")
    cov.start()
    exec(code, {"__name__": "work", "__file__": path})
    cov.stop()
    arcs = cov.get_data().arcs(path)
    cov.json_report(outfile=name + ".json")
    totals = json.load(open(name + ".json"))["totals"]
    out[name[:-3]] = [arcs, totals]
print(json.dumps(out))
"""
_KEYS = ("num_statements", "num_branches", "covered_lines", "covered_branches")


@pytest.fixture(scope="module")
def measured(tmp_path_factory: pytest.TempPathFactory) -> dict[str, tuple[list, dict]]:
    """Arcs and totals of each program, by coverage.py itself."""
    folder = tmp_path_factory.mktemp("programs")
    for name, text in PROGRAMS.items():
        (folder / f"{name}.py").write_text(text, encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-c", _MEASURE], cwd=folder, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


@pytest.mark.parametrize("name", PROGRAMS)
def test_figures_are_those_of_coverage(measured: dict, name: str) -> None:
    arcs, totals = measured[name]
    found = assess(PROGRAMS[name].encode(), [tuple(arc) for arc in arcs])
    ours = (found.statements, found.exits, found.covered_statements, found.covered_exits)
    assert ours == tuple(totals[key] for key in _KEYS)


@pytest.mark.parametrize("name", PROGRAMS)
def test_honest_data_are_never_impossible(measured: dict, name: str) -> None:
    arcs, _ = measured[name]
    assert assess(PROGRAMS[name].encode(), [tuple(arc) for arc in arcs]).impossible == ()


SOURCE = b"""\
def f(x):
    if x:

        y = 1
    for i in x:
        y = i
    return y


def g(x):
    while x > 3:
        x -= 1
    match x:
        case 1:
            return 1
    return lambda: (
        x)
"""


def test_what_is_missing_is_said_in_words() -> None:
    # f(0)-like: neither the body of the if nor the loop; g up to its match
    arcs = [(-1, 1), (1, 10), (10, -1), (-1, 2), (2, 5), (5, 7), (7, -1)]
    arcs += [(-10, 11), (11, 13), (13, 14), (14, 16), (16, -10)]
    words = [gap.words for gap in assess(SOURCE, arcs).gaps]
    assert words == [
        "the condition in line 2 is never true",
        "line 4 never runs",
        "the loop in line 5 never goes round",
        "line 6 never runs",
        "the condition in line 11 is never true",
        "line 12 never runs",
        "the case in line 14 never fits",
        "line 15 never runs",
    ]


def test_nothing_reported_is_nothing_covered() -> None:
    found = assess(SOURCE, [])
    assert (found.covered, found.impossible) == (0, ())
    assert found.possible == found.statements + found.exits > 15
    assert found.gaps[0].words == "lines 1 to 16 never run"


@pytest.mark.parametrize(
    "arc",
    [(3, 4), (8, 10), (2, 11), (99, 100), (-5, 2), (-10, 2), (2, -10)],
    ids=["empty line", "between", "two functions", "outside", "no start", "entry", "exit"],
)
def test_arcs_that_no_code_makes_are_told(arc: tuple[int, int]) -> None:
    assert assess(SOURCE, [arc]).impossible != ()


@given(st.lists(st.tuples(st.integers(-200, 200), st.integers(-200, 200)), max_size=60))
@settings(deadline=None, max_examples=40)
def test_invented_arcs_never_give_more_than_there_is(arcs: list[tuple[int, int]]) -> None:
    found = assess(SOURCE, arcs)
    whole = assess(SOURCE, [])
    assert found.possible == whole.possible
    assert 0 <= found.covered_statements <= found.statements
    assert 0 <= found.covered_exits <= found.exits


def test_no_line_is_left_out_on_request() -> None:
    plain = "import typing\nif typing.TYPE_CHECKING:\n    x = 1\ndef f():\n    ...\n"
    asked = plain.replace(":\n", ":  # pragma: no cover\n")
    assert assess(asked.encode(), []).possible == assess(plain.encode(), []).possible
    assert assess(asked.encode(), []).pragmas == (2, 4)
    assert assess(plain.encode(), []).pragmas == ()


def test_branches_on_one_line_are_told() -> None:
    assert assess(b"x = 1\nif x: x = 2\nwhile x: x -= 1\n", []).hidden_branches == (2, 3)


@pytest.mark.parametrize("source", [b"def f(:\n", b"x = 'a\n", b"\0", b"x = (\n", b"\xff = 1 2\n"])
def test_what_is_no_python_is_told_by_its_line(source: bytes) -> None:
    assert assess(source, [(1, 2)]).unreadable >= 1


@pytest.mark.parametrize("source", [b"", b"\n\n", b"# only a comment\n", b"\xef\xbb\xbf"])
def test_files_without_code_have_nothing_to_cover(source: bytes) -> None:
    assert assess(source, []) == Assessment()
    assert assess(source, [(1, 2)]).covered == 0


def test_line_ends_of_any_kind_are_one() -> None:
    assert text_of(b"a\r\nb\rc\f\n\n\n") == "a\nb\nc \n"
    assert assess(SOURCE.replace(b"\n", b"\r\n"), []) == assess(SOURCE, [])
