"""A cell whose own failure can't be taken for the learner's.

Theory of operation. Within a suite a `SandboxError` would be an exception like others: a suite
could catch it, and a test would fail by it. As a `GraderFault` it is neither an `Exception` nor
ever an outcome of the learner's, and the session remembers it.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, TypeVar

from grader.bridge.incidents import GraderFault
from grader.errors import GraderError

if TYPE_CHECKING:
    from grader.sandbox import Cell, Level

__tracebackhide__ = True  # the suite's own lines are what a tutor wants to see

T = TypeVar("T")


class SteadyCell:
    """What a session asks of a cell; `note` is told of each fault of the cell's own."""

    def __init__(self, cell: Cell, note: Callable[[GraderFault], GraderFault]) -> None:
        self._cell = cell
        self._note = note
        self.folder = cell.folder
        self.level: Level | None = getattr(cell, "level", None)

    def put(self, files: dict[str, bytes]) -> None:
        """See `Cell.put`."""
        self._steadily(lambda: self._cell.put(files))

    def spawn(self, entry: str, arguments: Any, fds: tuple[int, ...]) -> int:
        """See `Cell.spawn`."""
        return self._steadily(lambda: self._cell.spawn(entry, arguments, fds))

    def wait(self, pid: int, timeout: float) -> Any:
        """See `Cell.wait`."""
        return self._steadily(lambda: self._cell.wait(pid, timeout))

    def kill(self, pid: int | None = None) -> None:
        """See `Cell.kill`."""
        self._steadily(lambda: self._cell.kill(pid))

    def _steadily(self, action: Callable[[], T]) -> T:
        try:
            return action()
        except GraderError as error:
            raise self._note(GraderFault(str(error))) from None
