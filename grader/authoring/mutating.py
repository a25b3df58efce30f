"""Mutants: copies of a program with one small change each, which a good suite tells from it.

Own, and not a library: mutmut and its kind change a package on disk and run pytest on it in their
own processes, while here the tests run on the far side of the trust boundary, over examiners that
are warm already; cosmic-ray's operators could be used alone, but bring a database and a web client
along. What is left is this: where to change a syntax tree, and how to say it in a line.

Not changed, because nobody could tell or should have to: docstrings, annotations, decorators,
`__all__`, texts of errors and of f-strings, and what stands under `if __name__ == "__main__":`.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass

from grader.authoring.mutations import Changed, changes_of, negated

_SHOWN = 60


@dataclass(frozen=True)
class Mutant:
    """One change: where it is, in words, and the whole program with it.

    `what` names the function too, so that it can be found again when lines have moved.
    """

    file: str
    line: int
    what: str
    source: bytes


def mutants_of(file: str, source: bytes) -> tuple[Mutant, ...]:
    """Every mutant of a program, in the order of its lines, none twice."""
    tree = ast.parse(source)
    lines = source.splitlines(keepends=True)
    found: dict[str, Mutant] = {}
    original = ast.dump(tree)
    for node, home in _places(tree, ""):
        for old, new in _changes(node):
            spliced = _spliced(lines, old, new)
            made = ast.dump(ast.parse(spliced))
            if made != original and made not in found:
                what = f"{home or 'at the top'}: {_said(old, new)}"
                found[made] = Mutant(file, old.lineno, what, spliced)
    return tuple(sorted(found.values(), key=lambda mutant: mutant.line))


def _changes(node: ast.AST) -> Iterator[tuple[Changed, Changed]]:
    """What could stand where: for the node itself, and for the conditions that it has."""
    if isinstance(node, ast.expr | ast.stmt):
        for new in changes_of(node):
            yield node, new
    if isinstance(node, ast.If | ast.While | ast.IfExp):
        yield node.test, negated(node.test)
    elif isinstance(node, ast.comprehension):
        for test in node.ifs:
            yield test, negated(test)


def _said(old: Changed, new: Changed) -> str:
    if isinstance(new, ast.Pass):
        return f"`{_text(old)}` was taken out"
    if isinstance(new, ast.UnaryOp) and new.operand is old:
        return f"`{_text(old)}` was turned round"
    if isinstance(old, ast.BoolOp):
        kept = new.values if isinstance(new, ast.BoolOp) else [new]
        gone = [part for part in old.values if len(kept) < len(old.values) and part not in kept]
        if gone:
            return f"`{_text(gone[0])}` was left out of `{_text(old)}`"
        words = ("and", "or") if isinstance(old.op, ast.And) else ("or", "and")
        return f"`{words[0]}` became `{words[1]}` in `{_text(old)}`"
    return f"`{_text(old)}` became `{_text(new)}`"


def _text(node: ast.AST) -> str:
    text = ast.unparse(node).partition("\n")[0]
    return text if len(text) <= _SHOWN else f"{text[: _SHOWN - 1]}…"


# -- where to change


def _places(node: ast.AST, home: str) -> Iterator[tuple[ast.AST, str]]:
    """Every node that may be changed, with the function or class that it is in."""
    for name, value in ast.iter_fields(node):
        if name in ("annotation", "returns", "decorator_list", "type_params"):
            continue
        children = value if isinstance(value, list) else [value]
        for child in children:
            if isinstance(child, ast.AST) and not _is_out_of_bounds(child):
                yield child, home
                if isinstance(child, ast.Raise):
                    continue  # whether it is raised matters; its text is for people
                inside = home
                if isinstance(child, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
                    inside = f"{home}.{child.name}" if home else child.name
                yield from _places(child, inside)


def _is_out_of_bounds(node: ast.AST) -> bool:
    if isinstance(node, ast.JoinedStr | ast.Import | ast.ImportFrom):
        return True
    if isinstance(node, ast.Expr):
        return isinstance(node.value, ast.Constant)  # a docstring or `...`
    if isinstance(node, ast.Assign):
        return ast.unparse(node.targets[0]) == "__all__"
    return isinstance(node, ast.If) and "__name__" in ast.unparse(node.test)


# -- changing the text, so that all else stays as it is


def _spliced(lines: list[bytes], node: Changed, new: Changed) -> bytes:
    start, end = _span(lines, node)
    text = ast.unparse(new).encode()
    if isinstance(new, ast.expr):
        text = b"(" + text + b")"
    source = b"".join(lines)
    return source[:start] + text + source[end:]


def _span(lines: list[bytes], node: Changed) -> tuple[int, int]:
    """Offsets of a node; columns of a syntax tree count bytes."""
    assert node.end_lineno is not None
    assert node.end_col_offset is not None
    start = sum(map(len, lines[: node.lineno - 1])) + node.col_offset
    end = sum(map(len, lines[: node.end_lineno - 1])) + node.end_col_offset
    return start, end
