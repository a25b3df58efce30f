"""What the candidate computes is only its word: it never decides a verdict by itself."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

import pytest

# -- liars: classes that the suite never named

LIES: dict[str, Callable[[Any], Any]] = {
    "bool": bool,
    "not": lambda t: not t,
    "len": len,
    "lt": lambda t: t < 5,
    "le": lambda t: t <= 5,
    "gt": lambda t: t > 5,
    "ge": lambda t: t >= 5,
    "reflected-lt": lambda t: 5 < t,  # noqa: SIM300
    "sub": lambda t: t - 5,
    "rsub": lambda t: 5 - t,
    "add": lambda t: t + 5,
    "radd": lambda t: 5 + t,
    "mul": lambda t: t * 5,
    "truediv": lambda t: t / 5,
    "floordiv": lambda t: t // 5,
    "mod": lambda t: t % 5,
    "rmod": lambda t: 5 % t,
    "divmod": lambda t: divmod(t, 5),
    "pow": lambda t: t**5,
    "pow-mod": lambda t: pow(t, 5, 7),
    "and": lambda t: t & 5,
    "or": lambda t: t | 5,
    "xor": lambda t: t ^ 5,
    "lshift": lambda t: t << 5,
    "rshift": lambda t: t >> 5,
    "matmul": lambda t: t @ 5,
    "neg": lambda t: -t,
    "pos": lambda t: +t,
    "invert": lambda t: ~t,
    "abs": abs,
    "int": int,
    "float": float,
    "complex": complex,
    "index": lambda t: [1, 2][t],
    "round": round,
    "round-to": lambda t: round(t, 2),
    "trunc": lambda t: math.trunc(t),
    "floor": lambda t: math.floor(t),
    "ceil": lambda t: math.ceil(t),
    "isclose": lambda t: math.isclose(t, 5),
    "bytes": bytes,
    "hash": hash,
    "contains": lambda t: 5 in t,
    "sum": lambda t: sum([t, 5]),
    "sorted": lambda t: sorted([t, 5]),
    "max": lambda t: max(5, t),
    "range": lambda t: range(t),
    "repeat": lambda t: "ab" * t,
    "approx": lambda t: abs(t - 5) < 0.01,
}


@pytest.mark.parametrize("lie", LIES)
def test_what_an_unnamed_object_computes_ends_the_test(fares: Any, refused: Any, lie: str) -> None:
    hidden = fares.give("hidden")
    refused(lambda: LIES[lie](hidden))


def test_two_unnamed_objects_are_not_compared(fares: Any, refused: Any) -> None:
    one, other = fares.give("hidden"), fares.give("hidden")
    refused(lambda: one == other)


def test_two_unnamed_objects_are_not_ordered(fares: Any, refused: Any) -> None:
    one, other = fares.give("hidden"), fares.give("hidden")
    refused(lambda: one < other)


def test_pytest_approx_is_not_fooled(fares: Any, program: Any, incident: Any) -> None:
    hidden = fares.give("hidden")
    try:
        fooled = hidden == pytest.approx(5)
    except incident:
        fooled = False
    assert not fooled
