"""Python files in one form, so that two are alike if they differ in comments and layout alone."""

from __future__ import annotations

import ast

_DOCUMENTED = ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef


def in_one_form(source: bytes) -> bytes:
    """Write a Python file out anew; SyntaxError or ValueError when it is none."""
    tree = ast.parse(source)
    for node in ast.walk(tree):
        if isinstance(node, _DOCUMENTED) and ast.get_docstring(node, clean=False) is not None:
            rest = node.body[1:]
            node.body = rest or ([] if isinstance(node, ast.Module) else [ast.Pass()])
    return ast.unparse(ast.fix_missing_locations(tree)).encode() + b"\n"
