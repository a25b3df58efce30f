"""What an author's hidden suite is made of, read from its source: tests, markers, names."""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TypeGuard

from grader.authoring.subject import Source, Subject
from grader.bridge import module_names

Function = ast.FunctionDef | ast.AsyncFunctionDef


@dataclass(frozen=True)
class Test:
    """One test function, with the file that it is in."""

    __test__ = False

    source: Source
    node: Function


@dataclass(frozen=True)
class Mark:
    """One marker: its literal arguments and where it stands."""

    path: str
    line: int
    words: tuple[str, ...]


def tests_of(sources: Iterable[Source]) -> Iterator[Test]:
    """Every test function, those in classes too."""
    for source in sources:
        for node in ast.walk(source.tree):
            if isinstance(node, Function) and node.name.startswith("test"):
                yield Test(source, node)


def marks_of(sources: Iterable[Source], name: str) -> Iterator[Mark]:
    """Every `pytest.mark.NAME(…)`."""
    for source in sources:
        for node in ast.walk(source.tree):
            if isinstance(node, ast.Call) and _is_mark(node.func, name):
                words = [str(a.value) for a in node.args if isinstance(a, ast.Constant)]
                yield Mark(source.path, node.lineno, tuple(words))


@dataclass(frozen=True)
class Named:
    """The behaviour that a test names, "" for none; where it does so, or where the test stands."""

    path: str
    line: int
    test: str
    behaviour: str = ""
    has_points: bool = False


def behaviours_named(source: Source) -> Iterator[Named]:
    """What each test of a file names: by itself, else by its class, else by `pytestmark`."""
    whole = [node.value for node in source.tree.body if _is_pytestmark(node)]
    yield from _named(source, source.tree, whole)


def _is_pytestmark(node: ast.stmt) -> TypeGuard[ast.Assign]:
    targets = node.targets if isinstance(node, ast.Assign) else []
    return any(isinstance(one, ast.Name) and one.id == "pytestmark" for one in targets)


def _named(
    source: Source, holder: ast.Module | ast.ClassDef, around: Sequence[ast.expr]
) -> Iterator[Named]:
    for node in holder.body:
        if isinstance(node, ast.ClassDef):
            yield from _named(source, node, [*node.decorator_list, *around])
        elif isinstance(node, Function) and node.name.startswith("test"):
            calls = (
                call
                for expression in (*node.decorator_list, *around)
                for call in ast.walk(expression)
                if isinstance(call, ast.Call) and _is_mark(call.func, "behaviour") and call.args
            )
            call = next(calls, None)
            if call is None:
                yield Named(source.path, node.lineno, node.name)
            else:
                name = getattr(call.args[0], "value", "")
                points = any(one.arg == "points" for one in call.keywords)
                yield Named(source.path, call.lineno, node.name, str(name), points)


def _is_mark(node: ast.expr, name: str) -> bool:
    return (
        isinstance(node, ast.Attribute)
        and node.attr == name
        and isinstance(node.value, ast.Attribute)
        and node.value.attr == "mark"
    )


@dataclass(frozen=True)
class Used:
    """A name of the learner's program that a suite uses, and where it does first."""

    path: str
    line: int
    module: str
    name: str


def names_used(subject: Subject) -> Iterator[Used]:
    """Each name that the suite takes from a module of the work, once."""
    seen: set[tuple[str, str]] = set()
    for source in subject.suite:
        for used in _names_in(source, set(module_names(dict.fromkeys(subject.exercise.work)))):
            if (used.module, used.name) not in seen:
                seen.add((used.module, used.name))
                yield used


def _names_in(source: Source, modules: set[str]) -> Iterator[Used]:
    aliases: dict[str, str] = {}
    for node in ast.walk(source.tree):
        if isinstance(node, ast.ImportFrom) and node.module in modules:
            for alias in node.names:
                yield Used(source.path, node.lineno, str(node.module), alias.name)
        elif isinstance(node, ast.Import):
            aliases.update({a.asname or a.name: a.name for a in node.names if a.name in modules})
    for node in ast.walk(source.tree):
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
            module = aliases.get(node.value.id)
            if module:
                yield Used(source.path, node.lineno, module, node.attr)


def constants_of(tree: ast.Module) -> dict[str, ast.expr]:
    """What the names at the top of a module are set to."""
    return {
        target.id: node.value
        for node in tree.body
        if isinstance(node, ast.Assign)
        for target in node.targets
        if isinstance(target, ast.Name)
    }
