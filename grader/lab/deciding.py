"""What becomes of a cell and its file: pure, by the texts (or digests of them) alone."""

from __future__ import annotations

from collections.abc import Collection
from typing import Literal

Decision = Literal["same", "written", "cell-older", "conflict"]


def decide(
    cell: str, file: str | None, last: str | None, set_aside: Collection[str] = ()
) -> Decision:
    """Compare both with what they were when they last agreed; None: no such file, or never.

    "written" is the only answer after which the file may be replaced. A text that was `set_aside`,
    when somebody chose the file's instead, never replaces the file again by itself.
    """
    if file is None:
        return "written"
    if cell == file:
        return "same"
    if cell == last or cell in set_aside:
        return "cell-older"
    return "written" if file == last else "conflict"
