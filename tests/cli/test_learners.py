"""Commands that know whose work it is: questions, --as, --judgements."""

from __future__ import annotations

import json
import shutil

import pytest
from click.testing import CliRunner

from grader.cli.judgements import judgements_in
from grader.cli.main import cli
from grader.errors import UsageError
from tests.cli.test_commands import ROOT, grade
from tests.copying import make_course


@pytest.fixture
def pack(tmp_path):
    """An apprentice's copy: one exercise, no solutions."""
    home = make_course(tmp_path, "csv-intake")
    (home / "csv-intake" / "exercise.toml").write_text(
        (home / "csv-intake" / "exercise.toml")
        .read_text()
        .replace('after = ["price-a-journey", "first-unit"]', "after = []")
    )
    return home


def test_questions_are_written_once_and_kept(pack):
    run = CliRunner().invoke
    first = run(cli, ["questions", str(pack / "csv-intake"), "--as", "heron-12"])
    assert first.exit_code == 0, first.output
    assert "Written: " in first.output
    again = run(cli, ["questions", str(pack / "csv-intake"), "--as", "heron-12"])
    assert "nothing to write" in again.output
    other = run(cli, ["questions", str(pack), "--as", "swift-3", "--to", str(pack.parent / "t")])
    assert other.exit_code == 0, other.output
    made = (pack.parent / "t" / "csv-intake" / "answers.toml").read_text()
    assert made != (pack / "csv-intake" / "answers.toml").read_text()


def test_a_form_alone_is_not_begun_and_answers_are(pack):
    folder = pack / "csv-intake"
    CliRunner().invoke(cli, ["questions", str(folder), "--as", "heron-12"])
    assert "not started yet" in grade(folder, "--as", "heron-12").stdout
    answers = folder / "answers.toml"
    answers.write_text(answers.read_text().replace('""', '"wcag"', 1))
    done = grade(folder, "--as", "heron-12")
    assert "Answered: 1 of 4 questions. They are not marked here." in done.stdout
    assert "not started yet" not in done.stdout.partition("Skills")[0]


def test_judgements_are_read_from_toml_and_json(tmp_path, course_exercise):
    exercises = [course_exercise("csv-intake")]
    one = {"exercise": "csv-intake", "criterion": "a", "level": "b", "note": "n"}
    (tmp_path / "j.json").write_text(json.dumps([one]))
    (tmp_path / "j.toml").write_text(
        '[[judgements]]\nexercise = "csv-intake"\ncriterion = "a"\nlevel = "b"\nnote = "n"\n'
    )
    found = judgements_in(tmp_path / "j.json", exercises)
    assert found == judgements_in(tmp_path / "j.toml", exercises)
    assert found["csv-intake"][0].level == "b"


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        ("j.toml", "x", "isn't valid TOML"),
        ("j.toml", "", "a list is needed"),
        ("j.json", "{", "isn't valid JSON"),
        ("j.json", "[1]", "judgement 1: expected a table"),
        ("j.json", '[{"exercise": "csv-intake", "criterion": "a"}]', "`level` is missing"),
        ("j.json", '[{"exercise": "csv-intak", "criterion": "a", "level": "b"}]', "did you mean"),
    ],
)
def test_judgements_that_cannot_be_used(tmp_path, course_exercise, name, text, said):
    (tmp_path / name).write_text(text)
    with pytest.raises(UsageError, match=said):
        judgements_in(tmp_path / name, [course_exercise("csv-intake")])


@pytest.mark.parametrize("name", ["none.toml", "none.json"])
def test_a_file_of_judgements_that_is_not_there(tmp_path, name):
    with pytest.raises(UsageError, match="can't be read"):
        judgements_in(tmp_path / name, [])


def test_a_rubric_from_waiting_to_judged(pack):
    folder = pack / "csv-intake"
    with (folder / "exercise.toml").open("a") as file:
        file.write(
            '[checks.rubric]\nksbs = ["S15"]\n[[checks.rubric.criteria]]\nid = "plain"\n'
            'title = "Your code reads like a plain text."\nmeets = "yes"\n'
            'levels = { no = "It does not.", yes = "It does." }\nevidence = ["intake.py"]\n'
        )
    shutil.copy(ROOT / "solutions" / "csv-intake" / "intake.py", folder)
    waits = grade(folder)
    assert "Your tutor still has to mark" in waits.stdout
    assert "Your code reads like a plain text." in waits.stdout
    (pack / "j.toml").write_text(
        '[[judgements]]\nexercise = "csv-intake"\ncriterion = "plain"\nlevel = "no"\n'
        'note = "Look at load() again."\n'
    )
    judged = grade(folder, "--judgements", pack / "j.toml", "--html", pack / "page")
    assert "Your tutor still has to mark" not in judged.stdout
    assert "Your code reads like a plain text." in judged.stdout
    for told in (judged.stdout, (pack / "page" / "index.html").read_text()):
        assert "From your tutor" in told
        assert "Look at load() again." in " ".join(told.split())
