"""What an author is told who uses the network or files in a way that can't cross."""

from __future__ import annotations

import http.server
from pathlib import Path
from typing import Any

import pytest

from grader.bridge.candidate.codec import CodecError
from grader.bridge.fixture import Candidate
from grader.bridge.services import _response
from grader.bridge.shared_folder import SharedFolder


@pytest.fixture
def candidate(learner: Any) -> Candidate:
    program = learner("def where():\n    import os\n    return os.getcwd()\n")
    made = Candidate(program.session)
    made.fares = program.fares  # type: ignore[attr-defined]
    return made


@pytest.mark.parametrize("action", ["service", "request"])
def test_the_loopback_must_be_asked_for(candidate: Any, author_fault: Any, action: str) -> None:
    arguments = {"service": [http.server.BaseHTTPRequestHandler], "request": [80, "GET", "/"]}
    with pytest.raises(author_fault) as caught:
        getattr(candidate, action)(*arguments[action])
    assert f"candidate.{action} needs the loopback" in caught.value.text
    assert "loopback = true under [sandbox] in exercise.toml" in caught.value.text


@pytest.mark.parametrize("handler", [0, True, "http://127.0.0.1:80", dict, 70_000])
def test_a_service_of_another_kind(candidate: Any, author_fault: Any, handler: object) -> None:
    candidate._session.loopback = True
    with pytest.raises(author_fault) as caught:
        candidate.service(handler)
    assert "http.server.BaseHTTPRequestHandler" in caught.value.text


def test_a_folder_that_the_program_does_not_have(
    candidate: Any, author_fault: Any, monkeypatch: Any, tmp_path: Path
) -> None:
    assert candidate.fares.where() == candidate.folder
    monkeypatch.chdir("/")
    with pytest.raises(author_fault) as caught:
        candidate.fares.where()
    assert "monkeypatch.chdir(tmp_path)" in caught.value.text


def test_a_path_of_another_test(
    candidate: Any, learner: Any, author_fault: Any, tmp_path: Path
) -> None:
    session = candidate._session
    (tmp_path / "old").mkdir()
    (tmp_path / "new").mkdir()
    session.offered = SharedFolder(session, tmp_path / "new", "/w/files")
    assert candidate.fares.where() == candidate.folder
    with pytest.raises(author_fault) as caught:
        candidate.fares.where(str(tmp_path / "old" / "x.txt"))
    assert "made outside this test" in caught.value.text


def test_answers_of_a_server_are_read_with_care() -> None:
    honest = ["ok", ["list", 200, "OK", ["list", ["tuple", "X-A", "1"]], ["bytes", "{}"]]]
    answer = _response(honest)
    assert (answer.status, answer.headers["x-a"], answer.json()) == (200, "1", {})
    with pytest.raises(ConnectionRefusedError):
        _response(["error", "ConnectionRefusedError", "refused"])
    with pytest.raises(ConnectionError):
        _response(["error", "SystemExit", "x"])
    for message in (
        ["ok"],
        ["no", 1],
        ["ok", ["list", 200, "OK", ["list"]]],
        ["ok", ["list", True, "OK", ["list"], ["bytes", ""]]],
        ["ok", ["list", 200, "OK", ["list", ["tuple", "X-A", 1]], ["bytes", ""]]],
    ):
        with pytest.raises(CodecError):
            _response(message)
