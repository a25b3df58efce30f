"""The changes that make a mutant, by the kind of syntax that they change."""

from __future__ import annotations

import ast
import copy
from collections.abc import Callable, Iterator
from typing import Any

_COMPARED: dict[type[ast.cmpop], type[ast.cmpop]] = {
    ast.Lt: ast.LtE,
    ast.LtE: ast.Lt,
    ast.Gt: ast.GtE,
    ast.GtE: ast.Gt,
    ast.Eq: ast.NotEq,
    ast.NotEq: ast.Eq,
    ast.In: ast.NotIn,
    ast.NotIn: ast.In,
    ast.Is: ast.IsNot,
    ast.IsNot: ast.Is,
}
_ORDERED = ast.Lt | ast.LtE | ast.Gt | ast.GtE
_COUNTED: dict[type[ast.operator], type[ast.operator]] = {
    ast.Add: ast.Sub,
    ast.Sub: ast.Add,
    ast.Mult: ast.FloorDiv,
    ast.Div: ast.Mult,
    ast.FloorDiv: ast.Div,
    ast.Mod: ast.FloorDiv,
    ast.Pow: ast.Mult,
    ast.BitAnd: ast.BitOr,
    ast.BitOr: ast.BitAnd,
    ast.BitXor: ast.BitAnd,
    ast.LShift: ast.RShift,
    ast.RShift: ast.LShift,
}
Changed = ast.expr | ast.stmt
_CALLED = {"min": "max", "max": "min", "any": "all", "all": "any"}
_TEXT = ast.JoinedStr | ast.List | ast.Tuple | ast.Dict | ast.Set


def changes_of(node: Changed) -> Iterator[Changed]:
    """What a node could be instead; nothing for most kinds."""
    change = _CHANGES.get(type(node))
    if change is not None:
        yield from change(node)


def _compare(node: ast.Compare) -> Iterator[ast.Compare]:
    for place, operator in enumerate(node.ops):
        changed = copy.deepcopy(node)
        changed.ops[place] = _COMPARED[type(operator)]()
        yield changed


def _join(node: ast.BoolOp) -> Iterator[Changed]:
    """The other word, and each part left out."""
    changed = copy.deepcopy(node)
    changed.op = ast.Or() if isinstance(node.op, ast.And) else ast.And()
    yield changed
    for place in range(len(node.values)):
        left = [value for number, value in enumerate(node.values) if number != place]
        yield left[0] if len(left) == 1 else ast.BoolOp(node.op, left)


def _unary(node: ast.UnaryOp) -> Iterator[Changed]:
    if isinstance(node.op, ast.Not | ast.USub | ast.Invert):
        yield node.operand


def _count(node: ast.BinOp) -> Iterator[Changed]:
    if not any(_is_text(side) for side in (node.left, node.right)):
        changed = copy.deepcopy(node)
        changed.op = _COUNTED[type(node.op)]() if type(node.op) in _COUNTED else node.op
        yield changed


def _is_text(node: ast.expr) -> bool:
    """Joining texts and lists: minus would only be an error."""
    return isinstance(node, _TEXT) or (
        isinstance(node, ast.Constant) and isinstance(node.value, str | bytes)
    )


def _add_to(node: ast.AugAssign) -> Iterator[Changed]:
    yield ast.Pass()
    if type(node.op) in _COUNTED and not _is_text(node.value):
        changed = copy.deepcopy(node)
        changed.op = _COUNTED[type(node.op)]()
        yield changed


def _constant(node: ast.Constant) -> Iterator[Changed]:
    value = node.value
    if isinstance(value, bool):
        yield ast.Constant(not value)
    elif isinstance(value, int | float):
        yield ast.Constant(value + 1)
        yield ast.Constant(value - 1)
    elif isinstance(value, str):
        yield ast.Constant(f"{value}x")
    elif isinstance(value, bytes):
        yield ast.Constant(value + b"x")


def negated(test: ast.expr) -> ast.expr:
    """A condition the other way round, which swaps the branches behind it."""
    if isinstance(test, ast.UnaryOp) and isinstance(test.op, ast.Not):
        return test.operand
    if isinstance(test, ast.Compare) and not isinstance(test.ops[0], _ORDERED):
        return next(_compare(test))
    return ast.UnaryOp(ast.Not(), test)


def _give_back(node: ast.Return) -> Iterator[Changed]:
    if node.value is not None and not _is_none(node.value):
        yield ast.Return(ast.Constant(None))


def _is_none(node: ast.expr) -> bool:
    return isinstance(node, ast.Constant) and node.value is None


def _call(node: ast.Call) -> Iterator[Changed]:
    if isinstance(node.func, ast.Name) and node.func.id in _CALLED:
        changed = copy.deepcopy(node)
        changed.func = ast.Name(_CALLED[node.func.id], ast.Load())
        yield changed


def _assign(node: ast.Assign) -> Iterator[Changed]:
    """Taken out where that leaves a program that runs: items and attributes keep what they had."""
    if isinstance(node.targets[0], ast.Subscript | ast.Attribute):
        yield ast.Pass()


def _take_out(_node: ast.stmt) -> Iterator[Changed]:
    yield ast.Pass()


_CHANGES: dict[type[ast.AST], Callable[[Any], Iterator[Changed]]] = {
    ast.Compare: _compare,
    ast.BoolOp: _join,
    ast.UnaryOp: _unary,
    ast.BinOp: _count,
    ast.AugAssign: _add_to,
    ast.Constant: _constant,
    ast.Return: _give_back,
    ast.Call: _call,
    ast.Assign: _assign,
    ast.Expr: _take_out,
    ast.Raise: _take_out,
    ast.Continue: _take_out,
    ast.Break: _take_out,
    ast.Delete: _take_out,
    ast.Assert: _take_out,
}
