"""Programs in one form, so that nothing but what they do tells one from another.

Theory of operation. A learner's tests share a process with the program that they test, and can
look at all of it: text, size, lines, bytecode. So the author's programs are parsed and written
out again: comments, docstrings and the layout are gone, and all that replace one file are padded
to one size. Their code still differs, as it must. What keeps a test from knowing a program by
its code is that it has seen none of them before, and that there are several correct ones.
"""

from __future__ import annotations

import ast
from collections.abc import Mapping, Sequence

_STEP = 256  # bytes; sizes are rounded up to it
_DOCUMENTED = ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef


def in_one_form(source: bytes) -> bytes:
    """Write a Python file out anew; SyntaxError or ValueError when it is none."""
    tree = ast.parse(source)
    for node in ast.walk(tree):
        if isinstance(node, _DOCUMENTED) and ast.get_docstring(node, clean=False) is not None:
            rest = node.body[1:]
            node.body = rest or ([] if isinstance(node, ast.Module) else [ast.Pass()])
    return ast.unparse(ast.fix_missing_locations(tree)).encode() + b"\n"


def padded_alike(programs: Sequence[Mapping[str, bytes]]) -> list[dict[str, bytes]]:
    """Pad the files of one name to one size, with empty lines at their end."""
    sizes: dict[str, int] = {}
    for program in programs:
        for name, text in program.items():
            sizes[name] = max(sizes.get(name, 0), -(-len(text) // _STEP) * _STEP)
    return [
        {name: text.ljust(sizes[name], b"\n") for name, text in program.items()}
        for program in programs
    ]
