"""What could be covered: the figures are coverage.py's own, honest data are never impossible."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from grader.bridge.coverable import Assessment, assess, text_of

# Each is run once as a whole; together they use what makes arcs in unusual ways.
PROGRAMS = {
    "branches": "def f(x):\n    if x:\n        y = 1\n    else:\n        y = 2\n    return y\nf(1)\n",
    "loops": (
        "def f(n):\n    for i in range(n):\n        if i > 2:\n            break\n    else:\n"
        "        n = 0\n    while n:\n        n -= 1\n        if n == 2: continue\n    return n\n"
        "f(2)\nf(5)\n"
    ),
    "generators": (
        "def g():\n    try:\n        yield 1\n        yield 2\n    finally:\n        pass\n"
        "for one in g():\n    break\nlist(g())\nsum(x for x in range(3) if x)\n"
        "def d():\n    yield from g()\nlist(d())\n"
    ),
    "exceptions": (
        "class E(Exception):\n    '''No.'''\n\ndef f(x):\n    try:\n        if x:\n"
        "            raise E(\n                x\n            )\n        return int('x')\n"
        "    except E as e:\n        return e\n    except (ValueError,\n            KeyError):\n"
        "        raise\n    finally:\n        x = 0\nf(1)\ntry:\n    f(0)\nexcept ValueError:\n    pass\n"
    ),
    "with": (
        "import contextlib\n@contextlib.contextmanager\ndef c():\n    yield 1\n\ndef f(x):\n"
        "    with c() as a, \\\n         c():\n        if x:\n            return a\n"
        "        with contextlib.suppress(ValueError):\n            raise ValueError\n    return 2\n"
        "f(0)\nf(1)\n"
    ),
    "match": (
        "def f(x):\n    match x:\n        case 1 | 2:\n            return 'a'\n        case [a, *_]:\n"
        "            return a\n        case _:\n            return None\nf(1)\nf([3])\n"
    ),
    "classes": (
        "import functools\n\n\n@functools.total_ordering\nclass A:\n    '''Doc.'''\n    x: int = 1\n"
        "    @property\n    def p(\n        self,\n    ):\n        '''Doc.'''\n        return self.x\n"
        "    @functools.cache\n    def __lt__(self, o): return True\n    def __eq__(self, o):\n"
        "        return o is self\n    __hash__ = object.__hash__\nA().p\nA() < A()\n"
    ),
    "lambdas": (
        "f = lambda x: (\n    x\n    if x\n    else 2\n)\nf(1)\nd = {k: v for k, v in\n     [(1, 2)]\n     if v}\n"
        "s = sorted([3, 1], key=lambda v:\n           -v)\nassert s, (\n    'no')\n"
    ),
    "async": (
        "import asyncio\nasync def g():\n    for i in range(2):\n        yield i\n        await asyncio.sleep(0)\n"
        "async def f():\n    async for i in g():\n        if i:\n            return i\n"
        "    async with asyncio.Lock():\n        pass\nasyncio.run(f())\n"
    ),
    "deep": "def f(n):\n    if n:\n        return f(n - 1)\n    return 0\nf(3)\nglobal_ = 1\ndel global_\n",
    "unreached": "x = 0\nif x:\n    def f():\n        return 1\n    class C:\n        y = 2\nelif x > 1:\n    pass\n",
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
            cov.set_option("report:" + what, [])
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
    assert assess(source, [(1, 2)]) == Assessment(impossible=(1, 2))


def test_line_ends_of_any_kind_are_one() -> None:
    assert text_of(b"a\r\nb\rc\f\n\n\n") == "a\nb\nc \n"
    assert assess(SOURCE.replace(b"\n", b"\r\n"), []) == assess(SOURCE, [])
