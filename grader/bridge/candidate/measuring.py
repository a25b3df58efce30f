"""Measures which lines and branches of the learner's files run, for as long as it is let.

Learners' code in the same process can stop it or make up data; what is noticed of that is told.
"""

from __future__ import annotations

import os
import sys
import warnings
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from types import CodeType
from typing import Any

import coverage

MOST_ARCS = 100_000


def warm_measuring(file: Path) -> None:
    """Measure once, of a file that never runs, so that later measurements start faster."""
    measurement = coverage_of([str(file)])
    measurement.start()
    measurement.stop()


def coverage_of(paths: list[str]) -> coverage.Coverage:
    """Fresh in each process: one that was started before a fork loses what the child does."""
    made = coverage.Coverage(
        data_file=None, config_file=False, branch=True, include=paths, messages=False
    )
    # Branches by sys.monitoring need a Python newer than 3.13.
    made.set_option("run:core", "ctrace")
    return made


class Measuring:
    """Branch measurement of the files `names` in `folder`; does nothing when there are none."""

    def __init__(self, folder: Path, names: Sequence[str]) -> None:
        self._names = {str(folder / name): name for name in names}
        self._watch = Watch(self._names)
        self._tracer: object = None
        self._coverage: coverage.Coverage | None = None
        if names:
            self._coverage = coverage_of(list(self._names))

    def start(self) -> None:
        """Measure from here on."""
        if self._coverage is not None:
            sys.addaudithook(self._watch)
            self._coverage.start()
            self._tracer = sys.gettrace()

    def is_on(self) -> bool:
        """Whether the tracer that was started, if any, is still the one in force."""
        return self._coverage is None or (
            self._tracer is not None and sys.gettrace() is self._tracer
        )

    def stop(self) -> list[tuple[str, list[int]]]:
        """Stop; each file with its arcs as from, to, from, to and so on."""
        return [] if self._coverage is None else arcs_of(self._coverage, self._names)

    def foreign(self) -> list[str]:
        """Names of measured files in whose name other code was run."""
        return sorted(self._names[path] for path in self._watch.foreign)


def arcs_of(
    measurement: coverage.Coverage, names: Mapping[str, str]
) -> list[tuple[str, list[int]]]:
    """Stop measuring; the name for each path with the arcs in it."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        measurement.stop()
        data = measurement.get_data()
    return [(name, _flat(data.arcs(path))) for path, name in names.items()]


def _flat(arcs: Any) -> list[int]:
    return [int(line) for arc in sorted(arcs or ())[:MOST_ARCS] for line in arc]


class Watch:
    """An audit hook: notes code that claims to be of a measured file and is not in it."""

    def __init__(self, paths: Iterable[str]) -> None:
        # By the last part of the name, as coverage.py goes by a module's `__file__` first.
        self._paths = {Path(path).name: path for path in paths}
        self._known = frozenset().union(*map(_prints_of, self._paths.values()))
        self.foreign: set[str] = set()

    def __call__(self, event: str, args: tuple[Any, ...]) -> None:
        """Look at events that bring code into use; see Python's table of audit events."""
        if event in ("exec", "function.__new__"):
            code = args[0]
        elif event == "object.__setattr__" and args[1] == "__code__":
            code = args[2]
        else:
            return
        if type(code) is CodeType:
            path = self._paths.get(os.path.basename(code.co_filename))  # noqa: PTH119
            if path and fingerprint(code) not in self._known:
                self.foreign.add(path)


def _prints_of(path: str) -> frozenset[int]:
    try:
        top = compile(Path(path).read_bytes(), path, "exec", dont_inherit=True)
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
