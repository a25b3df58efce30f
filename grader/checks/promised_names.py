"""Which names a learner's tests may use: those that every correct program has."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping, Sequence

Files = Mapping[str, bytes]


def promised_names(correct: Sequence[Files]) -> dict[str, tuple[str, ...]]:
    """Public names that each module has in all of these programs, by the module's name.

    What one of them alone has is its own affair: a test that asks for it would tell them apart.
    """
    found: dict[str, set[str]] = {}
    for program in correct:
        for file, text in program.items():
            names = set(_names(ast.parse(text).body))
            module = file.removesuffix(".py").removesuffix("/__init__").replace("/", ".")
            found[module] = found.get(module, names) & names
    return {module: tuple(sorted(names)) for module, names in found.items()}


def _names(body: Sequence[ast.AST]) -> Iterator[str]:
    for node in body:
        for name in _bound(node):
            if not name.startswith("_"):
                yield name


def _bound(node: ast.AST) -> Iterator[str]:
    """Names that a statement of a module gives to the module."""
    if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
        yield node.name
    elif isinstance(node, ast.ImportFrom) and node.module == "__future__":
        return
    elif isinstance(node, ast.Import | ast.ImportFrom):
        yield from ((one.asname or one.name).partition(".")[0] for one in node.names)
    elif isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
        yield node.id
    elif not isinstance(node, ast.Lambda | ast.ListComp | ast.SetComp | ast.DictComp):
        for inner in ast.iter_child_nodes(node):
            yield from _bound(inner)
