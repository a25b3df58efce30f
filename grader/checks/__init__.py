"""The kinds of check. One kind is one file in this folder that defines `CHECK`."""

from __future__ import annotations

import functools
import importlib
import pkgutil
from collections.abc import Mapping
from types import MappingProxyType

from grader.checks.check import Check, Context, Options

__all__ = ["Check", "Context", "Options", "all_checks"]


@functools.cache
def all_checks() -> Mapping[str, Check]:
    """Every kind of check by its name in `exercise.toml`."""
    found = {}
    for module in pkgutil.iter_modules(__path__):
        check = getattr(importlib.import_module(f"{__name__}.{module.name}"), "CHECK", None)
        if isinstance(check, Check):
            found[check.name] = check
    return MappingProxyType(found)
