"""Starts a zygote at some level, and holds it while it runs."""

from __future__ import annotations

import contextlib
import errno
import json
import os
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from grader.errors import SandboxError

from . import bubblewrap
from .asking import Answer, RefusedError, UnansweredError, ask, receive, why
from .diagnosis import Diagnosis, diagnose
from .folders import Folders, becomes
from .inside.channel import Channel, ChannelClosedError
from .inside.plan import Settings
from .inside.waiting import readable
from .interpreter import Interpreter
from .level import Level
from .limits import Mount

START_SECONDS = 30.0
KILL_SECONDS = 10.0

_CODE = (
    "import sys; sys.path.append(sys.argv[1]); from _inside.zygote import main; "
    "main(int(sys.argv[2]))"
)


class StartError(SandboxError):
    """A level can't be had here; `diagnosis` says why and what helps."""

    def __init__(self, level: Level, diagnosis: Diagnosis) -> None:
        super().__init__(
            f"Level {level.label} can't be had here: {diagnosis.reason} {diagnosis.cure}"
        )
        self.diagnosis = diagnosis


@dataclass(frozen=True)
class Recipe:
    """All that a zygote is started from."""

    level: Level
    python: Interpreter
    packages: tuple[Mount, ...]
    preload: tuple[str, ...]
    programs: tuple[Path, ...]

    def settings(self, folders: Folders) -> Settings:
        """Return what the zygote is told."""
        readable = [str(path) for path in (*self.python.paths, *self.programs)]
        readable.append(folders.packages)
        if self.level < Level.FULL:
            readable += [str(mount.source.resolve()) for mount in self.packages]
        return Settings(
            level=int(self.level),
            packages=folders.packages,
            home=f"{folders.first_root}/work",
            preload=self.preload,
            readable=tuple(readable),
            user=becomes(self.level),
        )


class Running:
    """A zygote that runs."""

    def __init__(self, process: subprocess.Popen[bytes], channel: Channel, held: int) -> None:
        self._process, self._channel = process, channel
        self._held = held  # descriptor of the zygote itself, -1 where there is no such thing

    def ask(
        self, message: Mapping[str, object], fds: Sequence[int] = (), *, seconds: float
    ) -> Answer:
        """Ask the zygote; raise `UnansweredError`, `RefusedError`."""
        return ask(self._channel, message, fds, seconds=seconds)

    def kill(self) -> bool:
        """End the zygote and with it all its cells; say whether all is gone. Bounded in time."""
        self._channel.close()
        if self._held < 0:
            # it ends its cells first, then itself, when its channel closes
            with contextlib.suppress(subprocess.TimeoutExpired):
                self._process.wait(KILL_SECONDS)
                return True
            self._process.kill()
            self._process.wait()
            return False
        with contextlib.suppress(ProcessLookupError):
            signal.pidfd_send_signal(self._held, signal.SIGKILL)
        # the kernel lets PID 1 of a namespace end only when all else in it has ended
        gone = bool(readable([self._held], KILL_SECONDS))
        os.close(self._held)
        self._held = -1
        self._process.kill()
        self._process.wait()
        return gone


def start(recipe: Recipe, folders: Folders) -> Running:
    """Start a zygote; raise `StartError` when the level can't be had. Bounded in time."""
    if recipe.level < Level.FULL:
        return _start(recipe, folders, "")
    try:
        *others, last = bubblewrap.candidates()
    except SandboxError as error:
        raise StartError(recipe.level, diagnose(str(error))) from error
    for bwrap in others:
        with contextlib.suppress(StartError):
            return _start(recipe, folders, bwrap)
    return _start(recipe, folders, last)


def _start(recipe: Recipe, folders: Folders, bwrap: str) -> Running:
    ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_STREAM)
    with tempfile.TemporaryFile() as complaints, theirs:
        channel = Channel(ours)
        try:
            process, held = _launch(recipe, folders, bwrap, theirs.fileno(), complaints.fileno())
            running = Running(process, channel, held)
            theirs.close()
            _greet(running, channel, recipe.settings(folders))
            return running
        except (UnansweredError, RefusedError, OSError) as error:
            channel.close()
            complaints.seek(0)
            said = complaints.read(4000).decode("utf-8", "replace").strip()
            raise StartError(recipe.level, diagnose(said or str(error))) from error
        except BaseException:
            channel.close()
            raise


def _greet(running: Running, channel: Channel, settings: Settings) -> None:
    try:
        channel.send(asdict(settings), timeout=START_SECONDS)
        answer = receive(channel, START_SECONDS)
        if answer.get("ready") is not True:
            raise RefusedError(str(answer.get("fault"))[:500])
    except ChannelClosedError as error:
        running.kill()
        raise UnansweredError(why(error)) from error
    except BaseException:
        running.kill()
        raise


def _launch(
    recipe: Recipe, folders: Folders, bwrap: str, theirs: int, complaints: int
) -> tuple[subprocess.Popen[bytes], int]:
    """Start the process; at level full by way of bubblewrap, which tells the zygote's number.

    The second is a descriptor of the zygote, -1 below full.
    """
    python = str(recipe.python.binary)
    inside = [python, "-I", "-S", "-B", "-c", _CODE, folders.packages, str(theirs)]
    if recipe.level < Level.FULL:
        return _popen(inside, (theirs,), complaints), -1
    told, tell = os.pipe()
    try:
        words = bubblewrap.command(
            recipe.python, recipe.packages, recipe.programs, inside, info_fd=tell, bwrap=bwrap
        )
        process = _popen(words, (theirs, tell), complaints)
        os.close(tell)
        tell = -1
        try:
            return process, _hold(_number(told))
        except BaseException:
            process.kill()
            process.wait()
            raise
    finally:
        os.close(told)
        if tell >= 0:
            os.close(tell)


def _hold(number: int) -> int:
    try:
        return os.pidfd_open(number)
    except OSError as error:
        if error.errno == errno.ESRCH:
            raise UnansweredError("bubblewrap ended at once") from error
        raise UnansweredError(f"this kernel has no pidfd_open ({error.strerror})") from error


def _popen(words: list[str], fds: tuple[int, ...], complaints: int) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        words,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=complaints,
        pass_fds=fds,
        env={},
        cwd="/",
        start_new_session=True,
    )


def _number(told: int) -> int:
    """Return the process number of the zygote, as bubblewrap writes it."""
    deadline = time.monotonic() + START_SECONDS
    text = b""
    while b"}" not in text:
        if not readable([told], deadline - time.monotonic()):
            raise UnansweredError("bubblewrap did not start in time")
        part = os.read(told, 1000)
        if not part:
            raise UnansweredError("bubblewrap ended at once")
        text += part
    return int(json.loads(text)["child-pid"])
