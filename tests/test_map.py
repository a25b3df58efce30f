"""grader/README.md, the map, names every module; and each of them can be imported."""

from __future__ import annotations

import importlib
from pathlib import Path

import pytest

GRADER = Path(__file__).parents[1] / "grader"
MAP = (GRADER / "README.md").read_text()
# Packages with a page or a line of their own stand for their modules.
WHOLE = {
    "rules",
    "liars",
    "skeleton",
    "candidate",
    "sandbox",
    "submission",
    "catalogue",
    "evidence",
    "standard",
    "reports",
}
MODULES = sorted(
    path.relative_to(GRADER)
    for path in GRADER.rglob("*.py")
    if path.name != "__init__.py" and not WHOLE & set(path.relative_to(GRADER).parts)
)


@pytest.mark.parametrize("module", MODULES, ids=str)
def test_the_map_names(module):
    assert module.name in MAP or module.stem in MAP.split("`")


def test_the_map_names_nothing_that_is_gone():
    for line in MAP.splitlines():
        if line.startswith("| `") and ".py`" in line:
            named = line.split("|")[1].replace("`", "").split(",")
            folder = Path(named[0].strip()).parent
            for name in named:
                path = Path(name.strip())
                where = path if path.parent != Path() else folder / path
                assert (GRADER / where).exists(), where


def test_every_module_can_be_imported():
    """Also one that nothing uses."""
    # Read as text, run in the sandbox, or in need of a JupyterLab, which has tests of its own.
    alone = {"inside", "liars", "skeleton", "server"}
    modules = (path.relative_to(GRADER.parent) for path in sorted(GRADER.rglob("*.py")))
    for path in modules:
        if not alone & set(path.parts):
            name = ".".join(path.with_suffix("").parts).removesuffix(".__init__")
            assert importlib.import_module(name).__name__ == name
