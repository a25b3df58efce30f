"""The zip: what would be read, under names that a reader finds again, the same each time."""

from __future__ import annotations

import hashlib
import io
import json
import zipfile
from datetime import UTC, datetime

import pytest

from grader.catalogue import digest_of
from grader.errors import UsageError
from grader.individual import Learner
from grader.submission import read_folder
from grader.workspace.handing_in import Work, default_name, gather, pack, save_new
from grader.workspace.hints import next_hint

HERON = Learner("heron-4821")
NOW = datetime(2026, 7, 1, 8, 30, 1, tzinfo=UTC)
CODE = b"\xef\xbb\xbfdef price():\r\n    return 1\r\n"


@pytest.fixture
def begun(exercise):
    (exercise.folder / "fares.py").write_bytes(CODE)
    (exercise.folder / "trace.log").write_text("left by a program")
    return exercise


def packed(works, workspace):
    return pack(works, workspace, apprentice="heron-4821", attempt=2, now=NOW)


@pytest.mark.parametrize("year", [1970, 2026, 2139])
def test_any_clock_packs(year, workspace, exercise):
    now = datetime(year, 3, 2, tzinfo=UTC)
    data = pack(
        [Work(exercise, {"fares.py": b"x"})], workspace, apprentice="a-1", attempt=1, now=now
    )
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert archive.infolist()[0].date_time[0] == min(max(year, 1980), 2107)
        assert json.loads(archive.read("manifest.json"))["made"].startswith(str(year))


def test_what_is_packed_is_what_would_be_read(begun, exercises, workspace, tmp_path):
    next_hint(workspace, begun, tuple)
    works = gather(exercises, [], HERON)
    assert [work.exercise.id for work in works] == [begun.id]  # the other is not started
    target = tmp_path / "work.zip"
    save_new(target, packed(works, workspace))
    with zipfile.ZipFile(target) as archive:
        names = archive.namelist()
        assert names == [
            "manifest.json",
            "price-a-journey/fares.py",
            "price-a-journey/test_fares.py",
        ]
        archive.extractall(tmp_path / "out")
        manifest = json.loads(archive.read("manifest.json"))
    read = read_folder(tmp_path / "out" / begun.id, begun.work).files
    assert read == read_folder(begun.folder, begun.work).files
    assert read["fares.py"] == b"def price():\n    return 1\n"
    (entry,) = manifest["exercises"]
    assert manifest["made"] == "2026-07-01T08:30:01Z"
    assert (manifest["format"], manifest["apprentice"]) == (1, "heron-4821")
    assert (entry["attempt"], entry["work_digest"]) == (2, digest_of(read))
    assert entry["files"] == {
        name: "sha256:" + hashlib.sha256(content).hexdigest() for name, content in read.items()
    }
    assert [hint["source"] for hint in entry["hints"]] == ["ticket"]


def test_the_same_work_gives_the_same_bytes(begun, exercises, workspace):
    assert packed(gather(exercises, [], HERON), workspace) == packed(
        gather(exercises, [], HERON), workspace
    )


def test_what_was_not_started_is_refused(begun, exercises):
    with pytest.raises(UsageError, match="haven't started `first-unit`"):
        gather(exercises, [begun.id, "first-unit"], HERON)


def test_nothing_started_at_all(exercises):
    with pytest.raises(UsageError, match="haven't started an exercise yet"):
        gather(exercises, [], HERON)


def test_what_is_missing_is_said(begun, exercises):
    (begun.folder / "test_fares.py").unlink()
    (work,) = gather(exercises, [begun.id], HERON)
    assert list(work.files) == ["fares.py"]
    assert any("test_fares.py isn't there" in finding for finding in work.findings)


def test_a_file_that_is_there_stays(tmp_path):
    target = tmp_path / default_name("heron-4821", NOW)
    assert target.name == "hand-in-heron-4821-20260701-083001.zip"
    save_new(target, b"first")
    with pytest.raises(UsageError, match="is there already"):
        save_new(target, b"second")
    assert target.read_bytes() == b"first"
    with pytest.raises(UsageError, match="can't be written"):
        save_new(tmp_path / "nowhere" / "a.zip", b"")
