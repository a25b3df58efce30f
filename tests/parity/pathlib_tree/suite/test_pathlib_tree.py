import os
from pathlib import PurePosixPath

import pytest
from program import move, newest, parts, relative, rename_all, tree


def test_tree(tmp_path):
    (tmp_path / "b" / "empty").mkdir(parents=True)
    (tmp_path / "b" / "c.txt").touch()
    (tmp_path / "a.txt").touch()
    assert tree(tmp_path) == ["a.txt", "b/", "  c.txt", "  empty/"]


def test_renames(tmp_path):
    (tmp_path / "x.txt").write_text("1")
    assert rename_all(str(tmp_path), ".md") == [tmp_path / "x.md"]
    assert os.listdir(tmp_path) == ["x.md"]


def test_relative(tmp_path):
    assert str(relative(tmp_path / "a" / "b", tmp_path)) == "a/b"
    with pytest.raises(ValueError, match="is not in the subpath"):
        relative("/x", tmp_path)


def test_parts():
    path, stem, suffixes, parent = parts("/data/a.tar.gz")
    assert path == PurePosixPath("/data/a.tar.gz")
    assert (stem, suffixes, parent) == ("a.tar", [".tar", ".gz"], PurePosixPath("/data"))


def test_newest(tmp_path):
    for name, when in (("a", 2_000_000), ("b", 1_000_000)):
        (tmp_path / name).touch()
        os.utime(tmp_path / name, (when, when))
    assert newest(tmp_path) == tmp_path / "a"


def test_moves(tmp_path):
    (tmp_path / "a.txt").write_text("1")
    assert move(tmp_path / "a.txt", tmp_path / "in" / "here") == tmp_path / "in/here/a.txt"
    assert not (tmp_path / "a.txt").exists()
    (tmp_path / "a.txt").write_text("2")
    with pytest.raises(FileExistsError) as caught:
        move(tmp_path / "a.txt", tmp_path / "in" / "here")
    assert caught.value.filename == str(tmp_path / "in" / "here" / "a.txt")
    assert (tmp_path / "a.txt").read_text() == "2"
