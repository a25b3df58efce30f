"""What the examiner may have done to objects of the learner's: operators and built-in functions."""

from __future__ import annotations

import asyncio
import copy
import math
import operator
from typing import Any

from . import hints
from .objects import code_parts, dataclass_fields, signature_parts


def _enter(target: Any) -> Any:
    return type(target).__enter__(target)


def _exit(target: Any, error: BaseException | None) -> Any:
    if error is None:
        return type(target).__exit__(target, None, None, None)
    return type(target).__exit__(target, type(error), error, error.__traceback__)


_loops: list[asyncio.AbstractEventLoop] = []  # one for each process, made when first needed


def _await(awaitable: Any) -> Any:
    """Run something that can be awaited to its end, on the loop of this process."""
    if not _loops:
        _loops.append(asyncio.new_event_loop())
        asyncio.set_event_loop(_loops[0])
    outer = asyncio._get_running_loop()
    if outer is None:
        return _loops[0].run_until_complete(awaitable)
    asyncio._set_running_loop(None)  # a coroutine of the suite's awaits, that it waits for
    try:
        return asyncio.new_event_loop().run_until_complete(awaitable)
    finally:
        asyncio._set_running_loop(outer)


def _anext(target: Any) -> Any:
    return _await(type(target).__anext__(target))


def _aenter(target: Any) -> Any:
    return _await(type(target).__aenter__(target))


def _aexit(target: Any, error: BaseException | None) -> Any:
    if error is None:
        return _await(type(target).__aexit__(target, None, None, None))
    return _await(type(target).__aexit__(target, type(error), error, error.__traceback__))


OPERATORS: dict[str, Any] = {
    name: getattr(operator, name)
    for name in (
        "eq ne lt le gt ge add sub mul truediv floordiv mod pow matmul and_ or_ xor lshift rshift "
        "neg pos invert iadd isub imul itruediv ifloordiv imod ipow iand ior ixor ilshift irshift "
        "imatmul getitem setitem delitem contains index"
    ).split()
}
OPERATORS.update(
    {
        "len": len,
        "iter": iter,
        "next": next,
        "str": str,
        "repr": repr,
        "bool": bool,
        "hash": hash,
        "int": int,
        "float": float,
        "complex": complex,
        "abs": abs,
        "round": round,
        "reversed": reversed,
        "divmod": divmod,
        "pow": pow,
        "bytes": bytes,
        "format": format,
        "dir": dir,
        "trunc": math.trunc,
        "floor": math.floor,
        "ceil": math.ceil,
        "enter": _enter,
        "exit": _exit,
        "await": _await,
        "aiter": aiter,
        "anext": _anext,
        "aenter": _aenter,
        "aexit": _aexit,
        "isinstance": isinstance,
        "signature": signature_parts,
        "code": code_parts,
        "hints": hints.of,
        "copy": copy.copy,
        "deepcopy": copy.deepcopy,
        "fields": dataclass_fields,
    }
)
