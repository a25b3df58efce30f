"""What Python's `site` adds to the built-in names: programs here start without it."""

from __future__ import annotations

import site


def add() -> None:
    """Add `exit`, `quit`, `help`, `copyright`, `credits` and `license`."""
    site.setquit()
    site.setcopyright()
    site.sethelper()
