"""What to do about exceptions that say little to whoever sees them for the first time."""

from __future__ import annotations

_ADVICE = {
    "BdbQuit": (
        "a `breakpoint()` (or `pdb.set_trace()`) is still in it, and nobody types while it is "
        "graded: take it out"
    ),
    "EOFError": (
        "it asked for input with `input()`, and nobody types while it is graded: take the values "
        "from the arguments instead"
    ),
}


def advice_on(name: str) -> str:
    """Return what an exception of this name mostly comes from, and what to do; or ""."""
    return _ADVICE.get(name, "")
