"""Reads the learner's test files without running them: which tests there are, what they check.

Theory of operation. The list of tests, their names and whether they check anything come from our
own copy of the source, so that a run can neither rename a test nor leave one out. Nothing here
decides that a test is good; it finds what can't fail: no assert, an assert that always holds, an
assert whose failure is caught. What it can't tell, it counts for the learner. To be called
inside `limited`, since the text is hostile.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import Literal

import msgspec

from grader.bridge.coverable import text_of
from grader.bridge.newer_syntax import newer_syntax
from grader.bridge.uncollected import maker_of, not_a_check, uncollected

Function = ast.FunctionDef | ast.AsyncFunctionDef
Strength = Literal["checks", "nothing", "always-true"]

_ASSERTING = frozenset({"raises", "warns", "deprecated_call", "fail"})
_CATCH_ALL = frozenset({"BaseException", "Exception", "AssertionError"})
_INNER_MODULES = frozenset({"_pytest", "pluggy", "coverage", "gc", "ctypes", "_candidate"})
_INNER_NAMES = frozenset(
    {
        "pluginmanager",
        "pytest_plugins",
        "hookimpl",
        "testsfailed",
        "settrace",
        "setprofile",
        "monitoring",
        "_getframe",
        "_exit",
        "addaudithook",
        "__code__",
        "CodeType",
        "FunctionType",
    }
)
_INNER_CALLS = frozenset({"exec", "eval", "compile"})
MOST_REMARKS = 50
_CLAUSE = re.compile(r"\d{1,2}\.\d{1,2}")
_CLAUSES = re.compile(r"[Cc]lauses? ((?:\d{1,2}\.\d{1,2}(?:, | and | to |,? or )?)+)")


class DeclaredTest(msgspec.Struct, frozen=True, kw_only=True):
    """One test function as it stands in the file. `id` is pytest's, without parameters.

    `certain` is false where only running the file tells whether pytest takes it. `clauses` are
    the numbers that its docstring names: "Clauses 2.1 and 2.2". `why` says what keeps it from
    checking anything, where that is not a missing assert.
    """

    id: str
    file: str
    name: str
    line: int
    strength: Strength = "checks"
    weak_line: int = 0
    certain: bool = True
    clauses: tuple[str, ...] = ()
    why: str = ""


class Remark(msgspec.Struct, frozen=True):
    """A line of a learner's file that deserves a look, and what is there."""

    file: str
    line: int
    what: str


class Reading(msgspec.Struct, frozen=True, kw_only=True):
    """What the test files hold. `lines` says how many lines each has, `unreadable` maps files to
    the line of their syntax error, `newer` to a sentence where that line needs a newer Python;
    `uncollected` names what looks like a test and is none."""

    tests: tuple[DeclaredTest, ...] = ()
    twice: tuple[Remark, ...] = ()
    uncollected: tuple[Remark, ...] = ()
    remarks: tuple[Remark, ...] = ()
    unreadable: dict[str, int] = {}
    newer: dict[str, str] = {}
    lines: dict[str, int] = {}


def read_tests(
    files: Mapping[str, bytes], tests: Collection[str], program: Collection[str] = ()
) -> Reading:
    """Read the files called `tests`; helpers that assert may be in all `files` but `program`.

    (A function of the program may raise, but to call it is not to check anything.)
    """
    trees: dict[str, ast.Module] = {}
    unreadable: dict[str, int] = {}
    newer: dict[str, str] = {}
    for name, source in files.items():
        if name.endswith(".py"):
            try:
                trees[name] = ast.parse(text_of(source))
            except (SyntaxError, ValueError) as error:
                line = unreadable[name] = getattr(error, "lineno", None) or 1
                if said := newer_syntax(source, line, str(error)):
                    newer[name] = said
    helpers = _asserting_helpers(tree for name, tree in trees.items() if name not in program)
    found: list[DeclaredTest] = []
    twice: list[Remark] = []
    for name in tests:
        if name in trees:
            declared, again = _tests_of(name, trees[name], helpers)
            found += declared
            twice += again
    return Reading(
        tests=tuple(found),
        twice=tuple(twice),
        uncollected=tuple(
            Remark(name, line, what)
            for name, tree in trees.items()
            if name in tests or name in program
            for line, what in uncollected(tree, is_test_file=name in tests)[:MOST_REMARKS]
        ),
        remarks=tuple(_remarks(trees)),
        unreadable={name: line for name, line in unreadable.items() if name in tests},
        newer={name: said for name, said in newer.items() if name in tests},
        lines={name: text_of(files[name]).count("\n") for name in tests if name in files},
    )


# -- which tests there are


def _tests_of(
    file: str, tree: ast.Module, helpers: Collection[str]
) -> tuple[list[DeclaredTest], list[Remark]]:
    found: dict[str, DeclaredTest] = {}
    twice: list[Remark] = []
    classes = {node.name: node for node in tree.body if isinstance(node, ast.ClassDef)}
    for path, function, certain in _candidates(tree.body, classes):
        id_ = "::".join((file, *path))
        if id_ in found and certain:
            twice.append(Remark(file, function.lineno, path[-1]))
        strength, weak_line = _strength(function, helpers)
        why = not_a_check(function, found_an_assert=strength == "checks")
        strength = "nothing" if why else strength
        found[id_] = DeclaredTest(
            id=id_,
            file=file,
            name=path[-1],
            line=function.lineno,
            strength=strength,
            weak_line=weak_line,
            certain=certain,
            clauses=_clauses(function),
            why=why,
        )
    return [*found.values(), *_assigned(file, tree)], twice


def _candidates(
    body: Iterable[ast.stmt], classes: Mapping[str, ast.ClassDef]
) -> Iterator[tuple[tuple[str, ...], Function, bool]]:
    """Test functions and methods, in order; uncertain are those below an `if` or `try`."""
    for node, certain in _statements(body, certain=True):
        if isinstance(node, Function) and _is_test(node):
            yield (node.name,), node, certain
        elif isinstance(node, ast.ClassDef) and _is_test_class(node, classes):
            for path, method in _methods_of(node, classes):
                yield path, method, certain


def _methods_of(
    node: ast.ClassDef, classes: Mapping[str, ast.ClassDef]
) -> Iterator[tuple[tuple[str, ...], Function]]:
    for method in _methods(node, classes, frozenset()):
        yield (node.name, method.name), method
    for inner in node.body:
        if isinstance(inner, ast.ClassDef) and _is_test_class(inner, classes):
            for path, method in _methods_of(inner, classes):
                yield (node.name, *path), method


def _statements(body: Iterable[ast.stmt], *, certain: bool) -> Iterator[tuple[ast.stmt, bool]]:
    for node in body:
        yield node, certain
        if isinstance(node, ast.If | ast.Try | ast.With):
            for _, inner in ast.iter_fields(node):
                if isinstance(inner, list):
                    inside = [one for one in inner if isinstance(one, ast.stmt)]
                    yield from _statements(inside, certain=False)


def _is_test(node: Function) -> bool:
    fixtures = [one for one in node.decorator_list if _last_name(one) == "fixture"]
    return node.name.startswith("test") and not fixtures


def _is_test_class(node: ast.ClassDef, classes: Mapping[str, ast.ClassDef]) -> bool:
    if _switched_off(node):
        return False
    if _is_unittest(node, classes, frozenset()):
        return True
    return node.name.startswith("Test") and not maker_of(node, classes, frozenset())


def _is_unittest(
    node: ast.ClassDef, classes: Mapping[str, ast.ClassDef], seen: frozenset[str]
) -> bool:
    names = [_last_name(base) for base in node.bases]
    if any(name.endswith("TestCase") for name in names):
        return True
    below = [classes[name] for name in names if name in classes and name not in seen]
    return any(_is_unittest(one, classes, seen | {one.name}) for one in below)


def _switched_off(node: ast.ClassDef) -> bool:
    return any(
        isinstance(one, ast.Assign)
        and any(_last_name(target) == "__test__" for target in one.targets)
        and isinstance(one.value, ast.Constant)
        and not one.value.value
        for one in node.body
    )


def _methods(
    node: ast.ClassDef, classes: Mapping[str, ast.ClassDef], seen: frozenset[str]
) -> list[Function]:
    """Test methods of a class, those of its bases in the same file included."""
    own = [one for one in node.body if isinstance(one, Function) and _is_test(one)]
    names = {one.name for one in own}
    for base in map(_last_name, node.bases):
        if base in classes and base not in seen and base != node.name:
            above = _methods(classes[base], classes, seen | {node.name, base})
            own += [one for one in above if one.name not in names]
            names |= {one.name for one in above}
    return own


def _assigned(file: str, tree: ast.Module) -> list[DeclaredTest]:
    """Names that look like tests and are assigned, as in `TestDoors = DoorMachine.TestCase`."""
    return [
        DeclaredTest(id=f"{file}::{name}", file=file, name=name, line=node.lineno, certain=False)
        for node in tree.body
        if isinstance(node, ast.Assign)
        for name in map(_last_name, node.targets)
        if name.startswith(("test", "Test")) and not isinstance(node.value, ast.Constant)
    ]


def _clauses(function: Function) -> tuple[str, ...]:
    named = _CLAUSES.findall(ast.get_docstring(function, clean=False) or "")
    return tuple(dict.fromkeys(_CLAUSE.findall(" ".join(named))))[:6]


# -- what a test checks


def _asserting_helpers(trees: Iterable[ast.Module]) -> frozenset[str]:
    """Names of functions that assert something, or call one that does."""
    functions = [node for tree in trees for node in ast.walk(tree) if isinstance(node, Function)]
    known: frozenset[str] = frozenset()
    while True:
        more = frozenset(one.name for one in functions if _strength(one, known)[0] == "checks")
        if more == known:
            return known
        known = more


def _strength(function: Function, helpers: Collection[str]) -> tuple[Strength, int]:
    """Whether a function can fail by a check of its own; the line of what only looks like one."""
    weak_line = 0
    names = {*helpers} - {function.name}
    arguments = function.args
    if any(one.arg in names for one in (*arguments.args, *arguments.kwonlyargs)):
        return "checks", 0  # a fixture that asserts
    for node, caught in _with_catching(function):
        if isinstance(node, ast.Assert):
            if not caught and not _always_true(node.test):
                return "checks", 0
            weak_line = weak_line or node.lineno
        elif not caught and (isinstance(node, ast.Raise) or _is_asserting_call(node, names)):
            return "checks", 0
    return ("always-true" if weak_line else "nothing"), weak_line


def _with_catching(node: ast.AST, caught: bool = False) -> Iterator[tuple[ast.AST, bool]]:
    """Every node below, with whether a failed assert there would be swallowed."""
    for child in ast.iter_child_nodes(node):
        inside = caught
        if isinstance(node, ast.Try) and child in node.body:
            inside = caught or any(map(_swallows, node.handlers))
        elif isinstance(node, ast.With) and child in node.body:
            inside = caught or any(_suppresses(item.context_expr) for item in node.items)
        yield child, inside
        yield from _with_catching(child, inside)


def _swallows(handler: ast.ExceptHandler) -> bool:
    """Whether a handler takes a failed assert and lets the test go on."""
    kinds = handler.type.elts if isinstance(handler.type, ast.Tuple) else [handler.type]
    takes = any(kind is None or _last_name(kind) in _CATCH_ALL for kind in kinds)
    fails = any(
        isinstance(node, ast.Raise | ast.Assert) or _is_asserting_call(node, ())
        for statement in handler.body
        for node in ast.walk(statement)
    )
    return takes and not fails


def _suppresses(call: ast.expr) -> bool:
    return (
        isinstance(call, ast.Call)
        and _last_name(call.func) == "suppress"
        and any(_last_name(one) in _CATCH_ALL for one in call.args)
    )


def _is_asserting_call(node: ast.AST, helpers: Collection[str]) -> bool:
    if not isinstance(node, ast.Call):
        return False
    name = _last_name(node.func)
    return name in _ASSERTING or name.lower().startswith("assert") or name in helpers


def _always_true(test: ast.expr) -> bool:
    """Whether an assert of this can be seen to say nothing about the program."""
    match test:
        case ast.Constant(value=value):
            return bool(value)  # `assert False` fails where it is reached
        case ast.Lambda():
            return True
        case ast.Tuple(elts=parts) | ast.List(elts=parts) | ast.Set(elts=parts):
            return bool(parts)
        case ast.Dict(keys=keys):
            return bool(keys)
        case ast.UnaryOp(op=ast.Not(), operand=ast.Constant(value=value)):
            return not value
        case ast.BoolOp(op=ast.Or(), values=values):
            return any(map(_always_true, values))
        case ast.BoolOp(values=values):
            return all(map(_always_true, values))
        case ast.Compare(left=left, comparators=others):
            return _says_nothing([left, *others])
    return False


def _says_nothing(sides: list[ast.expr]) -> bool:
    """Whether constants are compared with constants, or a name with itself."""
    if all(_is_constant(side) for side in sides):
        return True
    plain = all(isinstance(side, ast.Name | ast.Attribute) for side in sides)
    return plain and len({ast.dump(side) for side in sides}) == 1


def _is_constant(node: ast.expr) -> bool:
    allowed = ast.Constant | ast.Tuple | ast.List | ast.UnaryOp | ast.BinOp
    fillers = ast.expr_context | ast.operator | ast.unaryop
    return all(isinstance(one, allowed | fillers) for one in ast.walk(node))


def _last_name(node: ast.AST) -> str:
    """`raises` of `pytest.raises` and of `raises(…)`; nothing for anything else."""
    if isinstance(node, ast.Call):
        return _last_name(node.func)
    if isinstance(node, ast.Attribute):
        return node.attr
    return node.id if isinstance(node, ast.Name) else ""


# -- what a tutor may want to look at


def _remarks(trees: Mapping[str, ast.Module]) -> list[Remark]:
    found: set[tuple[str, int, str]] = set()
    for file, tree in trees.items():
        for node in ast.walk(tree):
            for what in _inner(node):
                found.add((file, getattr(node, "lineno", 1), what))
    return [Remark(*one) for one in sorted(found)[:MOST_REMARKS]]


def _inner(node: ast.AST) -> Iterator[str]:
    """Names in a node that reach into the test runner, the measuring or Python itself."""
    if isinstance(node, ast.Import | ast.ImportFrom):
        from_ = getattr(node, "module", None)
        modules = [from_] if from_ else [one.name for one in node.names]
        yield from {one.partition(".")[0] for one in modules} & _INNER_MODULES
    elif isinstance(node, ast.Attribute | ast.Name):
        yield from {_last_name(node)} & _INNER_NAMES
    elif isinstance(node, Function):
        yield from {node.name[:80]} if node.name.startswith("pytest_") else ()
    elif isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
        yield from (f"{name}()" for name in {node.func.id} & _INNER_CALLS)
    elif isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield from {node.value} & (_INNER_MODULES - {"coverage"})
