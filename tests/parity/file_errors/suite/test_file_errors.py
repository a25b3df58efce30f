import errno

import pytest
from program import ConfigError, entries, first_line, load, make, total_size


def test_missing_file(tmp_path):
    path = tmp_path / "none.txt"
    with pytest.raises(FileNotFoundError) as caught:
        first_line(path)
    assert caught.value.errno == errno.ENOENT
    assert caught.value.filename in (path, str(path))
    assert str(caught.value) == f"[Errno 2] No such file or directory: '{path}'"


def test_a_folder_is_no_file(tmp_path):
    with pytest.raises(IsADirectoryError, match="Is a directory"):
        first_line(tmp_path)


def test_own_error_names_the_path(tmp_path):
    path = tmp_path / "settings.ini"
    with pytest.raises(ConfigError) as caught:
        load(str(path))
    assert str(caught.value) == f"cannot read {path}"
    assert isinstance(caught.value.__cause__, FileNotFoundError)
    path.write_text("[a]\n")
    assert load(path) == "[a]\n"


def test_not_utf8(tmp_path):
    (tmp_path / "x.txt").write_bytes(b"caf\xe9")
    with pytest.raises(UnicodeDecodeError) as caught:
        load(tmp_path / "x.txt")
    assert caught.value.start == 3
    assert caught.value.encoding == "utf-8"


def test_lists_a_folder(tmp_path):
    (tmp_path / "b.txt").write_text("12")
    (tmp_path / "sub").mkdir()
    (tmp_path / "sub" / "a.txt").write_text("345")
    assert entries(tmp_path) == ["b.txt", "sub"]
    assert total_size(tmp_path) == 5
    with pytest.raises(NotADirectoryError):
        entries(tmp_path / "b.txt")


def test_makes_an_empty_folder(tmp_path):
    made = make(tmp_path / "new")
    assert made.is_dir()
    assert made.parent == tmp_path
    with pytest.raises(FileExistsError):
        make(tmp_path / "new")


def test_an_empty_folder_can_be_listed(tmp_path):
    (tmp_path / "empty").mkdir()
    assert entries(tmp_path / "empty") == []
