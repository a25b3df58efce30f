"""Measures which lines and branches of the learner's files run, for as long as it is let.

Learners' code in the same process can stop it or make up data; what is noticed of that is told.
"""

from __future__ import annotations

import os
import sys
import warnings
from collections.abc import Iterator, Sequence
from types import CodeType
from typing import Any

import coverage

MOST_ARCS = 100_000


class Measuring:
    """Branch measurement of `names` in `folder`, from the moment it is made."""

    def __init__(self, folder: str, names: Sequence[str]) -> None:
        self._names = {os.path.join(folder, name): name for name in names}  # noqa: PTH118
        self._watch = Watch(self._names)
        # Fresh in each process: one that was started before a fork loses what the child does.
        self._coverage = coverage.Coverage(
            data_file=None,
            config_file=False,
            branch=True,
            include=[*self._names, os.devnull],
            messages=False,
        )
        # Branches by sys.monitoring need a Python newer than 3.13, and say them in other words.
        self._coverage.set_option("run:core", "ctrace")
        if names:
            sys.addaudithook(self._watch)
        self._coverage.start()
        self._tracer = sys.gettrace()

    def is_on(self) -> bool:
        """Whether the tracer that was started is still the one in force."""
        return self._tracer is not None and sys.gettrace() is self._tracer

    def stop(self) -> Iterator[tuple[str, list[int]]]:
        """Stop; each file that was seen, with its arcs as from, to, from, to and so on."""
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            self._coverage.stop()
            data = self._coverage.get_data()
        return ((name, _flat(data.arcs(path))) for path, name in self._names.items())

    def foreign(self) -> list[str]:
        """Names of measured files in whose name other code was run."""
        return sorted(self._names[path] for path in self._watch.foreign)


def _flat(arcs: Any) -> list[int]:
    return [int(line) for arc in sorted(arcs or ())[:MOST_ARCS] for line in arc]


class Watch:
    """An audit hook: notes code that claims to be of a measured file and is not in it."""

    def __init__(self, paths: Any) -> None:
        self._known = {path: _prints_of(path) for path in paths}
        self.foreign: set[str] = set()

    def __call__(self, event: str, args: tuple[Any, ...]) -> None:
        """Look at events that bring code into use; see the table of audit events."""
        if event in ("exec", "function.__new__"):
            code = args[0]
        elif event == "object.__setattr__" and args[1] == "__code__":
            code = args[2]
        else:
            return
        if type(code) is CodeType:
            path = os.path.abspath(code.co_filename)  # noqa: PTH100
            if path in self._known and fingerprint(code) not in self._known[path]:
                self.foreign.add(path)


def _prints_of(path: str) -> frozenset[int]:
    try:
        with open(path, "rb") as file:  # noqa: PTH123
            top = compile(file.read(), path, "exec", dont_inherit=True)
    except (OSError, SyntaxError, ValueError, RecursionError, MemoryError):
        return frozenset()
    found, queue = [], [top]
    while queue:
        code = queue.pop()
        found.append(fingerprint(code))
        queue.extend(const for const in code.co_consts if isinstance(const, CodeType))
    return frozenset(found)


def fingerprint(code: CodeType) -> int:
    """A number that is the same for code compiled from the same text."""
    constants = tuple(
        fingerprint(const) if isinstance(const, CodeType) else repr(const)
        for const in code.co_consts
    )
    lines = tuple(code.co_lines())
    return hash((code.co_name, code.co_firstlineno, code.co_code, code.co_names, constants, lines))
