"""Which expressions of a suite stand for something of the learner's, as far as the source tells."""

from __future__ import annotations

import ast
from collections.abc import Iterator


class LearnersNames:
    """Names of one file: imported from the learner's `modules`, or set to what came from there."""

    def __init__(self, tree: ast.Module, modules: set[str]) -> None:
        self.modules = frozenset(modules)
        self._imported: set[str] = set()
        self._answers: set[str] = set()
        self._libraries: dict[str, str] = {}
        for node in ast.walk(tree):
            self._note_import(node, modules)
        for name, value in _assignments(tree):
            if self.is_learners(value):
                self._answers.add(name)

    def is_learners(self, node: ast.expr) -> bool:
        """A name of the learner's, an attribute or the answer of one."""
        if isinstance(node, ast.Name):
            return node.id in self._imported or node.id in self._answers
        if isinstance(node, ast.Attribute | ast.Subscript | ast.Await):
            return self.is_learners(node.value)
        return isinstance(node, ast.Call) and self.is_learners(node.func)

    def module_of(self, node: ast.expr) -> str:
        """The module that a name or attribute is imported from, "" when it isn't."""
        while isinstance(node, ast.Attribute):
            node = node.value
        return self._libraries.get(node.id, "") if isinstance(node, ast.Name) else ""

    def _note_import(self, node: ast.AST, modules: set[str]) -> None:
        if isinstance(node, ast.ImportFrom) and node.module:
            names = [alias.asname or alias.name for alias in node.names]
            if node.module in modules:
                self._imported.update(names)
            else:
                self._libraries.update(dict.fromkeys(names, node.module))
        elif isinstance(node, ast.Import):
            for alias in node.names:
                name = alias.asname or alias.name.partition(".")[0]
                if alias.name in modules:
                    self._imported.add(name)
                else:
                    self._libraries[name] = alias.name


def _assignments(tree: ast.Module) -> Iterator[tuple[str, ast.expr]]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Assign):
            for target in node.targets:
                if isinstance(target, ast.Name):
                    yield target.id, node.value
        elif isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name) and node.value:
            yield node.target.id, node.value
        elif isinstance(node, ast.withitem) and isinstance(node.optional_vars, ast.Name):
            yield node.optional_vars.id, node.context_expr
