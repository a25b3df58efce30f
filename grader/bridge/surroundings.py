"""Carries over what a test changes around the program with plain means.

`monkeypatch.setenv`, `monkeypatch.chdir`, `mock.patch("builtins.input", …)`, another `sys.argv` or
`sys.stdin`, a root logger without handlers: before each question, what differs here from the last
time is set there too.
"""

from __future__ import annotations

import builtins
import logging
import os
import sys
from pathlib import Path
from typing import Any

from grader.bridge.incidents import AuthorFault

_BUILTINS = ("input", "open", "print")
_SKIPPED = frozenset({"PYTEST_CURRENT_TEST"})
_ORIGINALS = {name: getattr(builtins, name) for name in _BUILTINS}


class Surroundings:
    """What the suite's process looks like, and what the candidate has been told of it."""

    def __init__(self) -> None:
        # pytest has given the root logger its handlers by the time that a test runs
        self._plain = self._told = (*self._now()[:-1], True)

    def new_copy(self) -> None:
        """A fresh copy of the candidate knows of no changes."""
        self._told = self._plain

    def _now(self) -> tuple[Any, ...]:
        return (
            dict(os.environ),
            list(sys.argv),
            os.getcwd(),  # noqa: PTH109 - asked before every question
            _stdin(),
            [getattr(builtins, name) for name in _BUILTINS],
            bool(logging.getLogger().handlers),
        )

    def variables(self) -> dict[str, str]:
        """Environment variables that the test has set."""
        changed = _differing(self._plain[0], dict(os.environ))
        return {name: value for name, value in changed.items() if value is not None}

    def _folder(self, session: Any, now: str) -> str:
        if now == self._plain[2]:
            return str(session.folder)
        shared = session.shared_folder
        if shared is None or not Path(now).is_relative_to(shared.folder):
            raise AuthorFault(
                "the suite changed the current folder to one that the learner's program doesn't "
                "have: use monkeypatch.chdir(tmp_path), or a folder inside it"
            )
        return now

    def changes(self, session: Any) -> list[tuple[Any, ...]]:
        """Questions that bring the candidate up to date."""
        told, now = self._told, self._now()
        if told == now:
            return []
        self._told = now
        node = session.crossing.copied
        found: list[tuple[Any, ...]] = []
        variables = _differing(told[0], now[0])
        if variables:
            found.append(("environ", node(variables)))
        if told[1] != now[1]:
            found.append(("argv", node(now[1])))
        if told[2] != now[2]:
            found.append(("chdir", self._folder(session, now[2])))
        if told[3] is not now[3]:
            found.append(("stdin", str(now[3].read()) if now[3] is not None else ""))
        if told[5] is not now[5]:
            found.append(("handlers", now[5]))
        for name, before, after in zip(_BUILTINS, told[4], now[4], strict=True):
            if before is not after and after is _ORIGINALS[name]:
                found.append(("restore", name))
            elif before is not after:
                found.append(("swap", "builtins", name, node(after)))
        return found


def _stdin() -> Any:
    """The stream that a test has put in the place of standard input, or None."""
    stream = sys.stdin
    own = type(stream).__module__.startswith("_pytest") or stream is sys.__stdin__
    return None if own or not hasattr(stream, "read") else stream


def _differing(told: dict[str, str], now: dict[str, str]) -> dict[str, str | None]:
    names = told.keys() | now.keys()
    return {n: now.get(n) for n in names - _SKIPPED if told.get(n) != now.get(n)}
