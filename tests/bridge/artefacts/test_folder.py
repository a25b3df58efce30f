"""What is told of a folder that a script has worked in: nothing in it is followed."""

from __future__ import annotations

import os
import socket

import pytest

from grader.bridge.artefacts.malformed import Malformed
from grader.bridge.artefacts.readers import Told, ask_reader, told
from grader.bridge.artefacts.scripts import _Entry


def survey(forks, folder):
    return {
        one.name: one
        for one in ask_reader(
            forks, "surveying", {}, {"folder": str(folder)}, Told[list[_Entry]], note=pytest.fail
        )
    }


def test_kinds_modes_and_targets(forks, tmp_path):
    folder = tmp_path / "made"
    (folder / "a" / "b").mkdir(parents=True)
    (folder / "a" / "secret").write_bytes(b"x\xff")
    (folder / "a" / "secret").chmod(0o600)
    (folder / "current").symlink_to("/etc/passwd")
    (folder / "loop").symlink_to(".")
    os.mkfifo(folder / "pipe")
    with socket.socket(socket.AF_UNIX) as listening:
        listening.bind(str(folder / "sock"))
        found = survey(forks, folder)
    assert sorted(found) == ["a", "a/b", "a/secret", "current", "loop", "pipe", "sock"]
    assert {name: one.kind for name, one in found.items()} == {
        "a": "folder",
        "a/b": "folder",
        "a/secret": "file",
        "current": "link",
        "loop": "link",
        "pipe": "other",
        "sock": "other",
    }
    assert (found["a/secret"].mode, found["a/secret"].data) == (0o600, b"x\xff")
    assert found["a/secret"].text == "x\\xff"
    assert found["current"].target == "/etc/passwd"


def test_too_much_of_a_folder(forks, tmp_path):
    many = tmp_path / "many"
    many.mkdir()
    for number in range(2001):
        (many / str(number)).touch()
    with pytest.raises(Malformed, match="made more than 2,000 files and folders"):
        survey(forks, many)
    deep = tmp_path / "deep"
    deep.joinpath(*["d"] * 60).mkdir(parents=True)
    with pytest.raises(Malformed, match="more than 40 deep in each other"):
        survey(forks, deep)
    big = tmp_path / "big"
    big.mkdir()
    with (big / "sparse").open("wb") as file:
        file.truncate(1 << 40)
    assert survey(forks, big)["sparse"].data is None


@pytest.mark.parametrize(
    "data",
    [b"", b"{", b"[]", b'{"found": 3}', b'{"found": [{"name": 1}]}', b"\xff", b"[" * 100_000],
    ids=range(7),
)
def test_an_answer_that_is_none(data):
    with pytest.raises(Malformed):
        told(data, Told[list[_Entry]], pytest.fail)


def test_what_a_library_said_goes_to_the_tutor():
    notes = []
    with pytest.raises(Malformed, match="can't be read; open it in an editor"):
        told(b'{"problem": "", "detail": "KeyError: 1"}', Told[list[_Entry]], notes.append)
    assert notes == ["KeyError: 1"]
