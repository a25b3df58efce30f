"""A trusted process gives up the files that it doesn't need."""

from __future__ import annotations

import os
from collections.abc import Iterable

from .inside import kernel, landlock


def can_confine() -> bool:
    """Whether the kernel can hold a process to some files (Landlock)."""
    return kernel.landlock_version() >= 1


def confine(*, readable: Iterable[str], writable: Iterable[str], devices: Iterable[str]) -> bool:
    """Hold this process and all that it starts to these files for good, where the kernel can.

    False where it can't. Sockets, ports and signals stay as they are.
    """
    if not can_confine():
        return False
    rules = landlock.ruleset(readable, writable, tcp=True, scoped=False, devices=devices)
    try:
        landlock.restrict(rules)
    finally:
        os.close(rules)
    return True
