import pytest
from program import append, copy_bytes, number_lines, remove_empty, word_count


@pytest.mark.parametrize("kind", [str, lambda path: path])
def test_counts_words(tmp_path, kind):
    path = tmp_path / "poem.txt"
    path.write_text("one two\nthree £4\n", encoding="utf-8")
    assert word_count(kind(path)) == 4


def test_numbers_lines(tmp_path):
    source, target = tmp_path / "a.txt", tmp_path / "b.txt"
    source.write_text("x\ny\n")
    result = number_lines(source, target)
    assert result == target
    assert target.read_text() == "1: x\n2: y\n"
    assert source.read_text() == "x\ny\n"


def test_appends(tmp_path):
    path = tmp_path / "log.txt"
    append(path, "a")
    append(str(path), "b")
    assert path.read_text() == "a\nb\n"
    path.write_text("new\n")
    append(path, "c")
    assert path.read_text().splitlines() == ["new", "c"]


def test_removes_empty_files(tmp_path):
    inner = tmp_path / "in" / "side"
    inner.mkdir(parents=True)
    (inner / "empty.txt").touch()
    (tmp_path / "also.txt").touch()
    (inner / "full.txt").write_text("x")
    gone = remove_empty(tmp_path)
    assert sorted(path.name for path in gone) == ["also.txt", "empty.txt"]
    assert not (inner / "empty.txt").exists()
    assert gone[0] == tmp_path / "also.txt"
    assert [path.name for path in inner.iterdir()] == ["full.txt"]


def test_copies_bytes_into_a_new_folder(tmp_path):
    (tmp_path / "data.bin").write_bytes(bytes(range(256)))
    copy_bytes(tmp_path / "data.bin", tmp_path / "new" / "deep" / "copy.bin")
    assert (tmp_path / "new" / "deep" / "copy.bin").read_bytes() == bytes(range(255, -1, -1))
    with pytest.raises(FileExistsError):
        copy_bytes(tmp_path / "data.bin", tmp_path / "new" / "deep" / "copy.bin")
