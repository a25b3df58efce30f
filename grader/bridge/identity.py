"""Whether what a test finds may rest on two objects of the learner's being one.

Theory of operation. That two stand-ins are one object is the candidate's word: a class can give the
same object for every value, and Python then takes lists of them for equal without asking. Where
that may decide a test, its evidence is *reported*.
"""

from __future__ import annotations

import ast
import functools
import inspect
import textwrap
from types import CodeType, FunctionType
from typing import Any, NamedTuple

# Functions and methods that tell objects apart by what they are, or look for one among others.
_BY_IDENTITY = frozenset(
    "id is_ is_not assertIs assertIsNot assertIn assertNotIn assertCountEqual index count".split()
)
_BY_VALUE = frozenset("assertEqual assertNotEqual assertListEqual assertTupleEqual".split())
_DISPLAYS = (ast.List, ast.Tuple, ast.Set, ast.Dict, ast.ListComp, ast.SetComp, ast.DictComp)


class Uses(NamedTuple):
    """What a test does to objects: `alone` for one at a time, `inside` for those in containers."""

    alone: bool = False
    inside: bool = False


@functools.lru_cache(maxsize=256)
def uses_of(function: Any) -> Uses:
    """What a test function does, and the functions beside it that it names."""
    found = Uses()
    for one in _with_those_beside(getattr(function, "__func__", function)):
        try:
            tree = ast.parse(textwrap.dedent(inspect.getsource(one)))
        except (OSError, SyntaxError, TypeError):
            return Uses(alone=True, inside=True)
        for node in ast.walk(tree):
            alone, inside = _use(node)
            found = Uses(found.alone or alone, found.inside or alone or inside)
    return found


def _with_those_beside(function: Any) -> list[Any]:
    function = inspect.unwrap(function)
    found = [function]
    for one in found:
        code = getattr(one, "__code__", None)
        for name in _names(code) if code else ():
            beside = getattr(one, "__globals__", {}).get(name)
            same = type(beside) is FunctionType and beside.__module__ == function.__module__
            if same and beside not in found:
                found.append(beside)
    return found


def _names(code: CodeType) -> set[str]:
    inner = [one for one in code.co_consts if isinstance(one, CodeType)]
    return set(code.co_names).union(*map(_names, inner))


def _use(node: ast.AST) -> tuple[bool, bool]:
    if isinstance(node, ast.Name | ast.Attribute):
        name = node.id if isinstance(node, ast.Name) else node.attr
        return name in _BY_IDENTITY, name in _BY_VALUE
    if not isinstance(node, ast.Compare):
        return False, False
    sides = [node.left, *node.comparators]
    if any(isinstance(op, ast.Is | ast.IsNot) for op in node.ops):
        told_apart = not any(isinstance(side, ast.Constant) for side in sides)
        return told_apart, False
    if any(isinstance(op, ast.In | ast.NotIn) for op in node.ops):
        return not _is_plain(node.left), False
    opaque = not any(map(_is_plain, sides))
    return opaque and any(isinstance(side, _DISPLAYS) for side in sides), opaque


def _is_plain(node: ast.expr) -> bool:
    """Whether an expression is made of constants alone: no object of the learner's is in it."""
    return not any(isinstance(part, ast.Name | ast.Attribute | ast.Call) for part in ast.walk(node))
