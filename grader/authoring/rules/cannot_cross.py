"""The hidden suite asks for nothing that can't cross the trust boundary.

`grader/bridge/README.md` has the table of what can't and what to write instead. Such a test would
end as broken or, worse, test something else than it says.
"""

from __future__ import annotations

import ast
import sys
from collections.abc import Callable, Iterator

from grader.authoring.findings import Problem
from grader.authoring.learners_names import LearnersNames
from grader.authoring.rule import Rule
from grader.authoring.subject import Subject
from grader.authoring.trials import Results
from grader.bridge import module_names

_MOST_RANGE = 10_000_000
Look = Callable[[ast.AST, LearnersNames], str]


def find(subject: Subject, _results: Results) -> Iterator[Problem]:
    """Try each look on each part of the suite."""
    modules = set(module_names(dict.fromkeys(subject.exercise.work)))
    for source in subject.suite:
        names = LearnersNames(source.tree, modules)
        for node in ast.walk(source.tree):
            for look in _LOOKS:
                text = look(node, names)
                if text:
                    yield Problem(source.path, getattr(node, "lineno", 0), text)


def _inherits(node: ast.AST, names: LearnersNames) -> str:
    if isinstance(node, ast.ClassDef) and any(map(names.is_learners, node.bases)):
        return f"{node.name} inherits from a class of the learner's; pass a function, or lend it"
    return ""


def _looks_inside(node: ast.AST, names: LearnersNames) -> str:
    if not isinstance(node, ast.Call) or not any(map(names.is_learners, node.args)):
        return ""
    instead = {
        "inspect.getsource": "test what the function does",
        "inspect.getsourcelines": "test what the function does",
        "vars": "ask for its attributes by name",
        "asyncio.gather": "each runs to its end when it is first awaited: await them one by one",
    }
    name = ast.unparse(node.func)
    advice = instead.get(name)
    return f"{name} of something of the learner's can't cross; {advice}" if advice else ""


def _is_thread(node: ast.AST, names: LearnersNames) -> str:
    if not isinstance(node, ast.Call) or ast.unparse(node.func) != "isinstance":
        return ""
    kinds = ast.unparse(node.args[1]) if len(node.args) == 2 else ""
    if kinds in ("Thread", "threading.Thread") and names.is_learners(node.args[0]):
        return f"isinstance(…, {kinds}) can't be told across the boundary; test what it does"
    return ""


_PATCHES = ("monkeypatch.setattr", "mock.patch", "mock.patch.object", "mocker.patch")


def _patches_library(node: ast.AST, names: LearnersNames) -> str:
    if not isinstance(node, ast.Call) or not node.args:
        return ""
    name = ast.unparse(node.func)
    by_patch = name.partition(".")[0] == "patch" and names.module_of(node.func) == "unittest.mock"
    if not by_patch and not name.endswith(_PATCHES):
        return ""
    first = node.args[0]
    target = first.value if isinstance(first, ast.Constant) else names.module_of(first)
    return _not_reached(str(target or ""))


def _replaces_library(node: ast.AST, names: LearnersNames) -> str:
    """`time.sleep = quick`: as a patch, and left behind for the next test."""
    targets = node.targets if isinstance(node, ast.Assign) else ()
    modules = [names.module_of(one) for one in targets if isinstance(one, ast.Attribute)]
    return next(filter(None, map(_not_reached, modules)), "")


def _not_reached(target: str) -> str:
    top = target.partition(".")[0]
    if top in sys.stdlib_module_names:
        return f"a patch inside `{top}` doesn't reach the learner's program; use candidate.swap"
    return ""


def _seeds_here(node: ast.AST, names: LearnersNames) -> str:
    if not isinstance(node, ast.Call) or names.module_of(node.func) != "random":
        return ""
    if ast.unparse(node.func).rpartition(".")[2] != "seed":
        return ""
    return (
        "random.seed here seeds the suite, not the learner's program; give the program a "
        "random.Random or a seed, or use candidate.swap('random.random', …)"
    )


def _imports_all(node: ast.AST, names: LearnersNames) -> str:
    if not isinstance(node, ast.ImportFrom) or node.module not in names.modules:
        return ""
    if all(alias.name != "*" for alias in node.names):
        return ""
    return (
        f"`from {node.module} import *` would let the learner choose names of the suite; "
        "import each name that the suite uses"
    )


def _elsewhere(node: ast.AST, _names: LearnersNames) -> str:
    if isinstance(node, ast.arg) and node.arg == "tmp_path_factory":
        return "folders of tmp_path_factory aren't shared; use the test's own tmp_path"
    if isinstance(node, ast.Call):
        name = ast.unparse(node.func)
        told = [ast.unparse(argument) for argument in node.args]
        moved = name.endswith(".chdir") and not any("tmp_path" in text for text in told)
        if moved and name != "candidate.chdir":
            return "the program can follow only into tmp_path; change into a folder below it"
        if name == "monkeypatch.context":
            return "monkeypatch.context() on a stand-in can't be undone; use candidate.swap"
    if isinstance(node, ast.Attribute) and node.attr in ("st_mode", "st_mtime"):
        return f"{node.attr} of a file doesn't cross; look at its contents"
    return ""


def _too_large(node: ast.AST, _names: LearnersNames) -> str:
    if isinstance(node, ast.Call) and ast.unparse(node.func) == "range":
        ends = [a.value for a in node.args if isinstance(a, ast.Constant)]
        if any(isinstance(end, int) and end > _MOST_RANGE for end in ends):
            return "a range of more than ten million items can't cross; a smaller one will do"
    return ""


_LOOKS: tuple[Look, ...] = (
    _inherits,
    _looks_inside,
    _is_thread,
    _patches_library,
    _replaces_library,
    _seeds_here,
    _imports_all,
    _elsewhere,
    _too_large,
)
RULE = Rule(find)
