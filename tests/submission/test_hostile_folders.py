"""Folders made to hang, crash, mislead or lead the grader outside; nothing of them is followed."""

from __future__ import annotations

import os
import socket
import stat
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from grader.escaping import visible
from grader.submission import ReadLimits, Submission, opening, read_folder
from grader.submission.names import closest, is_closed_folder, is_configuration, is_odd, twins

SECRET = b"the tutor's own\n"


def refused(submission: Submission) -> dict[str, str]:
    return {one.file: one.sentence for one in submission.findings if one.level == "refused"}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "secret.py").write_bytes(SECRET)
    made = tmp_path / "work"
    made.mkdir()
    return made


@pytest.fixture(autouse=True)
def _no_descriptor_is_left_open() -> object:
    before = len(os.listdir("/proc/self/fd")) if os.path.isdir("/proc/self/fd") else 0
    yield
    after = len(os.listdir("/proc/self/fd")) if os.path.isdir("/proc/self/fd") else 0
    assert after == before


def make_socket(path: Path) -> None:
    here = os.getcwd()
    os.chdir(path.parent)  # the path of a socket may only be about 100 bytes long
    try:
        with socket.socket(socket.AF_UNIX) as made:
            made.bind(path.name)
    finally:
        os.chdir(here)


def make_sparse(path: Path) -> None:
    path.touch()
    os.truncate(path, 1 << 40)


@pytest.mark.parametrize(
    ("make", "reason"),
    [
        (os.mkfifo, "is a named pipe and not a file"),
        (make_socket, "is a socket and not a file"),
        (make_sparse, "is 1,099,511,627,776 bytes long and at most 1,000,000 are read"),
        (os.mkdir, "is a folder and a file is needed"),
        (lambda path: path.symlink_to("../secret.py"), "is a link, and links aren't followed"),
        (lambda path: path.symlink_to("fares.py"), "is a link, and links aren't followed"),
        (lambda path: path.symlink_to("/dev/zero"), "is a link, and links aren't followed"),
    ],
    ids=["pipe", "socket", "sparse", "folder", "link", "link-to-itself", "link-to-device"],
)
def test_what_is_no_ordinary_file_is_refused(
    folder: Path, make: Callable[[Path], object], reason: str
) -> None:
    make(folder / "fares.py")
    submission = read_folder(folder, ("fares.py",))
    assert submission.files == {}
    assert refused(submission)["fares.py"].startswith(f"fares.py {reason}")


def test_a_device_is_refused_without_opening_it() -> None:
    with (
        opening.open_root(Path("/dev")) as root,
        pytest.raises(opening.UnreadableError, match="is a device and not a file"),
    ):
        opening.read_file(root, "zero", 10)


def test_a_pipe_put_in_place_after_the_look_does_not_block(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (folder / "fares.py").touch()
    real = os.stat

    def swap(*arguments: object, **options: object) -> os.stat_result:
        found = real(*arguments, **options)  # type: ignore[arg-type]
        if stat.S_ISREG(found.st_mode) and arguments[0] == "fares.py":
            os.unlink(folder / "fares.py")
            os.mkfifo(folder / "fares.py")
        return found

    with opening.open_root(folder) as root:
        monkeypatch.setattr(os, "stat", swap)
        with pytest.raises(opening.UnreadableError, match="named pipe"):
            opening.read_file(root, "fares.py", 10)


def test_a_link_put_in_place_after_the_look_is_not_followed(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (folder / "fares.py").touch()
    real = os.stat

    def swap(*arguments: object, **options: object) -> os.stat_result:
        found = real(*arguments, **options)  # type: ignore[arg-type]
        os.unlink(folder / "fares.py")
        os.symlink("../secret.py", folder / "fares.py")
        return found

    with opening.open_root(folder) as root:
        monkeypatch.setattr(os, "stat", swap)
        with pytest.raises(opening.UnreadableError, match="links aren't followed"):
            opening.read_file(root, "fares.py", 10)


def test_links_and_files_in_place_of_folders(folder: Path) -> None:
    (folder / "logs").symlink_to("..")
    (folder / "data").touch()
    submission = read_folder(folder, ("logs/secret.py", "data/a.csv"))
    assert submission.files == {}
    assert set(refused(submission)) == {"logs/secret.py", "data/a.csv"}


def test_links_and_pipes_beside_the_work_are_named(folder: Path) -> None:
    (folder / "fares.py").touch()
    (folder / "out").symlink_to("..")
    os.mkfifo(folder / "pipe")
    submission = read_folder(folder, ("fares.py",))
    assert [one.sentence for one in submission.findings] == [
        "Left out: out (links aren't followed).",
        "Left out: pipe (not an ordinary file).",
    ]
    assert submission.left_out == ("out", "pipe")


@pytest.mark.parametrize(
    "shadow", ["fares/", "fares.so", "fares.pyc", "fares.cpython-311-x86_64-linux-gnu.so",
               "fares.cp313-win_amd64.pyd", "FARES.dylib/../fares.dylib"]
)  # fmt: skip
def test_a_module_that_something_else_could_stand_in_for(folder: Path, shadow: str) -> None:
    (folder / "fares.py").touch()
    if shadow.endswith("/"):
        (folder / shadow).mkdir()
        (folder / shadow / "__init__.py").touch()
    else:
        (folder / Path(shadow).name).touch()
    submission = read_folder(folder, ("fares.py",))
    assert submission.files == {}
    shown = shadow.rpartition("../")[2]
    assert refused(submission) == {
        "fares.py": f"fares.py has {shown} beside it, and Python could import that instead; "
        f"rename or delete {shown}."
    }


def test_a_package_is_found_behind_thousands_of_names(folder: Path) -> None:
    for number in range(60):
        (folder / f"a{number}").touch()
    (folder / "fares.py").touch()
    (folder / "fares").mkdir()
    submission = read_folder(folder, ("fares.py",), limits=ReadLimits(entries=1))
    assert "fares.py" in refused(submission)


def test_a_package_of_the_courses_own_is_no_shadow(folder: Path) -> None:
    (folder / "fares").mkdir()
    (folder / "fares.py").touch()
    (folder / "fares" / "table.csv").touch()
    submission = read_folder(folder, ("fares.py", "fares/table.csv"))
    assert set(submission.files) == {"fares.py", "fares/table.csv"}


def test_bytecode_made_by_running_the_work_is_no_shadow(folder: Path) -> None:
    (folder / "fares.py").touch()
    (folder / "__pycache__").mkdir()
    (folder / "__pycache__" / "fares.cpython-311.pyc").touch()
    submission = read_folder(folder, ("fares.py",))
    assert set(submission.files) == {"fares.py"}
    assert [one.level for one in submission.findings] == ["note"]


def test_twenty_thousand_files_are_not_all_looked_at(folder: Path) -> None:
    (folder / "many").mkdir()
    for number in range(20_000):
        os.close(os.open(folder / "many" / f"f{number}", os.O_CREAT))
    (folder / "zz.py").write_bytes(b"z = 1\n")
    submission = read_folder(folder, ("zz.py",))
    assert submission.files == {"zz.py": b"z = 1\n"}
    assert len(submission.left_out) <= ReadLimits().entries
    assert submission.findings[-1].sentence == (
        "There are more than 2,000 files and folders; the rest was not looked at. The work files "
        "are read all the same."
    )


def test_a_thousand_nested_folders(folder: Path) -> None:
    (folder / "fares.py").write_bytes(b"x = 1\n")
    nest(folder, 1000)
    submission = read_folder(folder, ("fares.py",))
    assert set(submission.files) == {"fares.py"}
    assert [one.sentence for one in submission.findings] == [
        "The folders go more than 16 levels deep; the rest was not looked at. The work files are "
        "read all the same."
    ]
    unnest(folder)


def nest(folder: Path, depth: int) -> None:
    here = os.getcwd()
    os.chdir(folder)
    for _ in range(depth):
        os.mkdir("d")
        os.chdir("d")
    os.chdir(here)


def unnest(folder: Path) -> None:
    """Take the folders off one by one: pytest's own clean-up goes too deep for Python 3.11."""
    while (folder / "d").is_dir():
        (folder / "d").rename(folder / "old")
        if (folder / "old" / "d").is_dir():
            (folder / "old" / "d").rename(folder / "d")
        (folder / "old").rmdir()


def test_a_folder_that_cannot_be_opened_is_passed_over(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (folder / "fares.py").touch()
    (folder / "closed").mkdir()
    real = os.open

    def forbid(path: str, flags: int, *, dir_fd: int | None = None) -> int:
        if path == "closed":
            raise PermissionError(13, "Permission denied")
        return real(path, flags, dir_fd=dir_fd)

    monkeypatch.setattr(os, "open", forbid)
    submission = read_folder(folder, ("fares.py",))
    assert set(submission.files) == {"fares.py"}
    assert submission.findings[0].sentence.startswith("The folder closed can't be opened; the rest")


def test_names_that_deceive_are_written_out(folder: Path) -> None:
    for name in ("a\x1b[2Jb", "x\ny", "cod\u202etxt.py", "\udcff\udcfe", "n" * 220):
        (folder / name).touch()
    submission = read_folder(folder, ("fares.py",))
    odd = submission.findings[1]
    assert odd.level == "notice"
    assert odd.sentence.startswith(r"Left out: a\x1b[2Jb, cod\u202etxt.py, nnnn")
    assert odd.sentence.endswith(" (a name that is too long or has unseen characters).")
    for text in (*submission.left_out, *(one.sentence for one in submission.findings)):
        assert visible(text, 2000) == text


BYTES_OF_NAMES = (
    st.binary(min_size=1, max_size=30)
    .map(lambda name: name.replace(b"/", b"_").replace(b"\0", b"\1"))
    .filter(lambda name: name not in (b".", b".."))
)
CONTENTS = st.one_of(st.binary(max_size=60), st.sampled_from(["folder", "pipe", "link"]))


@settings(
    deadline=None, max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    st.dictionaries(
        st.one_of(BYTES_OF_NAMES, st.sampled_from([b"fares.py", b"fares", b"Fares.py"])),
        CONTENTS,
        max_size=6,
    )
)
def test_any_names_and_any_bytes_give_a_submission(
    tmp_path_factory: pytest.TempPathFactory, entries: dict[bytes, bytes | str]
) -> None:
    folder = tmp_path_factory.mktemp("any")
    for name, content in entries.items():
        path = os.path.join(os.fsencode(folder), name)
        if content == "folder":
            os.mkdir(path)
        elif content == "pipe":
            os.mkfifo(path)
        elif content == "link":
            os.symlink(b"..", path)
        else:
            assert isinstance(content, bytes)
            with open(path, "wb") as file:
                file.write(content)
    submission = read_folder(folder, ("fares.py", "notes.txt"))
    assert set(submission.files) <= {"fares.py", "notes.txt"}
    for one in submission.findings:
        assert visible(one.sentence, 2000) == one.sentence
        assert visible(one.file) == one.file
    graded = set(submission.files)
    ended = {one.file for one in submission.findings if one.level in ("refused", "missing")}
    assert graded | ended == {"fares.py", "notes.txt"}
    assert not graded & ended


ANY_NAME = st.text(alphabet=st.characters(exclude_categories=(), exclude_characters="/\0"))


@settings(deadline=None)
@given(ANY_NAME.filter(bool), st.lists(ANY_NAME.filter(bool), max_size=5))
def test_rules_on_names_take_any_name(name: str, others: list[str]) -> None:
    assert isinstance(is_odd(name, 100), bool)
    assert is_closed_folder(name) or not is_configuration(name)
    assert name not in twins(name, [name, *others])
    assert closest(name, others) in ("", *others)
