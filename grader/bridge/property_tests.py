"""Property tests of a suite draw the same examples on every machine and for every hand-in.

hypothesis prefers constants that it finds in the sources of "local" modules. Which modules are
local depends on how the grader is installed and on what else is in the process, so that one
hand-in met other examples on another machine. Here the constants are those of the reference,
and each test's seed comes from the test's name alone.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from typing import Any

import hypothesis
from hypothesis.internal import constants_ast
from hypothesis.internal.conjecture import providers
from hypothesis.internal.floats import float_to_int
from sortedcontainers import SortedSet


def draw_constants_of(sources: Iterable[bytes]) -> None:
    """Let this process draw the constants of these Python sources, and of no module.

    A source that can't be parsed, or that has more constants than hypothesis takes, adds none.
    """
    constants = constants_ast.Constants()
    for source in sources:
        try:
            constants |= constants_ast._constants_from_source(source, limit=True)
        except (SyntaxError, ValueError, RecursionError, MemoryError):
            continue
    # One is drawn by its place, and the order of a plain set of texts is another in each process.
    constants = constants_ast.Constants(
        integers=SortedSet(constants.integers),
        floats=SortedSet(constants.floats, key=float_to_int),
        bytes=SortedSet(constants.bytes),
        strings=SortedSet(constants.strings),
    )
    # The pool is private to hypothesis and has no setting; tests/bridge/test_property_tests.py
    # fails when a new version of hypothesis no longer draws from here.
    providers._get_local_constants = lambda: constants
    providers.CONSTANTS_CACHE.cache.clear()


def give_seed(function: Any) -> None:
    """Give a property test the seed that belongs to its name; others are left alone.

    The seed that hypothesis makes by itself covers the test's source and its signature as text:
    a new marker, a better sentence or an address in memory would bring other examples.
    """
    handle = getattr(function, "hypothesis", None)
    inner = getattr(handle, "inner_test", None)
    if inner is None or function._hypothesis_internal_use_seed is not None:
        return
    name = f"{inner.__module__}.{inner.__qualname__}"
    hypothesis.seed(int.from_bytes(hashlib.sha256(name.encode()).digest()))(function)
