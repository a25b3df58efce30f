"""`grade lint` as an author sees it."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner

from grader.authoring.rules import all_rules
from grader.cli.main import cli

SOUND = Path(__file__).parent / "sound"
READING = [f"--only={name}" for name, rule in all_rules().items() if rule.only_reads]


@pytest.fixture(autouse=True)
def course(made_up, tmp_path, monkeypatch):
    shutil.copytree(SOUND, tmp_path, dirs_exist_ok=True)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def grade(*arguments):
    done = CliRunner().invoke(cli, ["lint", *arguments])
    return done.exit_code, f"{done.stdout}{done.exception or ''}"


def test_sound():
    code, said = grade(*READING)
    assert code == 0
    assert said.startswith("parcels: sound\none exercise, 0 programs tried, ")


def test_a_problem_is_one_line_with_its_place_and_rule(course):
    path = course / "solutions/parcels/hidden/test_parcels_hidden.py"
    path.write_text(path.read_text().replace('    """Light parcels cost 2, all others 5."""\n', ""))
    code, said = grade(*READING)
    assert code == 1
    assert said.splitlines()[:2] == [
        "parcels: one problem",
        "  solutions/parcels/hidden/test_parcels_hidden.py:16 test_prices has no docstring; "
        "say in one sentence what holds [test-docstrings]",
    ]


def test_figures_and_survivors():
    rules = ("--only=mutants-killed", "--only=branches-reached", "--jobs=1")
    code, said = grade(*rules)
    assert code == 1
    assert ", 14 of 15 mutants killed, 1 of 12 lines and branches reached\n" in said
    assert " under the hidden suite; add a test [branches-reached]\n" in said
    assert (
        "to look at: solutions/parcels/parcels.py:12 survived: postage: "
        "`grams < 1` became `grams <= 1` [mutants-killed]\n" in said
    )
    again = grade(*rules)[1]
    assert "16 programs tried, 16 of them known from before" in again


def test_what_the_author_accepts(course):
    row = """
[[accepted]]
rule = "mutants-killed"
file = "parcels.py"
what = "postage: `grams {0} 1` became `grams <= 1`"
reason = "Said so."
"""
    accepted = "format = 1\n" + row.format("<") + row.format("==")
    (course / "solutions/parcels/lint.toml").write_text(accepted)
    code, said = grade("--only=mutants-killed", "--jobs=1")
    assert code == 1
    assert ", 14 of 14 mutants killed and 1 accepted\n" in said
    assert "to look at" not in said
    assert "`grams == 1` became `grams <= 1`: there is no such survivor any more" in said


def test_json():
    code, said = grade("--json", "-", "--only=ticket-headings")
    assert code == 0
    report = json.loads(said)
    assert report["format"] == 1
    assert report["exercises"] == [{"id": "parcels", "problems": [], "notes": [], "figures": {}}]
    grade("--json", "lint.json", "--only=ticket-headings")
    assert json.loads(Path("lint.json").read_text())["trials"] == 0


def test_facts_that_can_not_be_read_are_told_first(course):
    path = course / "exercises/parcels/exercise.toml"
    path.write_text(
        path.read_text().replace('"S15"]\nwork', '"S99"]\nwork').replace("minutes", "m")
    )
    code, said = grade()
    assert code == 1
    assert said.count("[schema]") == 4
    assert "isn't a KSB of the standard" in said


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["parcel"], "did you mean `parcels`?"),
        (["--only", "no-todos"], "did you mean `no-todo`?"),
        (["--exercises", "nowhere", "--solutions", "solutions"], "isn't a folder"),
        (["--solutions", "nowhere"], "isn't a folder"),
        (["--json", "nowhere/x", "--only", "no-todo"], "can't be written"),
    ],
)
def test_wrong_use(arguments, words):
    code, said = grade(*arguments)
    assert code != 0
    assert words in said


def test_rules_are_listed():
    code, said = grade("--rules")
    assert code == 0
    assert [line for line in said.splitlines() if line[0] != " "] == list(all_rules())
