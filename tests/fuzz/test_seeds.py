"""The fuzzer's targets hold for all of its seeds, findings of earlier runs among them."""

from __future__ import annotations

import importlib.util
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pytest

HERE = Path(__file__).parent


def load(name: str) -> ModuleType:
    spec = importlib.util.spec_from_file_location(name, HERE / f"{name}.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module
    spec.loader.exec_module(module)
    return module


FUZZ, TARGETS = load("fuzz"), load("targets").TARGETS


@pytest.mark.parametrize("name", TARGETS)
def test_the_seeds_of_a_target(name: str) -> None:
    seeds = FUZZ.seeds(name)
    assert len(seeds) >= 5
    for data in seeds:
        TARGETS[name].run(data)


def test_every_file_of_seeds_has_a_target() -> None:
    assert {path.stem for path in (HERE / "seeds").glob("*.txt")} == set(TARGETS)


@pytest.mark.slow
@pytest.mark.parametrize("name", TARGETS if importlib.util.find_spec("atheris") else ())
def test_the_command_fuzzes(name: str, tmp_path: Path) -> None:
    done = subprocess.run(
        [
            sys.executable,
            str(HERE / "fuzz.py"),
            name,
            "-runs=2000",
            f"-artifact_prefix={tmp_path}/",
        ],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-3000:]
