"""The README's two commands: what they are, and (slow) that the first works on a clean clone."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
BLOCKS = re.findall(r"^```sh\n(.*?)\n```$", (ROOT / "README.md").read_text(), re.M | re.S)


def test_the_first_two_blocks_are_one_line_each():
    assert len(BLOCKS) == 2
    assert all("\n" not in block for block in BLOCKS)
    assert BLOCKS[0].endswith("grade exercises/")
    assert "[dev]" in BLOCKS[1]
    assert "pytest --cov" in BLOCKS[1]


def test_ci_runs_the_second_block():
    text = (ROOT / ".ci" / "run").read_text()
    assert "README.md" in text
    assert "-m slow --no-skips" in text


def test_every_command_of_the_readme_exists():
    named = set(re.findall(r"`grade (\w+)", (ROOT / "README.md").read_text()))
    source = (ROOT / "grader" / "cli" / "main.py").read_text()
    for command in named - {"exercises"}:
        assert f"def {command}(" in source, command


@pytest.mark.slow
def test_the_first_command_on_a_clean_clone(tmp_path):
    clone = tmp_path / "clone"
    subprocess.run(["git", "clone", "-q", ROOT, clone], check=True)
    environ = {name: os.environ[name] for name in os.environ if not name.startswith("COV")}

    first = _run(BLOCKS[0], clone, environ)
    assert first.returncode == 1, first.stderr
    assert "not started yet" in first.stdout
    assert "isolation full" in first.stdout

    for solution in (clone / "solutions").iterdir():
        for file in solution.glob("*.py"):
            if (clone / "exercises" / solution.name / file.name).exists():
                shutil.copy(file, clone / "exercises" / solution.name)
    again = _run(".venv/bin/grade exercises/", clone, environ)
    assert again.returncode == 0, again.stdout + again.stderr


def _run(command, folder, environ):
    return subprocess.run(
        command, shell=True, cwd=folder, env=environ, capture_output=True, text=True, check=False
    )
