"""The ticket names every function, file and error that the hidden suite uses.

Nobody can write what they were not told the name of. The ticket, the given files, the starter and
the examples count.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

from grader.authoring.findings import Problem
from grader.authoring.rule import Rule
from grader.authoring.subject import Source, Subject
from grader.authoring.suite_reading import constants_of, names_used
from grader.authoring.trials import Results

_DEFINITIONS = ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef
_READS = frozenset({"read_text", "read_bytes"})
_RUNS = frozenset({"run", "start"})


def find(subject: Subject, _results: Results) -> Iterator[Problem]:
    """Look for each name in the texts that a learner has."""
    told = b"\n".join(
        content for name, content in subject.public.items() if name not in subject.programs
    ).decode("utf-8", "replace")
    for used in names_used(subject):
        if not _has_word(told, used.name) and not _in_starter(subject, used.name):
            kind = "error" if used.name.endswith("Error") else "name"
            text = f"the suite uses the {kind} `{used.name}` of {used.module}.py, which no text"
            yield Problem(used.path, used.line, f"{text} of the exercise tells; name it there")
    for source in subject.suite:
        for line, name in _files_used(source):
            if not _has_word(told, name) and name not in subject.exercise.work:
                text = f"the suite uses the file `{name}`, which no text of the exercise tells"
                yield Problem(source.path, line, f"{text}; name it there")


def _has_word(text: str, word: str) -> bool:
    return re.search(rf"(?<!\w){re.escape(word)}(?!\w)", text) is not None


def _in_starter(subject: Subject, name: str) -> bool:
    """Whether the starter has a function, class or constant of this name."""
    for file in subject.programs:
        tree = subject.source(subject.exercise.folder / file).tree
        defined = {node.name for node in ast.walk(tree) if isinstance(node, _DEFINITIONS)}
        if name in defined or name in constants_of(tree):
            return True
    return False


def _files_used(source: Source) -> Iterator[tuple[int, str]]:
    """Files that the program is run from, or has to have written."""
    constants = constants_of(source.tree)
    written = {name for _, name in _literals(source.tree, constants, frozenset({"write"}))}
    for line, name in _literals(source.tree, constants, _READS | _RUNS):
        if re.fullmatch(r"[\w.-]+\.\w+", name) and name not in written:
            yield line, name


def _literals(
    tree: ast.Module, constants: dict[str, ast.expr], methods: frozenset[str]
) -> Iterator[tuple[int, str]]:
    """The literal first argument, or first item of it, of `candidate.METHOD(…)`."""
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Attribute):
            continue
        if node.func.attr in methods and node.args and _is_candidate(node.func.value):
            first = node.args[0]
            if isinstance(first, ast.Name):
                first = constants.get(first.id, first)
            if isinstance(first, ast.List) and first.elts:
                first = first.elts[0]
            if isinstance(first, ast.Constant) and isinstance(first.value, str):
                yield node.lineno, first.value


def _is_candidate(node: ast.expr) -> bool:
    return isinstance(node, ast.Name) and node.id == "candidate"


RULE = Rule(find)
