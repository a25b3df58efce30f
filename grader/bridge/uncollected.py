"""What looks like a test in a learner's file and is none for pytest, with the reason."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping

Function = ast.FunctionDef | ast.AsyncFunctionDef
Found = tuple[int, str]


def uncollected(tree: ast.Module, *, is_test_file: bool) -> list[Found]:
    """Return lines and sentences on what pytest passes over, in order.

    In a file that isn't named as a test file it passes over everything.
    """
    if not is_test_file:
        return [*_misplaced(tree)]
    classes = {node.name: node for node in tree.body if isinstance(node, ast.ClassDef)}
    found: list[Found] = []
    for node in tree.body:
        if isinstance(node, ast.ClassDef):
            found += _in_class(node, classes)
        elif isinstance(node, Function):
            found += _of_function(node)
    return sorted(found)


def _misplaced(tree: ast.Module) -> Iterator[Found]:
    for node in tree.body:
        is_class = isinstance(node, ast.ClassDef) and node.name.startswith("Test")
        if is_class and any(True for _ in _named_as_tests(node)):  # type: ignore[arg-type]
            yield node.lineno, f"class {node.name} is not in a file whose name begins with test_"  # type: ignore[attr-defined]
        elif isinstance(node, Function) and node.name.startswith("test") and _asserts(node):
            yield node.lineno, f"{node.name} is not in a file whose name begins with test_"


def _in_class(node: ast.ClassDef, classes: Mapping[str, ast.ClassDef]) -> Iterator[Found]:
    if any(_name(base).endswith("TestCase") for base in node.bases):
        return
    tests = [*_named_as_tests(node)]
    if node.name.startswith("Test"):
        maker = maker_of(node, classes, frozenset())
        if maker and tests:
            yield node.lineno, f"pytest does not collect a class with `{maker}`, as {node.name} has"
        for one in node.body:
            if isinstance(one, Function) and _is_nearly_named(one):
                yield one.lineno, _wrong_name(one.name)
            elif isinstance(one, ast.ClassDef):
                yield from _in_class(one, classes)
    elif tests and not _is_base(node, classes):
        text = f"pytest collects classes whose name begins with Test, and {node.name} does not"
        yield node.lineno, text


def maker_of(node: ast.ClassDef, classes: Mapping[str, ast.ClassDef], seen: frozenset[str]) -> str:
    """The method by which a class is made in its own way, which pytest doesn't take; or ""."""
    for one in node.body:
        if isinstance(one, Function) and one.name in ("__init__", "__new__"):
            return one.name
    if any(_name(one) == "dataclass" for one in node.decorator_list):
        return "__init__"
    above = [classes[n] for n in map(_name, node.bases) if n in classes and n not in seen]
    made = (maker_of(one, classes, seen | {one.name}) for one in above if one is not node)
    return next(filter(None, made), "")


def _of_function(node: Function) -> Iterator[Found]:
    if _is_nearly_named(node):
        yield node.lineno, _wrong_name(node.name)
    for inner in _within(node):
        if inner.name.startswith("test") and _asserts(inner):
            text = f"{inner.name} stands inside {node.name}, where pytest does not look"
            yield inner.lineno, text


def _within(node: ast.AST) -> Iterator[Function]:
    for inner in ast.walk(node):
        if isinstance(inner, Function) and inner is not node:
            yield inner


def _is_nearly_named(node: Function) -> bool:
    """Whether a function was meant as a test by its name, which pytest doesn't take for one."""
    name = node.name.casefold().strip("_")
    meant = "test" in name.split("_") or name.startswith(("test", "tset", "tets", "tes_"))
    fixture = any(_name(one) == "fixture" for one in node.decorator_list)
    return meant and not node.name.startswith("test") and not fixture and _asserts(node)


def _wrong_name(name: str) -> str:
    return f"pytest runs functions whose name begins with test_, and {name} does not"


def _named_as_tests(node: ast.ClassDef) -> Iterator[Function]:
    for one in node.body:
        if isinstance(one, Function) and one.name.startswith("test"):
            yield one


def _is_base(node: ast.ClassDef, classes: Mapping[str, ast.ClassDef]) -> bool:
    return any(node.name in map(_name, other.bases) for other in classes.values())


def _asserts(node: ast.AST) -> bool:
    return any(isinstance(one, ast.Assert | ast.With | ast.Return) for one in ast.walk(node))


def _name(node: ast.expr) -> str:
    if isinstance(node, ast.Call):
        return _name(node.func)
    return node.attr if isinstance(node, ast.Attribute) else getattr(node, "id", "")


def not_a_check(node: Function, *, found_an_assert: bool) -> str:
    """Say why a test that pytest finds checks nothing, apart from a missing assert; or ""."""
    own = [*_own(node)]
    if any(isinstance(one, ast.Yield | ast.YieldFrom) for one in own):
        return "it has a `yield`, and pytest does not run such a test"
    returned = any(isinstance(one, ast.Return) and _tells(one.value) for one in own)
    if returned and not found_an_assert:
        return "it returns what it compares, and pytest looks at `assert` alone"
    return ""


def _own(node: ast.AST) -> Iterator[ast.AST]:
    """Every node below that isn't in a function of its own."""
    for child in ast.iter_child_nodes(node):
        if not isinstance(child, Function | ast.Lambda | ast.ClassDef):
            yield child
            yield from _own(child)


def _tells(value: ast.expr | None) -> bool:
    return isinstance(value, ast.Compare | ast.BoolOp | ast.UnaryOp)
