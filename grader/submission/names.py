"""What the name of a file tells: bytecode, configuration, a twin of a work file, a likely slip."""

from __future__ import annotations

import difflib
import fnmatch
import re
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
# What systems, drives and servers keep beside people's files. Compared without capitals.
_SYSTEM_FOLDERS = (
    "__macosx",
    "lost+found",
    "system volume information",
    "$recycle.bin",
    "recycler",
    "recycled",
    "found.[0-9][0-9][0-9]",
    "#recycle",
    "#snapshot",
    "@recycle",
    "@recently-snapshot",
    "@eadir",
    "@tmp",
    "@sharebin",
    "network trash folder",
    "temporary items",
    "thevolumesettingsfolder",
    "desktop db",
    "desktop df",
    "windowsapps",
    "wpsystem",
    "_gsdata_",
)
_SYSTEM_FILES = (
    "thumbs.db",
    "ehthumbs.db",
    "ehthumbs_vista.db",
    "desktop.ini",
    "autorun.inf",
    "autorun.ico",
    "indexervolumeguid",
    "wpsettings.dat",
    "bootsqm.dat",
    "pagefile.sys",
    "hiberfil.sys",
    "swapfile.sys",
    "icon\r",
    "icon\uf00d",  # as macOS shows that name on drives of Windows
    "~$*",
    ".~lock.*#",
)
_COPY = re.compile(r"^copy of |[ _-]*\(\d{1,3}\)$|[ _-]+copy[ _-]?\d{0,3}$|-(?:main|master)$")
_SIGNS = re.compile(r"[\s_.-]+")
_INSTALLED = ("venv", "node_modules")
_COMPILED = frozenset({".so", ".pyd", ".dll", ".dylib", ".pyc", ".pyo"})


def is_configuration(name: str) -> bool:
    """Tell whether a file or folder of this name steers tools that start beside it."""
    return _matches(name, _CONFIGURATION)


def is_bytecode(name: str) -> bool:
    """Tell whether a file or folder of this name holds compiled Python."""
    return _matches(name, _BYTECODE)


def is_closed_folder(name: str) -> bool:
    """Tell whether a folder is left out as a whole: hidden, installed or compiled things."""
    left_out = name.startswith(".") or _matches(name, (*_INSTALLED, *_SYSTEM_FOLDERS))
    return left_out or is_bytecode(name) or is_configuration(name)


def is_system_file(name: str) -> bool:
    """Tell whether a system or an office program puts a file of this name beside people's own."""
    return name.startswith(".") or _matches(name, _SYSTEM_FILES)


def is_alike(name: str, exercise: str) -> bool:
    """Tell whether a folder's name is the exercise's but for what systems and habits add to it.

    Copies ("x (1)", "x - Copy", "Copy of x"), branches ("x-main"), capitals, "_" or " " for "-".
    """
    bare = folded(name).strip()
    while (shorter := _COPY.sub("", bare)) != bare:
        bare = shorter
    return _SIGNS.sub("-", bare).strip("-") == _SIGNS.sub("-", folded(exercise))


def is_copy_of(name: str, work: str) -> bool:
    """Tell whether a file may be a work file under another name.

    "fares (1).py", "fares.py.txt", "Fares.PY", "fares-Copy1.py": browsers, Notepad, JupyterLab.
    """
    found = folded(name).strip()
    found = found.removesuffix(".txt") if found.endswith(".py.txt") else found
    path, wanted = PurePosixPath(found), PurePosixPath(folded(work))
    stem = path.stem.strip()
    while (shorter := _COPY.sub("", stem)) != stem:
        stem = shorter
    return (stem, path.suffix) == (wanted.stem, wanted.suffix) and name != work


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
