"""Finds out by doing which isolation levels work on this machine, and what they hold.

Theory of operation. Reading settings tells what should be; a canary program that tries to get
out tells what is. It runs in a real cell, twice, as a learner's program would, and reports how
far it came; the worker, which knows what there was to find, decides. A layer that the canary
could get through is not in force, and a level works only with all of its layers in force.
"""

from __future__ import annotations

import json
import os
import socket
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from grader.errors import SandboxError

from . import temporary
from .cell import Cell
from .diagnosis import Diagnosis, diagnose
from .inside.waiting import readable
from .level import Level
from .limits import Limits, Policy
from .sandbox import Sandbox
from .starting import StartError

_LIMITS = Limits(memory_mb=384, file_mb=1)
_SECONDS = 20.0
_MOST = 1 << 16  # bytes that a canary may say
_LAYERS_OF = {
    Level.FULL: (0, 1, 2, 3, 4, 5, 6, 7),
    Level.RESTRICTED: (0, 1, 2, 3, 5, 6),
    Level.BASIC: (0, 1, 2, 3),
    Level.NONE: (0, 1, 2),
}

Facts = Mapping[str, object]


@dataclass(frozen=True)
class LayerProbe:
    """Whether one layer held, and what was tried."""

    number: int
    name: str
    in_force: bool
    detail: str


@dataclass(frozen=True)
class LevelProbe:
    """Whether a level works here; if not, why, and what helps."""

    level: Level
    works: bool
    reason: str
    cure: str
    layers: tuple[LayerProbe, ...]


@dataclass(frozen=True)
class _Layer:
    number: int
    name: str
    tried: str
    holds: Callable[[Facts], bool]


def _none(*names: str) -> Callable[[Facts], bool]:
    """Hold when each named attempt was made and failed."""
    return lambda facts: all(facts.get(name) is False for name in names)


def _is_clean(facts: Facts) -> bool:
    fds, names = facts.get("descriptors"), facts.get("environment")
    apart = facts.get("isolated") is True and facts.get("third_party") is False
    own = facts.get("own_session") is True
    return apart and own and fds == [0, 1, 2, 3] and names == ["HOME", "LANG", "TMPDIR"]


_LAYERS = (
    _Layer(
        0,
        "a process of its own",
        "being the same process as the grader, or the same user where that is root",
        lambda facts: facts.get("pid") != os.getpid() and facts.get("as_root") is False,
    ),
    _Layer(1, "clean process", "finding inherited files, settings or packages", _is_clean),
    _Layer(2, "nothing survives", "outliving the end of the cell", _none("survived")),
    _Layer(
        3,
        "limits",
        "using more memory and disk than allowed, and raising the limits",
        _none("large_memory", "large_file", "raised_limit"),
    ),
    _Layer(
        4,
        "namespaces",
        "seeing the grader's files and processes, and writing or connecting outside",
        _none("secret_there", "wrote_outside", "saw_worker", "connected", "proc_seen"),
    ),
    _Layer(
        5,
        "Landlock",
        "reading, writing and listing files beyond those named, and signalling its supervisor",
        _none("secret_read", "wrote_outside", "listed_root", "signalled_parent"),
    ),
    _Layer(
        6,
        "system call filter",
        "making sockets, namespaces and processes, and starting programs",
        lambda facts: (
            _none("made_socket", "new_namespace", "forked_after")(facts)
            and facts.get("program_refused") is True
            and facts.get("threads") is True
        ),
    ),
    _Layer(
        7,
        "a cell for each submission",
        "finding a trace of the submission before, or of other processes",
        lambda facts: (
            _none("trace_of_before")(facts)
            and facts.get("own_disk") is True
            and facts.get("parent") == 1
        ),
    ),
)


def probe(level: Level | None = None) -> list[LevelProbe]:
    """Try each level, strongest first, or just `level`. Never raises for what doesn't work."""
    wanted = sorted(Level, reverse=True) if level is None else [level]
    return [_probe(one) for one in wanted]


def best_level() -> Level:
    """Return the strongest level that works here; raise `SandboxError` when none does."""
    for level in sorted(Level, reverse=True):
        found = _probe(level)
        if found.works:
            return level
    raise SandboxError(f"No program can be run here safely: {found.reason} {found.cure}")


def _probe(level: Level) -> LevelProbe:
    if os.name != "posix":
        cure = "Run this in WSL2."
        return LevelProbe(level, False, "Windows itself has no sandbox for this.", cure, ())
    if level >= Level.RESTRICTED and sys.platform != "linux":
        return LevelProbe(level, False, "This level needs Linux.", "Use a Linux machine.", ())
    try:
        facts = _send_canary(level)
    except StartError as error:
        return _failed(level, error.diagnosis)
    except SandboxError as error:
        return _failed(level, diagnose(str(error)))
    layers = tuple(
        LayerProbe(
            layer.number,
            layer.name,
            in_force := layer.holds(facts),
            f"{'stopped' if in_force else 'not stopped'}: {layer.tried}",
        )
        for layer in _LAYERS
    )
    open_ones = [one for one in layers if one.number in _LAYERS_OF[level] and not one.in_force]
    if not open_ones:
        return LevelProbe(level, True, "", "", layers)
    reason = "; ".join(f"{one.name} ({one.detail})" for one in open_ones)
    cure = "Use a newer kernel (6.12 or later has all that is needed)."
    return LevelProbe(level, False, f"Not in force: {reason}.", cure, layers)


def _failed(level: Level, diagnosis: Diagnosis) -> LevelProbe:
    return LevelProbe(level, False, diagnosis.reason, diagnosis.cure, ())


def _send_canary(level: Level) -> Facts:
    """Run the canary in two cells, one after the other; return what the second found."""
    policy = Policy(_LIMITS)
    with (
        temporary.lasting("canary") as folder,
        socket.create_server(("127.0.0.1", 0)) as server,
        Sandbox(level=level, preload=["_inside.canary"]) as sandbox,
    ):
        bait = _bait(folder, server.getsockname()[1])
        facts: dict[str, object] = {}
        for _ in range(2):
            with sandbox.cell(policy) as cell:
                facts = _findings(cell, bait)
        with sandbox.cell(policy) as cell:
            facts["survived"] = _survives(cell)
    facts["as_root"] = facts.get("uid") == 0 and level > Level.NONE
    return facts


def _bait(folder: Path, port: int) -> dict[str, object]:
    """Put out what the canary should not reach, open to every user of the machine."""
    folder.chmod(0o755)
    secret, write = folder / "secret", folder / "open"
    secret.write_text("secret")
    secret.chmod(0o644)
    write.mkdir()
    write.chmod(0o777)
    return {
        "secret": str(secret),
        "write": str(write / "here"),
        "port": port,
        "worker": os.getpid(),
        "memory_mb": _LIMITS.memory_mb,
        "file_mb": _LIMITS.file_mb,
    }


def _findings(cell: Cell, bait: Mapping[str, object]) -> dict[str, object]:
    text = _said(cell, "_inside.canary:run", bait)
    try:
        facts = json.loads(text)
    except ValueError:
        facts = None
    if not isinstance(facts, dict):
        raise SandboxError("The canary that tries the sandbox did not report.")
    return facts


def _said(cell: Cell, entry: str, bait: Mapping[str, object]) -> bytes:
    """Spawn `entry` and return all it writes until it ends, bounded in size and time."""
    told, tell = os.pipe()
    try:
        try:
            cell.spawn(entry, bait, [tell])
        finally:
            os.close(tell)
        text = b""
        while len(text) < _MOST and readable([told], _SECONDS):
            part = os.read(told, _MOST)
            if not part:
                break
            text += part
        return text
    finally:
        os.close(told)


def _survives(cell: Cell) -> bool:
    """Say whether something holds on to a pipe when all of the cell was killed."""
    told, tell = os.pipe()
    try:
        try:
            cell.spawn("_inside.canary:linger", None, [tell])
        finally:
            os.close(tell)
        readable([told], _SECONDS)
        cell.kill()
        while readable([told], 0.5):
            if not os.read(told, 100):
                return False
        return True
    finally:
        os.close(told)
