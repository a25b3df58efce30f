"""Questions to whoever sits at the terminal: short answers, yes or no, reasons in full."""

from __future__ import annotations

import contextlib
import sys
from collections.abc import Callable, Sequence

from grader.errors import UsageError
from grader.reports.paper import Paper
from grader.reports.wording import count
from grader.tables import did_you_mean
from grader.workspace.own_names import OwnNames
from grader.workspace.privacy import look

WORDS = 15


class Stopped(Exception):  # noqa: N818 - no fault: whoever sits there wants to stop
    """Ctrl-C, Ctrl-D, or the window is gone."""


def typed(prompt: str) -> str:
    """One line from the terminal; Stopped when there won't be one."""
    try:
        return input(prompt).strip()
    except (EOFError, KeyboardInterrupt, OSError):
        sys.stdout.write("\n")
        raise Stopped from None
    except UnicodeDecodeError:
        return ""


def need_terminal(what: str) -> None:
    """Raise UsageError where nobody can answer; make lines editable where somebody can."""
    if not sys.stdin.isatty():
        raise UsageError(f"{what} asks you questions, so it has to be run in a terminal.")
    with contextlib.suppress(ImportError):
        import readline  # noqa: F401 - `input` then lets a long line be edited


class Dialogue:
    """Asks, and tells on paper what is wrong with an answer."""

    def __init__(self, paper: Paper, ask: Callable[[str], str] = typed) -> None:
        self.paper = paper
        self._ask = ask

    def ask(self, prompt: str) -> str:
        """One line; Stopped when there won't be one."""
        return self._ask(self.paper.safe(prompt, 2000))

    def choice(self, prompt: str, known: tuple[str, ...]) -> str:
        """One of a few answers."""
        while True:
            found = self.ask(prompt).lower()
            if found in known:
                return found
            near = did_you_mean(found, known) if len(found) > 1 else ""
            self.paper.put(f"Please answer with one of {', '.join(known)}{near}")

    def yes(self, prompt: str) -> bool:
        """Yes or no; Return is no."""
        return self.ask(f"{prompt} [y/N] ").lower() in ("y", "yes")

    def reason(
        self,
        prompt: str,
        own: OwnNames,
        remarks: Sequence[str] = (),
        others: OwnNames = OwnNames(),  # noqa: B008 - it is frozen
    ) -> str:
        """A text of enough words; "" when there is to be none after all.

        `own` are names that should not get into it. `remarks` can be chosen by number, and
        `others` are names that should not be in one of those.
        """
        self.paper.put(f"{prompt} At least {WORDS} words; Return alone goes back.")
        if remarks:
            self.paper.put("Or the number of a remark that was made before:")
        for number, remark in enumerate(remarks, 1):
            self.paper.put(remark, indent=2, label=f"{number}  ")
        before = ""
        while True:
            answer = self.ask("> ")
            chosen = not before and answer.isdecimal() and int(answer[:4]) in _numbers(remarks)
            text = " ".join(f"{before} {answer}".split())
            if chosen:
                text = remarks[int(answer) - 1]
            elif text == before:
                return ""
            elif len(text.split()) < WORDS:
                words = len(text.split())
                more = count(WORDS - words, "more word")
                self.paper.put(f"That is {count(words, 'word')} so far. Go on: {more}, please.")
                before = text
                continue
            names = others if chosen else own
            found = [one.found for one in look({"reason.txt": text.encode()}, names).remarks]
            if not found:
                return text
            self.paper.put(
                f"“{found[0]}” may tell who somebody is, and this text is shown in reports. "
                "Write “the apprentice”, “a colleague”."
            )
            if self.yes("Keep it as it is all the same?"):
                return text
            before = ""


def _numbers(remarks: Sequence[str]) -> range:
    return range(1, len(remarks) + 1)
