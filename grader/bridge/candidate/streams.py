"""Standard streams of the learner's program: captured, capped, handed over with each answer."""

from __future__ import annotations

import io
import sys

MAX_OUTPUT = 256 * 1024
CUT = "\n[output cut here]\n"


class Capped(io.RawIOBase):
    """Keeps the first MAX_OUTPUT bytes since it was last emptied and drops the rest."""

    def __init__(self) -> None:
        super().__init__()
        self._parts: list[bytes] = []
        self._size = 0
        self._dropped = False

    def writable(self) -> bool:
        """Always."""
        return True

    def write(self, data: object, /) -> int:
        """Takes everything, keeps what fits."""
        piece = bytes(memoryview(data))  # type: ignore[arg-type]
        room = MAX_OUTPUT - self._size
        if room > 0:
            self._parts.append(piece[:room])
            self._size += len(self._parts[-1])
        self._dropped = self._dropped or len(piece) > room
        return len(piece)

    def take(self) -> str:
        """What was written since the last time, as text."""
        if not self._parts:
            return ""
        text = b"".join(self._parts).decode("utf-8", "backslashreplace")
        if self._dropped:
            text += CUT
        self._parts, self._size, self._dropped = [], 0, False
        return text


class Streams:
    """Stands in for stdin, stdout and stderr of this process."""

    def __init__(self) -> None:
        self._raw = (Capped(), Capped())
        # Nothing is kept back on the way, so that there is nothing to flush with each answer.
        self._text = tuple(
            io.TextIOWrapper(raw, "utf-8", "backslashreplace", "\n", write_through=True)  # type: ignore[type-var]
            for raw in self._raw
        )
        self.give("")

    def install(self) -> None:
        """Make them this process's standard streams."""
        sys.stdout, sys.stderr = self._text
        for name, stream in zip(("__stdout__", "__stderr__"), self._text, strict=True):
            setattr(sys, name, stream)

    def give(self, text: str) -> None:
        """Set what the program reads from its standard input."""
        sys.stdin = io.TextIOWrapper(
            io.BytesIO(text.encode("utf-8", "surrogatepass")), "utf-8", "surrogateescape"
        )

    def take(self) -> tuple[str, str]:
        """What was printed on stdout and stderr since the last time."""
        out, err = self._raw
        return out.take(), err.take()
