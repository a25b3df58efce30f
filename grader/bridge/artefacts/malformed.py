"""How a file that can't be read is told: as the learner's matter, in one sentence."""

from __future__ import annotations

from grader.escaping import visible


class Malformed(Exception):  # noqa: N818 - it names a file, not a fault of ours
    """A handed-in file can't be read as what it should be.

    `text` follows the file's name and line: "a quoted cell is never closed; …". `line` counts
    from 1; 0 means the file as a whole, and `text` then follows the name alone: "isn't there; …".
    """

    def __init__(self, text: str, line: int = 0) -> None:
        super().__init__(text)
        self.text = text
        self.line = line

    def sentence(self, name: str) -> str:
        """What the learner reads, without the full stop."""
        if self.line:
            return f"{visible(name)}, line {self.line}: {self.text}"
        return f"{visible(name)} {self.text}"


class Wrong(AssertionError):  # noqa: N818 - a finding of the suite, not a fault of ours
    """A hidden test's finding on a handed-in file, in words for the learner: see `work.wrong`."""

    def __init__(self, where: str, text: str) -> None:
        super().__init__(f"{where}: {text}")
        self.where = where
        self.text = text


def quoted(text: str, limit: int = 60) -> str:
    """A piece of the learner's file inside a sentence."""
    return f"`{visible(text, limit)}`"
