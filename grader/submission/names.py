"""What the name of a file tells: bytecode, configuration, a twin of a work file, a likely slip."""

from __future__ import annotations

import difflib
import fnmatch
import unicodedata
from collections.abc import Iterable, Sequence
from pathlib import PurePosixPath

from grader.escaping import visible

# Read by Python, pytest, coverage or ruff when they start in a folder; here they never do.
_CONFIGURATION = (
    "conftest.py",
    "sitecustomize.py",
    "usercustomize.py",
    "*.pth",
    "*.dist-info",
    "*.egg-info",
    "pyproject.toml",
    "setup.cfg",
    "setup.py",
    "tox.ini",
    "pytest.ini",
    ".pytest.ini",
    "pytest.toml",
    ".pytest.toml",
    ".coveragerc",
    "ruff.toml",
    ".ruff.toml",
    ".git",
)
_BYTECODE = ("__pycache__", "*.pyc", "*.pyo")
_CLOSED = frozenset({"venv", "node_modules", "__macosx"})
_COMPILED = frozenset({".so", ".pyd", ".dll", ".dylib", ".pyc", ".pyo"})


def is_configuration(name: str) -> bool:
    """Tell whether a file or folder of this name steers tools that start beside it."""
    return _matches(name, _CONFIGURATION)


def is_bytecode(name: str) -> bool:
    """Tell whether a file or folder of this name holds compiled Python."""
    return _matches(name, _BYTECODE)


def is_closed_folder(name: str) -> bool:
    """Tell whether a folder is left out as a whole: hidden, installed or compiled things."""
    left_out = name.startswith(".") or name.casefold() in _CLOSED
    return left_out or is_bytecode(name) or is_configuration(name)


def is_odd(name: str, longest: int) -> bool:
    """Tell whether a name holds unseen characters or is longer than `longest` bytes."""
    size = len(name.encode("utf-8", "surrogatepass"))
    return size > longest or visible(name, len(name) + 1) != name


def is_compiled_twin(path: str, work: str) -> bool:
    """Tell whether Python could import `path` instead of the module `work` ("fares.py")."""
    one, other = PurePosixPath(path), PurePosixPath(work)
    same = one.parent == other.parent and one.name.partition(".")[0] == other.stem
    return same and one.suffix.casefold() in _COMPILED


def twins(work: str, paths: Iterable[str]) -> list[str]:
    """Return the paths that differ from `work` only by capitals or by how accents are stored."""
    wanted = folded(work)
    return [path for path in paths if path != work and folded(path) == wanted]


def closest(work: str, paths: Sequence[str]) -> str:
    """Return the path that a missing work file may be meant by, or ""."""
    if same := twins(work, paths):
        return same[0]
    name, home = PurePosixPath(work).name, PurePosixPath(work).parent
    elsewhere = [path for path in paths if PurePosixPath(path).name == name]
    beside = {
        PurePosixPath(path).name: path for path in paths if PurePosixPath(path).parent == home
    }
    # "fares (1).py", "fares-Copy1.py", "fares.py.txt": browsers, JupyterLab and Notepad.
    stem = PurePosixPath(name).stem.casefold()
    copies = [path for near, path in beside.items() if near.casefold().startswith(stem)]
    near = difflib.get_close_matches(name, beside, n=1, cutoff=0.75)
    likely = [*elsewhere, *sorted(copies, key=len), *(beside[one] for one in near)]
    return likely[0] if likely else ""


def _matches(name: str, patterns: Sequence[str]) -> bool:
    return any(fnmatch.fnmatchcase(name.casefold(), pattern) for pattern in patterns)


def folded(path: str) -> str:
    """Return a path as systems see it that tell neither capitals nor forms of accents apart."""
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", path).casefold())
