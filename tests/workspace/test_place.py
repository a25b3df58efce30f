"""State files: written whole or not at all, and never thrown away when they are damaged."""

from __future__ import annotations

import multiprocessing
import os
from pathlib import Path

import msgspec
import pytest

from grader.errors import SubmissionError
from grader.workspace import Workspace
from grader.workspace.place import write_whole


class Count(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    format: int = 1
    number: int = 0


def test_what_is_written_comes_back(workspace):
    assert workspace.read("count.json", Count, 1) is None
    assert not workspace.exists
    workspace.write("count.json", Count(number=3))
    assert workspace.read("count.json", Count, 1) == Count(number=3)
    assert workspace.folder.parent == workspace.folder.resolve().parent


@pytest.mark.parametrize("damage", [b"", b"{", b'{"numbr": 1}', b"\xff\xfe", b'{"number": "x"}'])
def test_a_damaged_file_is_moved_aside_and_said(workspace, damage):
    write_whole(workspace.folder / "count.json", damage)
    assert workspace.read("count.json", Count, 1) is None
    (kept,) = workspace.folder.glob("count.json.damaged-*")
    assert kept.read_bytes() == damage
    assert "Nothing was thrown away" in workspace.notices[0]
    assert kept.name in workspace.notices[0]


def test_a_newer_format_is_left_alone(workspace):
    workspace.write("count.json", Count(format=2, number=3))
    with pytest.raises(SubmissionError, match=r"format 2 but this grader reads 1"):
        workspace.read("count.json", Count, 1)
    assert (workspace.folder / "count.json").is_file()


def test_a_write_that_fails_leaves_the_old_file_and_nothing_else(tmp_path, monkeypatch):
    path = tmp_path / "fares.py"
    path.write_text("old")
    path.chmod(0o640)

    def full(_descriptor):
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patched:
        patched.setattr(os, "fsync", full)
        with pytest.raises(SubmissionError, match="No space left on device"):
            write_whole(path, b"new")
    assert path.read_text() == "old"
    assert [one.name for one in tmp_path.iterdir()] == ["fares.py"]
    write_whole(path, b"new")
    assert path.read_text() == "new"
    assert path.stat().st_mode & 0o777 == 0o640


def test_a_place_that_is_no_folder_is_a_plain_sentence(tmp_path):
    (tmp_path / ".grader").write_text("in the way")
    with (
        pytest.raises(SubmissionError, match=r"can't be written"),
        Workspace(tmp_path / "exercises").lock(),
    ):
        pass


def _add(exercises: Path, times: int) -> None:
    workspace = Workspace(exercises)
    for _ in range(times):
        with workspace.lock():
            before = workspace.read("count.json", Count, 1) or Count()
            workspace.write("count.json", Count(number=before.number + 1))


def test_two_writers_at_once_lose_nothing(course):
    context = multiprocessing.get_context("fork")
    writers = [context.Process(target=_add, args=(course, 20)) for _ in range(2)]
    for one in writers:
        one.start()
    for one in writers:
        one.join()
    assert Workspace(course).read("count.json", Count, 1) == Count(number=40)
