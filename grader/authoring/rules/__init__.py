"""The rules of the lint. One rule is one file in this folder that defines `RULE`.

The file's name is the rule's name, its docstring the rule's prose.
"""

from __future__ import annotations

import functools
import importlib
import pkgutil
from collections.abc import Mapping
from types import MappingProxyType

from grader.authoring.rule import Rule


@functools.cache
def all_rules() -> Mapping[str, Rule]:
    """Every rule by its name, in alphabetical order."""
    found = {}
    for module in pkgutil.iter_modules(__path__):
        rule = getattr(importlib.import_module(f"{__name__}.{module.name}"), "RULE", None)
        if isinstance(rule, Rule):
            found[module.name.replace("_", "-")] = rule
    return MappingProxyType(found)


def prose_of(name: str) -> str:
    """What a rule is for: its module's docstring."""
    module = importlib.import_module(f"{__name__}.{name.replace('-', '_')}")
    return (module.__doc__ or "").strip()
