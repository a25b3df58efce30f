"""What a cell may do, what is mounted for it, and what is known of what ended in it."""

from __future__ import annotations

import resource
from dataclasses import dataclass, field
from pathlib import Path

from .inside.plan import Limits

__all__ = ["Ended", "Leftovers", "Limits", "Mount", "Policy"]


@dataclass(frozen=True)
class Policy:
    """What the programs of one cell may do.

    `processes`: they may start processes and programs. `loopback`: they may use internet
    sockets, which reach only the cell's own loopback.
    """

    limits: Limits = field(default_factory=Limits)
    processes: bool = False
    loopback: bool = False


@dataclass(frozen=True)
class Mount:
    """A Python package (its folder, or a module's one file) that can be imported as `name`."""

    source: Path
    name: str


@dataclass(frozen=True)
class Ended:
    """How a spawned process ended: with an exit code, or by a signal.

    `cpu_seconds` includes the processes it started and waited for; `max_rss_kb` is the largest
    of them. Both are measured by the kernel.
    """

    code: int | None
    signal: int | None
    cpu_seconds: float
    max_rss_kb: int


@dataclass(frozen=True)
class Leftovers:
    """What a closed cell left behind, in words; nothing at all is the rule. True if anything."""

    found: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.found)


def lower(kind: int, soft: int, hard: int | None = None) -> None:
    """Lower a limit of this process; what is lower already stays, since only root may raise it."""
    hard = soft if hard is None else hard
    now = resource.getrlimit(kind)
    least = [
        min((one for one in pair if one != resource.RLIM_INFINITY), default=resource.RLIM_INFINITY)
        for pair in zip((soft, hard), now, strict=True)
    ]
    resource.setrlimit(kind, (least[0], least[1]))
