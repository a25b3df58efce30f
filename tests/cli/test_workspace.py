"""An apprentice's day, each command in a process of its own; `grade watch` on a real terminal."""

from __future__ import annotations

import fcntl
import json
import os
import pty
import re
import select
import shutil
import signal
import struct
import subprocess
import sys
import termios
import time
import zipfile
from pathlib import Path

import pytest

from tests.copying import make_course

ROOT = Path(__file__).parents[2]
GRADE = Path(sys.executable).parent / "grade"
WORK = ROOT / "tests" / "submissions" / "price-a-journey" / "half-fare-ends-early" / "work"
RIGHT = ROOT / "solutions" / "price-a-journey"


STYLE = re.compile(r"\x1b\[[0-9;]*m")


@pytest.fixture
def course(tmp_path):
    """An apprentice's copy: two exercises and no solutions."""
    make_course(tmp_path, "price-a-journey", "first-unit")
    return tmp_path


def grade(folder, *arguments, words=""):
    return subprocess.run(
        [GRADE, *arguments],
        cwd=folder,
        input=words,
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )


@pytest.mark.slow
def test_a_day(course):
    none = grade(course, "start")
    assert none.returncode == 2
    assert "grade start --id" in none.stderr
    started = grade(course, "start", "--id", "heron-4821")
    assert started.returncode == 0, started.stderr
    assert "Read the ticket: exercises/price-a-journey/README.md" in started.stdout
    assert "Tell your tutor" in " ".join(started.stdout.split())
    other = grade(course, "start", "--id", "otter-1")
    assert (other.returncode, "heron-4821" in other.stderr) == (2, True)

    early = grade(course, "hand-in", "price-a-journey")
    assert (early.returncode, "haven't started" in early.stderr) == (2, True)

    work = course / "exercises" / "price-a-journey"
    shutil.copytree(WORK, work, dirs_exist_ok=True)
    mine = (work / "fares.py").read_text() + "# by sam@mail.co.uk\n"
    (work / "fares.py").write_text(mine)
    (work / "trace.log").write_text("left by a program")
    checked = grade(course, "exercises/price-a-journey", "--json", "report.json")
    assert checked.returncode == 1
    digest = json.loads((course / "report.json").read_text())["exercises"][0]["digest"]
    assert "Go on with: Price a journey" in grade(work, "start").stdout

    assert "Hint 1 of 5" in grade(work, "hint", "price-a-journey").stdout
    again = grade(course, "hint", "exercises/price-a-journey/", "--again")
    assert "1 hint for Price a journey" in again.stdout

    reset = grade(course, "reset", "price-a-journey")
    assert (reset.returncode, "Say --yes" in reset.stderr) == (2, True)
    reset = grade(course, "reset", "price-a-journey", "fares.py", "--yes")
    assert "--undo" in reset.stdout
    assert (work / "fares.py").read_text() != mine
    grade(course, "reset", "price-a-journey", "--undo", "--yes")
    assert (work / "fares.py").read_text() == mine

    line = f"price-a-journey/fares.py:{len(mine.splitlines())}: an e-mail address"
    asked = grade(course, "hand-in")
    assert line in asked.stdout
    assert (asked.returncode, list(course.glob("*.zip"))) == (2, [])
    packed = grade(course, "hand-in", "price-a-journey", "--to", "work.zip", "--yes")
    assert packed.returncode == 0, packed.stderr
    assert line in packed.stdout
    assert "Nothing was sent anywhere" in packed.stdout
    with zipfile.ZipFile(course / "work.zip") as archive:
        (entry,) = json.loads(archive.read("manifest.json"))["exercises"]
        assert "price-a-journey/trace.log" not in archive.namelist()
    assert entry["work_digest"] == digest["work"]
    assert entry["exercise_digest"] == digest["exercise"]
    again = grade(course, "hand-in", "--to", "work.zip", "--yes")
    assert (again.returncode, "is there already" in again.stderr) == (2, True)


def test_own_questions_are_there_from_the_start_and_after_a_reset(course):
    answers = course / "exercises" / "first-unit" / "answers.toml"
    blank = answers.read_text()
    started = grade(course, "start", "first-unit", "--id", "heron-4821")
    assert "answers.toml" in started.stdout
    assert "not started yet" in started.stdout
    mine = answers.read_text()
    assert mine != blank
    answers.write_text(mine + "\nnonsense = [")
    broken = grade(course, "start", "first-unit")
    assert (broken.returncode, "answers.toml" in broken.stdout) == (0, True)
    grade(course, "reset", "first-unit", "answers.toml", "--yes")
    assert answers.read_text() == mine


def test_a_damaged_id_is_moved_aside_by_start_alone(course):
    grade(course, "start", "--id", "heron-4821")
    file = course / ".grader" / "apprentice.toml"
    file.write_text("id = ")
    stopped = grade(course, "exercises/price-a-journey")
    assert (stopped.returncode, "run `grade start`" in stopped.stderr) == (2, True)
    assert file.read_text() == "id = "
    started = grade(course, "start", "--id", "heron-4821")
    assert "Nothing was thrown away" in " ".join(started.stdout.split())
    assert grade(course, "start").returncode == 0


def test_a_changed_given_file_is_said_and_can_be_put_back(course):
    grade(course, "start", "--id", "heron-4821")
    tariffs = course / "exercises" / "price-a-journey" / "tariffs.py"
    before = tariffs.read_bytes()
    tariffs.write_text("HARROWDALE = []\n")
    said = " ".join(grade(course, "exercises/price-a-journey").stdout.split())
    assert "grade reset price-a-journey tariffs.py" in said
    grade(course, "reset", "price-a-journey", "tariffs.py", "--yes")
    assert tariffs.read_bytes() == before


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["hint", "price-a-journy"], "did you mean `price-a-journey`"),
        (["watch", "nothing"], "There is no exercise"),
        (["reset", "price-a-journey", "--undo", "fares.py"], "takes no files"),
        (["reset", "price-a-journey", "--undo"], "nothing to bring back"),
        (["hand-in"], "Run `grade start` first"),
    ],
)
def test_wrong_use(course, arguments, words):
    done = grade(course, *arguments)
    assert done.returncode == 2
    assert words in done.stderr


def test_outside_of_a_course(tmp_path):
    done = grade(tmp_path, "start")
    assert (done.returncode, "no exercises in this folder" in done.stderr) == (2, True)


class Terminal:
    """A command on a terminal of its own; `shows` waits for words, however long they take."""

    def __init__(self, folder, *arguments):
        self.main, self.inner = pty.openpty()
        self.before = termios.tcgetattr(self.inner)
        self.resize(40, 90, tell=False)
        environ = {**os.environ, "TERM": "xterm-256color", "NO_COLOR": "1"}
        self.process = subprocess.Popen(
            [GRADE, *arguments],
            cwd=folder,
            env={name: environ[name] for name in environ if name not in ("COLUMNS", "LINES")},
            stdin=self.inner,
            stdout=self.inner,
            stderr=self.inner,
            start_new_session=True,
            preexec_fn=lambda: fcntl.ioctl(0, termios.TIOCSCTTY, 0),
        )
        self.text = ""

    def shows(self, words, seconds=60.0):
        """Read until the words are there; forget what came before them."""
        end = time.monotonic() + seconds
        while words not in self.text:
            ready, _, _ = select.select([self.main], [], [], max(0.0, end - time.monotonic()))
            assert ready, f"{words!r} never came; last: {self.text[-2000:]!r}"
            self.text += os.read(self.main, 1 << 16).decode("utf-8", "replace")
            self.text = STYLE.sub("", self.text)
        self.text = self.text.partition(words)[2]

    def press(self, keys):
        os.write(self.main, keys.encode())

    def resize(self, rows, columns, tell=True):
        # The kernel tells the process in front by itself once it is there.
        fcntl.ioctl(self.main, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))
        if tell:
            os.killpg(self.process.pid, signal.SIGWINCH)

    def ended(self):
        """The exit code, and whether the terminal is as it was."""
        code = self.process.wait(60)
        return code, termios.tcgetattr(self.inner) == self.before

    def close(self):
        self.process.kill()
        self.process.wait()
        os.close(self.main)
        os.close(self.inner)


@pytest.fixture
def terminal(course):
    opened = []

    def open_one(*arguments):
        opened.append(Terminal(course, *arguments))
        return opened[-1]

    yield open_one
    for one in opened:
        one.close()


KEYS = "h hint · n next exercise · r run again · q quit"


def test_watching_as_a_person_does(course, terminal):
    work = course / "exercises" / "price-a-journey" / "fares.py"
    watch = terminal("watch", "price-a-journey")
    watch.shows("Price a journey: not started yet")
    watch.shows(KEYS)
    shutil.copy(RIGHT / "fares.py", work)
    watch.shows("Price a journey: met so far (provisional)")
    watch.shows(KEYS)
    watch.press("h")
    watch.shows("Hint 1 of 5 in the ticket")
    watch.shows(KEYS)
    watch.resize(12, 60)
    watch.shows("more lines: make this window taller")
    watch.shows(KEYS)
    watch.resize(40, 90)
    watch.shows(KEYS)
    work.write_text("def price(:\n")
    watch.shows("First thing to mend")
    watch.shows("fares.py, line 1")
    watch.shows(KEYS)
    work.unlink()
    watch.shows("fares.py isn't there")
    watch.shows(KEYS)
    watch.press("\x1b[A")  # an arrow, which does nothing
    watch.press("n")
    watch.shows("Unit tests for the zone calculator: not started yet")
    watch.shows(KEYS)
    watch.press("q")
    watch.shows("Stopped watching.")
    assert watch.ended() == (0, True)


def test_ctrl_c_and_a_request_to_end_leave_the_terminal_as_it_was(terminal):
    watch = terminal("watch", "first-unit")
    watch.shows(KEYS)
    watch.press("\x03")
    watch.shows("Stopped watching.")
    assert watch.ended() == (0, True)
    watch = terminal("watch", "first-unit")
    watch.shows(KEYS)
    watch.process.terminate()
    assert watch.ended() == (128 + signal.SIGTERM, True)


def test_start_asks_until_the_id_is_none_by_which_one_is_known(course, terminal):
    start = terminal("start")
    start.shows("Your id [")
    start.press("Sam Smith\n")
    start.shows("as names have")
    start.shows("Your id [")
    start.press("\n")  # the one that was made up
    start.shows("from now on")
    start.shows("Stuck? grade hint price-a-journey")
    assert start.ended() == (0, True)
    assert "format = 1" in (course / ".grader" / "apprentice.toml").read_text()


def test_a_log_without_a_terminal(course):
    process = subprocess.Popen(
        [GRADE, "watch", "price-a-journey"],
        cwd=course,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        text=True,
    )
    first = process.stdout.readline()
    shown = [first]
    while not shown[-1].startswith("Next:"):
        shown.append(process.stdout.readline())
    process.send_signal(signal.SIGINT)
    rest, _ = process.communicate(timeout=60)
    assert first.startswith("== ")
    assert "price-a-journey" in first
    assert "quit" not in "".join(shown)
    assert rest.endswith("Stopped watching.\n")
    assert process.returncode == 0
