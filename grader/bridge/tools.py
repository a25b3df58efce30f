"""What is mounted in a sandbox beside Python: packages for learners' own tests, lent programs."""

from __future__ import annotations

import importlib.util
import shutil
from pathlib import Path

from grader.errors import ExerciseError, SandboxError
from grader.sandbox import Mount

_NEEDED = (
    "pytest",
    "_pytest",
    "py",
    "pluggy",
    "iniconfig",
    "packaging",
    "pygments",
    "coverage",
    "hypothesis",
    "sortedcontainers",
    "_hypothesis_globals",
    "_hypothesis_pytestplugin",
)
_TABLES = "unicode_data"  # where hypothesis looks for them, below its own folder
# Parts that some releases of the above have or need, and others don't.
_OPTIONAL = ("_hypothesis_ftz_detector", "attr", "attrs")


def tool_mounts() -> tuple[Mount, ...]:
    """Where the packages lie here; raises SandboxError when one is missing."""
    found = {name: _place(name) for name in (*_NEEDED, *_OPTIONAL)}
    missing = [name for name in _NEEDED if found[name] is None]
    if missing:
        raise SandboxError(
            f"Learners' own tests need the package {missing[0]}, which isn't installed here. "
            "Install the grader again with its dependencies."
        )
    return tuple(Mount(place, name) for name, place in found.items() if place is not None)


def tables_mount(cache: Path, copy: Path) -> Mount:
    """The tables of hypothesis that take seconds to build, from `cache`, in a readable copy."""
    copy.mkdir(exist_ok=True)
    source = cache / _TABLES
    for file in sorted(source.rglob("*.json.gz")):
        target = copy / file.relative_to(source)
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(file, target)
    for path in (copy, *copy.rglob("*")):  # whatever the umask is, and whoever reads them
        path.chmod(0o755 if path.is_dir() else 0o644)
    return Mount(copy, _TABLES)


def lent_programs(names: tuple[str, ...]) -> tuple[Path, ...]:
    """The programs that an exercise lends; ExerciseError when one isn't on this machine."""
    missing = [name for name in names if not Path(name).is_absolute() or not Path(name).is_file()]
    if missing:
        raise ExerciseError(
            f"The exercise lends the program {missing[0]}, which isn't on this machine. Install "
            "it, or write its path as it is here under `programs`."
        )
    return tuple(Path(name) for name in names)


def _place(name: str) -> Path | None:
    spec = importlib.util.find_spec(name)
    if spec is None or spec.origin is None:
        return None
    path = Path(spec.origin)
    return path.parent if path.name == "__init__.py" else path
