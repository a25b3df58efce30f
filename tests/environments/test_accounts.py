"""Users and folders as containers, labs and careless `sudo` make them."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
pytestmark = pytest.mark.slow  # each starts a view of the machine and grades in it
_WORK = """
import json, os, pathlib, shutil, subprocess, sys, tempfile
root = pathlib.Path({root!r})
there = pathlib.Path(tempfile.mkdtemp())
shutil.copytree(root / "tests/submissions/price-a-journey/correct-plain/work",
                there / "price-a-journey")
words = [sys.executable, "-P", "-m", "grader", str(there), "--exercises", str(root / "exercises"),
         "--solutions", str(root / "solutions"), "--json", "-"]
"""
WORK = _WORK.format(root=str(ROOT))


def _run(as_ordinary_user, code, *before):
    return as_ordinary_user([*before, sys.executable, "-c", WORK + code])


def test_a_user_without_account_and_home_is_graded(as_ordinary_user):
    code = """
done = subprocess.run([*words, "--only", "price-a-journey"], capture_output=True, text=True)
print(json.loads(done.stdout)["exercises"][0]["status"])
print([name for name in os.listdir(tempfile.gettempdir()) if name.startswith("grade-")])
"""
    done = _run(as_ordinary_user, code, "env", "-u", "HOME")
    assert done.stdout.split("\n")[:2] == ["met", "[]"], done.stderr


def test_a_current_folder_that_may_not_be_read_is_no_matter(as_ordinary_user):
    """As after `sudo -u student grade /whole/path`; with several exercises, in workers."""
    code = """
closed = there / "closed"
closed.mkdir()
os.chdir(closed)
closed.chmod(0)
done = subprocess.run([*words, "--jobs", "2"], capture_output=True, text=True)
found = {one["id"]: one["status"] for one in json.loads(done.stdout)["exercises"]}
print(found["price-a-journey"], "broken" in found.values())
"""
    done = _run(as_ordinary_user, code)
    assert done.stdout.split() == ["met", "False"], done.stderr


def test_state_that_may_not_be_read_is_told_with_its_cure(as_ordinary_user):
    """As after `sudo grade start` with a closed umask."""
    code = """
(there / "exercises").mkdir()
shutil.copytree(root / "exercises/price-a-journey", there / "exercises/price-a-journey")
(there / ".grader").mkdir(mode=0)
for what in (["start"], ["hint", "price-a-journey"], ["exercises/price-a-journey"]):
    done = subprocess.run([*words[:4], *what], cwd=there, capture_output=True, text=True)
    print(done.returncode, "Traceback" in done.stderr, ".grader" in done.stderr)
    sys.stderr.write(done.stderr)
"""
    done = _run(as_ordinary_user, code)
    assert done.stdout == "2 False True\n" * 3, done.stderr


@pytest.mark.parametrize("level", ["", "restricted", "none"])
def test_few_processes_are_enough_or_told_as_that_alone(as_ordinary_user, level):
    """`ulimit -u`: what is no program's fault isn't told as one, whenever the limit is reached."""
    code = f"""
import resource
level = {["--isolation", level] if level else []}
for limit in (2, 3, 5, 7, 14, 20):
    def few(): resource.setrlimit(resource.RLIMIT_NPROC, (limit, limit))
    done = subprocess.run([*words[:-2], "--only", "price-a-journey", *level], preexec_fn=few,
                          capture_output=True, text=True)
    told = done.stdout + done.stderr
    right = "Price a journey: met" in told or "ulimit -u" in told
    if not right or "program stopped" in told or "Traceback" in told:
        print(limit, told)
print("done")
"""
    done = _run(as_ordinary_user, code)
    assert done.stdout == "done\n", done.stdout + done.stderr


def test_little_memory_is_enough_or_named(as_ordinary_user):
    code = """
import resource
resource.setrlimit(resource.RLIMIT_AS, (2_000_000 << 10, 2_000_000 << 10))
os.execv(words[0], [*words, "--only", "price-a-journey"])
"""
    done = _run(as_ordinary_user, code)
    assert '"status": "met"' in done.stdout, done.stderr


def test_a_closed_exercise_is_named_and_the_others_are_graded(as_ordinary_user):
    code = """
exercises = there / "exercises"
shutil.copytree(root / "exercises", exercises)
shutil.copytree(there / "price-a-journey", exercises / "price-a-journey", dirs_exist_ok=True)
(exercises / "csv-intake").chmod(0)
done = subprocess.run([*words[:4], "exercises"], cwd=there, capture_output=True, text=True)
print("Price a journey: met" in done.stdout, "csv-intake" in done.stdout + done.stderr)
print("Traceback" in done.stderr)
sys.stderr.write(done.stdout[:3000] + done.stderr)
"""
    done = _run(as_ordinary_user, code)
    assert done.stdout.split() == ["True", "True", "False"], done.stderr


def test_work_that_may_not_be_read_is_told_as_that(as_ordinary_user):
    code = """
(there / "price-a-journey" / "fares.py").chmod(0)
done = subprocess.run([*words, "--only", "price-a-journey"], capture_output=True, text=True)
(result,) = json.loads(done.stdout)["exercises"]
print(result["unreadable"], "No module named" in done.stdout)
"""
    done = _run(as_ordinary_user, code)
    assert "fares.py" in done.stdout, done.stderr
    assert "read" in done.stdout
    assert done.stdout.endswith("] False\n")
