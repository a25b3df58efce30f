"""Generic liars: programs that no hidden suite may take for right, whatever the exercise.

The files in `liars/` are whole programs that stand in for every module: they answer every name
that a suite imports. Those in `liars/wrong/` come behind the reference and change what its public
functions give; `liars/right/` change no value and try the grader alone. `liars/pieces/` is what
goes in front of those and behind.
"""

from __future__ import annotations

import ast
import shutil
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

from grader.catalogue import Exercise
from grader.checks.own_tests import is_test_file
from grader.sandbox import temporary

HERE = Path(__file__).parent / "liars"
Sources = Mapping[str, bytes]


def whole_programs() -> tuple[str, ...]:
    """Names of the liars that need no reference."""
    return tuple(sorted(path.stem for path in HERE.glob("*.py")))


def wrappers(kind: str) -> tuple[str, ...]:
    """Names of those of one kind, `right` or `wrong`, that come behind a reference."""
    return tuple(sorted(f"{kind}/{path.stem}" for path in (HERE / kind).glob("*.py")))


def lie(name: str, exercise: Exercise, solution: Path) -> Sources:
    """What a liar hands in: itself for each module, and the reference's for the rest."""
    reference = {
        file: (solution / file).read_bytes()
        for file in exercise.work
        if (solution / file).is_file()
    }
    modules = modules_of(exercise)
    if "/" not in name:
        liar = (HERE / f"{name}.py").read_bytes()
        return {**reference, **dict.fromkeys(modules, liar)}
    texts = {file: reference[file].decode("utf-8-sig") for file in modules if file in reference}
    known = calls_of_examples(exercise, texts) if _asks_for_examples(name) else frozenset()
    behind = _behind(name, known)
    return {**reference, **{file: f"{text}\n\n{behind}".encode() for file, text in texts.items()}}


def modules_of(exercise: Exercise) -> list[str]:
    """The work files that a suite imports, and not the learner's tests."""
    return [name for name in exercise.work if name.endswith(".py") and not is_test_file(name)]


def _asks_for_examples(name: str) -> bool:
    return "_EXAMPLES" in _text(name)


def _behind(name: str, known: frozenset[str]) -> str:
    """What makes a reference lie; `known` are keys of calls whose answers anybody can look up."""
    examples = f"_EXAMPLES = {sorted(known)!r}\n"
    parts = (_text("pieces/call_key"), examples, _text(name), _text("pieces/every_function"))
    return "\n\n".join(parts)


def _text(name: str) -> str:
    return (HERE / f"{name}.py").read_text("utf-8")


def calls_of_examples(exercise: Exercise, reference: Mapping[str, str]) -> frozenset[str]:
    """Keys of the calls that the public examples make; those made as a command are not known.

    The examples run with the reference, so nothing but the author's own code runs here.
    """
    pieces = [_text(f"pieces/{name}") for name in ("call_key", "recorder", "every_function")]
    with temporary.lasting("examples") as folder:
        shutil.copytree(exercise.folder, folder, dirs_exist_ok=True)
        for module, text in reference.items():
            (folder / module).write_text("\n\n".join([text, *pieces]), "utf-8")
        (folder / "pytest.ini").write_text("[pytest]\n", "utf-8")
        command = [sys.executable, "-P", "-m", "pytest", "-q", "-p", "no:cacheprovider", "examples"]
        environ = {"PYTHONPATH": str(folder), "PYTHONDONTWRITEBYTECODE": "1"}
        subprocess.run(command, cwd=folder, env=environ, capture_output=True, check=False)
        calls = folder / "calls.txt"
        if not calls.is_file():
            return frozenset()  # they run the program as a command, or can't be run at all
        return frozenset(map(ast.literal_eval, calls.read_text("utf-8").splitlines()))
