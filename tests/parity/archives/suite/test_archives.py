import os
import zipfile

import pytest
from program import UnsafeArchive, pack, publish, rotate, unpack


@pytest.fixture
def folder(tmp_path):
    folder = tmp_path / "site"
    (folder / "sub").mkdir(parents=True)
    (folder / "a.txt").write_text("A" * 1000)
    (folder / "sub" / "b.txt").write_text("B")
    (folder / "c.tmp").write_text("C")
    return folder


def test_packs(folder, tmp_path):
    assert pack(folder, tmp_path / "out.zip") == tmp_path / "out.zip"
    with zipfile.ZipFile(tmp_path / "out.zip") as archive:
        assert archive.namelist() == ["a.txt", "sub/b.txt"]
        assert archive.read("sub/b.txt") == b"B"
    assert (tmp_path / "out.zip").stat().st_size < 500


def test_unpacks(folder, tmp_path):
    pack(folder, tmp_path / "out.zip")
    assert unpack(tmp_path / "out.zip", tmp_path / "again") == ["a.txt", "sub/b.txt"]
    assert (tmp_path / "again" / "sub" / "b.txt").read_text() == "B"


def test_refuses_names_that_leave_the_folder(tmp_path):
    with zipfile.ZipFile(tmp_path / "bad.zip", "w") as archive:
        archive.writestr("../evil.txt", "x")
    with pytest.raises(UnsafeArchive, match="leaves the folder") as caught:
        unpack(tmp_path / "bad.zip", tmp_path / "new")
    assert caught.value.name == "../evil.txt"
    assert not (tmp_path / "new").exists()


def test_not_an_archive(tmp_path):
    (tmp_path / "bad.zip").write_text("no")
    with pytest.raises(zipfile.BadZipFile):
        unpack(tmp_path / "bad.zip", tmp_path / "new")


def test_keeps_the_newest(tmp_path):
    for name, age in (("a.bak", 300), ("b.bak", 100), ("c.bak", 200)):
        (tmp_path / name).write_text(name)
        os.utime(tmp_path / name, (1_700_000_000 - age, 1_700_000_000 - age))
    assert rotate(tmp_path, 2) == ["c.bak", "b.bak"]
    assert {path.name for path in tmp_path.iterdir()} == {"b.bak", "c.bak"}


def test_publishes(folder, tmp_path):
    publish(folder, tmp_path / "live")
    assert not folder.exists()
    found = [p.relative_to(tmp_path).as_posix() for p in sorted(tmp_path.rglob("*"))]
    assert found == ["live", "live/a.txt", "live/sub", "live/sub/b.txt"]
