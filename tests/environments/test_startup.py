"""The shell that `grade` is called in, and what ends it: no verdict changes, nothing stays."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from grader import startup
from grader.executing import LocalPool
from grader.sandbox import Level, temporary

ROOT = Path(__file__).parents[2]
GRADE = [sys.executable, "-P", "-m", "grader"]
EXERCISE = "price-a-journey"
WORK = ROOT / "tests" / "submissions" / EXERCISE / "correct-plain" / "work"


@pytest.fixture
def theirs(tmp_path):
    """A folder that holds somebody's work, and the words that grade it."""
    shutil.copytree(WORK, tmp_path / "theirs" / EXERCISE)
    words = [tmp_path / "theirs", "--exercises", ROOT / "exercises", "--only", EXERCISE]
    return [*map(str, words), "--solutions", str(ROOT / "solutions")]


def grade(words, *before, **options):
    return subprocess.run(
        [*before, *GRADE, *words], capture_output=True, text=True, timeout=120, **options
    )


@pytest.mark.parametrize("value", ["1", "2"])
def test_optimising_is_switched_off(value):
    """Python is started again without."""
    environ = {**os.environ, "PYTHONOPTIMIZE": value}
    assert _flags_of_main(environ)["optimize"] == 0
    assert _flags_of_main(os.environ, f"-{'O' * int(value)}")["optimize"] == 0


def _flags_of_main(environ, *options):
    """What a Python that runs our entry point says of itself when a command is called."""
    code = (
        "import sys\n"
        "sys.argv = ['grade', '--version']\n"
        "import grader.cli.ending as ending, json\n"
        "def run():\n"
        "    names = ('optimize', 'safe_path')\n"
        "    print(json.dumps({one: getattr(sys.flags, one) for one in names}))\n"
        "ending.run = run\n"
        "from grader.cli import main; main()\n"
    )
    done = subprocess.run(
        [sys.executable, *options, "-c", code], env=environ, capture_output=True, text=True
    )
    if done.stdout.startswith("grade, version"):  # started again, by the module
        return {"optimize": 0, "safe_path": True}
    return json.loads(done.stdout)


@pytest.mark.slow
def test_a_suite_that_asserts_elsewhere_says_the_same_under_optimising(tmp_path, theirs):
    """A wrong program is not met, whatever PYTHONOPTIMIZE says."""
    solutions = tmp_path / "solutions"
    shutil.copytree(ROOT / "solutions" / EXERCISE, solutions / EXERCISE)
    (suite,) = (solutions / EXERCISE / "hidden").glob("test_*.py")
    suite.with_name("asserting_elsewhere.py").write_text(
        "def check(found, wanted):\n    assert found == wanted, 'it is not the same'\n"
    )
    with suite.open("a") as file:
        file.write(
            '\n\n@pytest.mark.behaviour("listed-price")\n'
            "def test_asserted_elsewhere():\n"
            '    """Asserts in another file."""\n'
            "    from asserting_elsewhere import check\n"
            "    check(1, 2)\n"
        )
    words = [*theirs[:-1], str(solutions), "-v", "--json", "-"]
    plain, optimised = (
        json.loads(grade(words, env={**os.environ, **more}).stdout)["exercises"][0]["status"]
        for more in ({}, {"PYTHONOPTIMIZE": "1"})
    )
    assert plain == optimised != "met"


@pytest.mark.parametrize("closed", [">&-", pytest.param("<&- >&- 2>&-", marks=pytest.mark.slow)])
def test_closed_descriptors_are_no_matter(theirs, tmp_path, closed):
    report = tmp_path / "report.json"
    words = " ".join(f"'{word}'" for word in [*GRADE, *theirs, "--json", str(report)])
    code = subprocess.run(["sh", "-c", f"exec {words} {closed}"], capture_output=True).returncode
    assert code == 0
    assert json.loads(report.read_text())["exercises"][0]["status"] == "met"


@pytest.mark.slow
def test_signals_that_the_parent_ignores_or_blocks_are_no_matter(theirs):
    def before():
        signal.signal(signal.SIGCHLD, signal.SIG_IGN)
        signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGALRM, signal.SIGTERM, signal.SIGCHLD})

    done = grade([*theirs, "--json", "-"], preexec_fn=before)
    report = json.loads(done.stdout)
    assert report["isolation"] == "full"
    assert report["exercises"][0]["status"] == "met"


@pytest.mark.parametrize("columns", ["0", "99999999999"])
def test_an_odd_width_is_taken_for_80(theirs, columns):
    plain = {name: text for name, text in os.environ.items() if name != "COLUMNS"}
    words = ["catalogue", str(ROOT / "exercises")]
    assert grade(words, env={**plain, "COLUMNS": columns}).stdout == grade(words, env=plain).stdout


def test_a_plain_terminal_has_its_own_width(monkeypatch):
    monkeypatch.setenv("TERM", "dumb")
    monkeypatch.delenv("COLUMNS", raising=False)
    monkeypatch.delenv("LINES", raising=False)
    monkeypatch.setattr(os, "get_terminal_size", lambda _fd: os.terminal_size((40, 20)))
    startup._mend_terminal()
    from rich.console import Console

    assert Console(force_terminal=True).width == 40


def test_a_current_folder_that_is_gone_is_told(tmp_path):
    script = f"mkdir gone && cd gone && rmdir ../gone && exec '{GRADE[0]}' -P -m grader catalogue"
    done = subprocess.run(["sh", "-c", script], cwd=tmp_path, capture_output=True, text=True)
    assert done.returncode == 2
    assert done.stderr == "The current folder is gone. Change to another, then run this again.\n"


def _surroundings():
    return os.getcwd(), sys.flags.safe_path, sys.path


def test_workers_start_safe(monkeypatch, tmp_path):
    monkeypatch.chdir(tmp_path)
    monkeypatch.syspath_prepend("")
    monkeypatch.syspath_prepend(str(tmp_path))
    monkeypatch.setenv("PYTHONPATH", f":/elsewhere:.:{tmp_path}")
    pool = LocalPool(1, Level.FULL)
    executor = pool.make()
    try:
        current, safe, path = executor.submit(_surroundings).result()
    finally:
        pool.end(executor)
    assert safe
    assert "workers-" in current  # a folder of their own
    assert not {"", ".", str(tmp_path)} & set(path)
    assert os.environ["PYTHONPATH"] == "/elsewhere"


def test_without_shared_memory_jobs_are_done_here(monkeypatch, capsys):
    def refuse(*_args, **_more):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr("grader.executing._Workers", refuse)
    executor = LocalPool(2, Level.FULL).make()
    assert executor.submit(os.getpid).result() == os.getpid()
    assert executor.submit(int, "x").exception() is not None
    assert "one after the other" in capsys.readouterr().err


@pytest.mark.slow
@pytest.mark.parametrize("how", [signal.SIGTERM, signal.SIGHUP, signal.SIGINT], ids=str)
def test_nothing_stays_of_a_run_that_is_ended(theirs, room, how):
    words = [*theirs[:3], "--jobs", "2", "--solutions", theirs[-1]]
    running = subprocess.Popen(
        [*GRADE, *words],
        env={**os.environ, "TMPDIR": str(room)},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    while not list(room.glob("grade-*/workers-*/grade-*/examiner-*")) and running.poll() is None:
        time.sleep(0.02)
    running.send_signal(how)
    running.wait(60)
    assert list(room.iterdir()) == []


@pytest.mark.slow
def test_a_relative_folder_for_caches_makes_none_in_the_work(theirs, tmp_path):
    done = grade(theirs, cwd=tmp_path, env={**os.environ, "XDG_CACHE_HOME": "cache"})
    assert done.returncode == 0, done.stderr
    assert [one.name for one in tmp_path.iterdir()] == ["theirs"]
    assert [one.name for one in (tmp_path / "theirs").iterdir()] == [EXERCISE]


def test_a_place_for_caches_is_an_absolute_path(monkeypatch, tmp_path):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("XDG_CACHE_HOME", "cache")
    monkeypatch.setenv("HOME", "home")
    assert temporary.cache() is None
    assert list(tmp_path.iterdir()) == []
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    assert temporary.cache() == tmp_path / "cache" / "apprentice-grader"


@pytest.mark.slow
@pytest.mark.parametrize("kind", ["-n 64", "-v 2000000"])
def test_small_limits_of_the_shell_are_enough(theirs, tmp_path, kind):
    """Own tests and faulty programs too."""
    tests = ROOT / "solutions" / EXERCISE / "test_fares.py"
    shutil.copy(tests, tmp_path / "theirs" / EXERCISE)
    shutil.copy(tests.with_name("fares.py"), tmp_path / "theirs" / EXERCISE)
    words = " ".join(f"'{word}'" for word in [*GRADE, *theirs, "--json", "-"])
    done = subprocess.run(
        ["sh", "-c", f"ulimit {kind} && exec {words}"], capture_output=True, text=True
    )
    report = json.loads(done.stdout)
    assert report["isolation"] == "full"
    assert report["exercises"][0]["status"] == "met"
    assert {one["outcome"] for one in report["exercises"][0]["checks"]} == {"passed"}
