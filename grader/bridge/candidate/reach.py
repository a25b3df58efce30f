"""Says what of an author's program a suite reaches: in the template, its copies and its commands.

Only for programs that their author vouches for: learners' code in the same process could make
the data up.
"""

from __future__ import annotations

import json
import os
from pathlib import Path

import coverage

from .measuring import arcs_of, coverage_of

Arcs = list[list[object]]
_PREFIX = "reached-"


class Reach:
    """Measures the files `names` in `folder`; what commands have left is beside the folder."""

    def __init__(self, folder: str, names: list[str]) -> None:
        self._paths = {os.path.join(folder, name): name for name in names}  # noqa: PTH118
        self._beside = Path(folder).parent
        self._coverage: coverage.Coverage | None = None
        self._before: Arcs = []

    def begin(self) -> None:
        """Measure in this process from here on; data of the process before a fork are its own."""
        self._before = []
        self._coverage = coverage_of(list(self._paths))
        self._coverage.start()

    def end(self) -> Arcs:
        """Stop; each file with its arcs as from, to, from, to and so on."""
        if self._coverage is not None:
            taken = arcs_of(self._coverage, self._paths)
            self._before += [[name, arcs] for name, arcs in taken]
            self._coverage = None
        return self._before

    def all(self) -> Arcs:
        """What ran since it began, in this process and in commands that came to their end."""
        goes_on = self._coverage is not None
        found = self.end()
        for path in sorted(self._beside.glob(f"{_PREFIX}*")):
            found += json.loads(path.read_bytes())
            path.unlink()
        if goes_on:
            self.begin()
        return found

    def leave(self) -> None:
        """Stop, and write down what ran in this process, which is a command."""
        path = self._beside / f"{_PREFIX}{os.getpid()}"
        path.write_text(json.dumps(self.end()), "utf-8")
