"""What a hidden property draws depends on the suite and the reference alone."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import grader

pytestmark = pytest.mark.interpreter

PACKAGE = Path(grader.__file__).parent

SUITE = """
import hashlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from prog import answer

DRAWN = []


{marker}
@settings(max_examples=200)
@given(st.integers(), st.text(), st.floats())
def test_draws(whole, text, real):
    "Draws."
    DRAWN.append((whole, text, repr(real)))
    answer(whole)


def test_tells():
    "Tells what was drawn."
    assert not DRAWN, hashlib.sha256(repr(DRAWN).encode()).hexdigest()


def test_drew_a_constant():
    "A constant of the reference comes up."
    assert not any(whole == 73_129_557 for whole, _, _ in DRAWN)
"""

PROGRAM = """
import re, sys
from pathlib import Path
from grader.bridge.examiner import Examiner, Run

home = Path(sys.argv[1])
files = {"prog.py": Path(sys.argv[2]).read_bytes()}
with Examiner() as examiner:
    run = Run(home, ("prog",), files, home, constants=(b"LIMIT = 73_129_557\\n",))
    done = examiner.run(run)
tests = {one.id.rpartition("::")[2]: one for one in done.tests}
assert tests["test_draws"].outcome == "passed", done
assert tests["test_drew_a_constant"].outcome == "failed", "the pool is not used"
print(re.search("[0-9a-f]{64}", tests["test_tells"].detail)[0])
"""

RIGHT = "def answer(n):\n    return n\n"
OTHER = (
    "import json\n\nKNOWN = {4_711_223: 'a text of its own'}\n\n\ndef answer(n):\n    return 0\n"
)


def drawn(
    home: Path, work: str, *, package: Path | None = None, hash_seed: str = "1", marker: str = ""
) -> str:
    """A digest of all that the property drew, with the grader of `package`."""
    suite, program = home / "suite", home / "prog.py"
    suite.mkdir(exist_ok=True)
    (suite / "test_it.py").write_text(SUITE.replace("{marker}", marker))
    program.write_text(work)
    environment = {**os.environ, "PYTHONHASHSEED": hash_seed}
    if package is not None:
        environment["PYTHONPATH"] = str(package.parent)
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM, str(suite), str(program)],
        cwd=home,
        env=environment,
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def copied(to: Path) -> Path:
    """The grader's package, as a wheel lays it down below `to`."""
    ignored = shutil.ignore_patterns("__pycache__", "node_modules")
    return Path(shutil.copytree(PACKAGE, to / "grader", ignore=ignored))


def test_every_hand_in_meets_the_same_examples(tmp_path):
    assert drawn(tmp_path, RIGHT) == drawn(tmp_path, OTHER, hash_seed="2")


def test_a_new_marker_brings_no_other_examples(tmp_path):
    marker = '@pytest.mark.hint("Look again.")'
    assert drawn(tmp_path, RIGHT, marker=marker) == drawn(tmp_path, RIGHT)


@pytest.mark.slow
def test_the_examples_do_not_depend_on_the_installation(tmp_path):
    here = drawn(tmp_path, RIGHT)
    installed = copied(tmp_path / "lib" / "site-packages")
    changed = copied(tmp_path / "changed")
    for name in ("errors.py", "bridge/session.py"):
        source = (changed / name).read_text()
        (changed / name).write_text(source + '\n_NEW = (918_273_645, "a new text", 2.75)\n')
    assert drawn(tmp_path, RIGHT, package=installed) == here
    assert drawn(tmp_path, RIGHT, package=changed) == here
