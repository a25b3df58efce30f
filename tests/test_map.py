"""grader/README.md, the map, names every module."""

from __future__ import annotations

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
