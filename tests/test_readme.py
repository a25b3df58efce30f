"""The README's two commands: what they are, and (slow) that the first works on a clean clone."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from grader.checks.reference import reference_work

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
    assert '-m "slow and not browser" --no-skips' in text


def test_every_command_of_the_readme_exists():
    named = set(re.findall(r"(?:`|^    )grade ([\w-]+)", (ROOT / "README.md").read_text(), re.M))
    source = (ROOT / "grader" / "cli" / "main.py").read_text()
    for command in named - {"exercises"}:
        assert f"def {command.replace('-', '_')}(" in source, command


def test_the_apprentices_commands_do_what_is_said(tmp_path):
    text = (ROOT / "README.md").read_text()
    section = text.partition("## You are an apprentice")[2].partition("\n## ")[0]
    commands = re.findall(r"^    grade ([^#\n]*\S) +#", section, re.M)
    for name in ("price-a-journey", "first-unit"):
        shutil.copytree(ROOT / "exercises" / name, tmp_path / "exercises" / name)
    shutil.copy(ROOT / "exercises" / "starters.json", tmp_path / "exercises")
    # What a person would type when asked; `watch` ends when a person does so: see test_workspace.
    more = {"start": "--id heron-4821", "reset": "--yes", "watch": "--help"}
    codes = {}
    for command in commands:
        name = command.split()[0]
        grade = Path(sys.executable).parent / "grade"
        done = _run(f"{grade} {command} {more.get(name, '')}", tmp_path, os.environ)
        codes[name] = done.returncode
        assert "Traceback" not in done.stderr
        work = tmp_path / "exercises" / "price-a-journey" / "fares.py"
        work.write_text("def price(zones, age, tariff):\n    return tariff[zones - 1]\n")
    assert codes.pop("exercises/price-a-journey") == 1  # this program isn't right
    assert set(codes) == {"start", "watch", "hint", "hand-in", "reset"}
    assert set(codes.values()) == {0}
    assert list(tmp_path.glob("hand-in-heron-4821-*.zip"))


@pytest.mark.slow
def test_the_first_command_on_a_clean_clone(course_exercise, tmp_path):
    clone = tmp_path / "clone"
    subprocess.run(["git", "clone", "-q", ROOT, clone], check=True)
    environ = {name: os.environ[name] for name in os.environ if not name.startswith("COV")}

    first = _run(BLOCKS[0], clone, environ)
    assert first.returncode == 1, first.stderr
    assert "not started yet" in first.stdout
    assert "isolation full" in first.stdout

    for solution in (clone / "solutions").iterdir():
        for name, content in reference_work(course_exercise(solution.name), solution).items():
            (clone / "exercises" / solution.name / name).write_bytes(content)
    again = _run(".venv/bin/grade exercises/", clone, environ)
    assert again.returncode == 0, again.stdout + again.stderr


def _run(command, folder, environ):
    return subprocess.run(
        command, shell=True, cwd=folder, env=environ, capture_output=True, text=True, check=False
    )
