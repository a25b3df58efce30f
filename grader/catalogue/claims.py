"""What a hidden suite says it shows: facets by KSB and must-haves, of its markers and its table.

The author's source is parsed, not run, so that a report can say what an exercise offers before
anybody has started it.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping
from pathlib import Path

import msgspec

from grader.catalogue.behaviours import read_behaviours


class Claims(msgspec.Struct, frozen=True):
    """Facets by code, and ids of must-haves; both in the order in which they stand."""

    facets: Mapping[str, tuple[str, ...]] = {}
    musts: tuple[str, ...] = ()


def claims_of(*folders: Path) -> Claims:
    """Read `ksb(…, facet=…)` and `must(…)` from `test_*.py` there, and `behaviours.toml`.

    A broken file claims none.
    """
    facets: dict[str, dict[str, None]] = {}
    musts: dict[str, None] = {}
    for row in (row for one in folders for row in read_behaviours(one).table.values()):
        musts.update(dict.fromkeys(row.musts))
        for one, facet in row.facets.items():
            facets.setdefault(one, {})[facet] = None
    for path in (path for one in folders for path in sorted(one.glob("test_*.py"))):
        for name, call in _marks(path):
            words = [arg.value for arg in call.args if isinstance(arg, ast.Constant)]
            if name == "must":
                musts.update(dict.fromkeys(map(str, words)))
            for keyword in call.keywords:
                if name == "ksb" and keyword.arg == "facet":
                    for code in words:
                        facets.setdefault(str(code), {})[str(ast.literal_eval(keyword.value))] = (
                            None
                        )
    return Claims({code: tuple(found) for code, found in facets.items()}, tuple(musts))


def _marks(path: Path) -> Iterator[tuple[str, ast.Call]]:
    """Calls of `….mark.NAME(…)`."""
    try:
        tree = ast.parse(path.read_bytes())
    except (SyntaxError, ValueError, OSError):
        return
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            holder = node.func.value
            if isinstance(holder, ast.Attribute) and holder.attr == "mark":
                yield node.func.attr, node
