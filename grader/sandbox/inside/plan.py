"""What the worker tells the inside: plain frozen data that travels as JSON."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

#: Isolation levels as numbers; `grader.sandbox.Level` gives them names.
NONE, BASIC, RESTRICTED, FULL = range(4)

MB = 1 << 20


@dataclass(frozen=True)
class Limits:
    """What one program may use; each figure is per process unless it says otherwise."""

    memory_mb: int = 1024  # address space
    cpu_seconds: int = 60
    processes: int = 64  # processes and threads, all those of a cell together
    file_mb: int = 16  # the largest file it can write
    descriptors: int = 64
    disk_mb: int = 64  # all files of a cell together; held at level full only
    stack_mb: int = 64


@dataclass(frozen=True)
class Settings:
    """What a zygote needs to know once."""

    level: int
    packages: str  # folder that goes on the import path
    home: str  # the work folder that most programs will have
    preload: tuple[str, ...] = ()
    readable: tuple[str, ...] = ()  # what programs may read and run, beside their work
    user: tuple[int, int] | None = None  # become this uid and gid, because we are root


@dataclass(frozen=True)
class CellPlan:
    """What a supervisor needs to know once."""

    root: str  # the one folder that programs may write in; the work folder lies in it
    limits: Limits = field(default_factory=Limits)
    processes: bool = False
    loopback: bool = False
    others: int = 0  # processes of the same user that are not ours but count for the limit


def settings(message: Mapping[str, object]) -> Settings:
    """Rebuild `Settings` from JSON data."""
    data = dict(message)
    for name in ("preload", "readable"):
        data[name] = tuple(data[name])  # type: ignore[arg-type]
    data["user"] = tuple(data["user"]) if data["user"] else None  # type: ignore[arg-type]
    return Settings(**data)  # type: ignore[arg-type]


def cell_plan(message: Mapping[str, object]) -> CellPlan:
    """Rebuild a `CellPlan` from JSON data."""
    data = dict(message)
    data["limits"] = Limits(**data["limits"])  # type: ignore[arg-type]
    return CellPlan(**data)  # type: ignore[arg-type]
