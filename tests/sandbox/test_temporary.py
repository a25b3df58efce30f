"""One temporary folder per process; those of dead processes are swept away, and no others."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
REFUSING = ROOT / "tests" / "environments" / "refusing.py"
HOLD = (
    "import sys; from grader.sandbox import temporary\n"
    "made = temporary.folder('x'); (made / 'secret').write_text('s')\n"
    "print(made.parent, flush=True); sys.stdin.read()\n"
)


@pytest.fixture
def started(room):
    """Start a process that has a temporary folder; it and the folder."""
    running = []

    def start(*before):
        process = subprocess.Popen(
            [*before, sys.executable, "-c", HOLD],
            env={**os.environ, "TMPDIR": str(room)},
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        running.append(process)
        return process, Path(process.stdout.readline().strip())

    yield start
    for process in running:
        process.kill()
        process.communicate()


def test_it_goes_when_its_process_ends(started):
    process, folder = started()
    assert folder.is_dir()
    assert folder.stat().st_mode & 0o777 == 0o711
    process.communicate("")
    assert not folder.exists()


def test_what_a_killed_process_left_is_swept_by_the_next(started):
    dead, left = started()
    _, used = started()
    os.kill(dead.pid, signal.SIGKILL)
    dead.wait()
    assert (left / "in-use").exists()
    started()
    assert not left.exists()
    assert used.exists()


def test_what_a_fork_still_uses_is_left(started, room):
    code = (
        "import os, time; from grader.sandbox import temporary\n"
        "made = temporary.folder('x')\n"
        "if os.fork(): print(made.parent, flush=True)\n"
        "time.sleep(60)\n"
    )
    process = subprocess.Popen(
        [sys.executable, "-c", code],
        env={**os.environ, "TMPDIR": str(room)},
        cwd=ROOT,
        stdout=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    with process.stdout as said:
        folder = Path(said.readline().strip())
    try:
        os.kill(process.pid, signal.SIGKILL)
        process.wait()
        started()
        assert folder.exists()
    finally:
        os.killpg(process.pid, signal.SIGKILL)


def test_nothing_else_is_touched(started, room):
    """Folders without the file, files of that name, links to somebody's own folder."""
    mine = room / "mine"
    mine.mkdir()
    (mine / "in-use").touch()
    (room / "grade-notes").mkdir()
    (room / "grade-me.txt").touch()
    (room / "grade-link").symlink_to(mine)
    started()
    left = {path.name for path in room.iterdir()}
    assert {"mine", "grade-notes", "grade-me.txt", "grade-link"} <= left
    assert (mine / "in-use").exists()


def test_a_drive_without_locks_is_never_swept(started):
    """A process without locks looks like a dead one to those that have them."""
    _, used = started(sys.executable, str(REFUSING), "flock=ENOLCK", "--")
    started()
    assert used.exists()
