"""The pseudonymous id: what is taken, what is refused and why, and a damaged file."""

from __future__ import annotations

import subprocess

import pytest

from grader.errors import SubmissionError
from grader.individual import NOBODY, Learner
from grader.workspace import (
    OwnNames,
    checked_id,
    identity_of,
    keep_identity,
    learner_of,
    own_names,
    suggestion,
)

OWN = OwnNames(accounts=("rpatel",), people=("Ravi Patel",), addresses=("r.patel@mail.co.uk",))


def test_suggestions_are_taken():
    for _ in range(50):
        made_up = suggestion()
        assert checked_id(made_up, OWN) == made_up


@pytest.mark.parametrize(
    ("text", "kept"),
    [("heron-4821", "heron-4821"), (" Heron-4821 ", "heron-4821"), ("ap017", "ap017")],
)
def test_what_is_taken(text, kept):
    assert checked_id(text, OWN) == kept


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "empty"),
        ("Sam Smith", "as names have"),
        ("sam@mail.co.uk", "e-mail address"),
        ("07812 345678", "phone number"),
        ("+44 7812 345678", "phone number"),
        ("ravi-77", "knows you by"),
        ("rpatel", "knows you by"),
        ("heron_4821", "letters a to z"),
        ("x" * 41, "at most 40"),
        ("../heron", "letters a to z"),
        ("héron", "letters a to z"),
    ],
)
def test_what_is_refused_and_why(text, words):
    with pytest.raises(SubmissionError, match=words) as caught:
        checked_id(text, OWN)
    assert "made-up id such as" in str(caught.value)


def test_it_is_kept_and_read_by_grading(workspace, course):
    assert learner_of(course) == NOBODY
    keep_identity(workspace, "heron-4821")
    assert identity_of(workspace) == "heron-4821"
    assert learner_of(course) == Learner("heron-4821", 1)


@pytest.mark.parametrize(
    "text",
    ["id = ", "format = 1\n", 'format = 1\nid = "../x"\n', 'format = 2\nid = "heron-1"\n', "\xff"],
)
def test_a_damaged_file_is_never_taken_for_nobody(workspace, course, text):
    workspace.folder.mkdir()
    (workspace.folder / "apprentice.toml").write_bytes(text.encode("latin-1"))
    with pytest.raises(SubmissionError, match="run `grade start`"):
        learner_of(course)


def test_names_of_the_machine_are_asked_of_git_and_the_account(tmp_path):
    subprocess.run(["git", "init", "-q", tmp_path], check=True)
    for key, value in (("user.name", "Ravi Patel"), ("user.email", "ravi@mail.co.uk")):
        subprocess.run(["git", "-C", tmp_path, "config", key, value], check=True)
    found = own_names(tmp_path)
    assert "Ravi Patel" in found.people
    assert found.addresses == ("ravi@mail.co.uk",)
    assert {"ravi", "patel"} <= found.words


def test_no_git_is_no_trouble(tmp_path, monkeypatch):
    monkeypatch.setenv("PATH", str(tmp_path))
    assert own_names(tmp_path).addresses == ()
