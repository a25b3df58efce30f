"""Honest folders and the slips people make: what is read, and what they are told."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from grader.errors import SubmissionError
from grader.submission import Finding, ReadLimits, Submission, read_folder

WORK = ("fares.py", "test_fares.py")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "price-a-journey"
    made.mkdir()
    (made / "fares.py").write_bytes(b"x = 1\n")
    (made / "test_fares.py").write_bytes(b"y = 2\n")
    return made


def said(submission: Submission) -> list[str]:
    return [f"{one.level}: {one.sentence}" for one in submission.findings]


def test_a_clean_folder(folder: Path) -> None:
    submission = read_folder(folder, WORK)
    assert submission == Submission(files={"fares.py": b"x = 1\n", "test_fares.py": b"y = 2\n"})


def test_only_work_is_read_and_the_courses_files_are_no_news(folder: Path) -> None:
    for name in ("exercise.toml", "README.md", "tariff.py", "examples/test_x.py"):
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_bytes(b"t = 1\n")
    submission = read_folder(folder, WORK, given={"tariff.py": b"t = 1\r\n", "absent.csv": b""})
    assert set(submission.files) == set(WORK)
    assert (submission.findings, submission.left_out) == ((), ())


def test_work_in_folders_and_other_kinds_of_work(folder: Path) -> None:
    (folder / "logs").mkdir()
    (folder / "logs" / "trace.log").write_bytes(b"\xff\r\n\0")
    submission = read_folder(folder, ("logs/trace.log",))
    assert submission.files == {"logs/trace.log": b"\xff\r\n\0"}


def test_a_changed_given_file_is_reported_and_not_read(folder: Path) -> None:
    (folder / "tariff.py").write_bytes(b"t = 2\n")
    (folder / "stations.csv").write_bytes(b"a" * 100_000)
    (folder / "link.csv").symlink_to("/etc/hostname")
    given = {"tariff.py": b"t = 1\n", "stations.csv": b"a", "link.csv": b""}
    submission = read_folder(folder, WORK, given=given)
    assert set(submission.files) == set(WORK)
    assert said(submission) == [
        "notice: tariff.py was changed; the grader uses the original.",
        "notice: stations.csv was changed; the grader uses the original.",
        "notice: link.csv was changed; the grader uses the original.",
    ]


@pytest.mark.parametrize(
    ("there", "sentence"),
    [
        ([], "fares.py isn't there; put it in the folder."),
        (["Fares.py"], "fares.py isn't there; there is Fares.py: if that is your work, rename it."),
        (["fares (1).py"], "fares.py isn't there; there is fares (1).py: if that is your work, "
         "rename it."),
        (["fares-Copy1.py", "a.py"], "fares.py isn't there; there is fares-Copy1.py: if that is "
         "your work, rename it."),
        (["fare.py"], "fares.py isn't there; there is fare.py: if that is your work, rename it."),
        (["fares.py.txt"], "fares.py isn't there; there is fares.py.txt: if that is your work, "
         "rename it."),
        (["unpacked/fares.py"], "fares.py isn't there; there is unpacked/fares.py: if that is your "
         "work, move it."),
        (["other.csv"], "fares.py isn't there; put it in the folder."),
    ],
)  # fmt: skip
def test_a_missing_work_file_with_what_may_be_meant(
    folder: Path, there: list[str], sentence: str
) -> None:
    (folder / "fares.py").unlink()
    for name in there:
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).touch()
    submission = read_folder(folder, WORK)
    assert set(submission.files) == {"test_fares.py"}
    assert submission.findings[0] == Finding(level="missing", file="fares.py", sentence=sentence)


def test_twins_that_differ_in_capitals(folder: Path) -> None:
    (folder / "Fares.py").write_bytes(b"x = 3\n")
    submission = read_folder(folder, WORK)
    assert submission.files["fares.py"] == b"x = 1\n"
    assert said(submission)[0] == (
        "notice: fares.py is read, Fares.py is not: their names differ only in small and capital "
        "letters; keep your work in fares.py."
    )


def test_accents_stored_in_two_ways_are_twins(folder: Path) -> None:
    (folder / "e\u0301.txt").touch()
    submission = read_folder(folder, ("\u00e9.txt",))
    assert "if that is your work, rename it" in submission.findings[0].sentence


def test_configuration_and_bytecode_are_named_and_never_read(folder: Path) -> None:
    for name in (
        "conftest.py", "pytest.ini", ".coveragerc", "sitecustomize.py", "a.pth", "SetUp.cfg",
        "tox.ini", "pyproject.toml", "ruff.toml", "usercustomize.py", "old.pyc",
    ):  # fmt: skip
        (folder / name).write_bytes(b"raise SystemExit")
    for name in ("__pycache__", ".git", "evil-1.0.dist-info"):
        (folder / name).mkdir()
        (folder / name / "inside.py").write_bytes(b"raise SystemExit")
    submission = read_folder(folder, WORK)
    assert set(submission.files) == set(WORK)
    assert said(submission) == [
        "notice: Left out: .coveragerc, .git, SetUp.cfg, a.pth, conftest.py and 7 more are never "
        "read by the grader.",
        "note: Left out: __pycache__ and old.pyc are never read by the grader.",
    ]
    assert "conftest.py" in submission.left_out
    assert "__pycache__/inside.py" not in submission.left_out


def test_configuration_may_be_work(folder: Path) -> None:
    (folder / "pyproject.toml").write_bytes(b"[project]\n")
    submission = read_folder(folder, ("pyproject.toml",))
    assert submission.files == {"pyproject.toml": b"[project]\n"}
    assert not [one for one in submission.findings if "never read" in one.sentence]


def test_other_files_come_in_one_line_each_sort(folder: Path) -> None:
    for name in ("notes.txt", ".DS_Store", "helpers.py", "pictures/one.png"):
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).touch()
    submission = read_folder(folder, WORK)
    assert said(submission) == [
        "notice: Left out: helpers.py. This exercise takes only fares.py and test_fares.py; put "
        "what you need into one of them.",
        "note: Left out: .DS_Store, notes.txt and pictures/one.png. This exercise takes only "
        "fares.py and test_fares.py.",
    ]
    assert submission.left_out == (".DS_Store", "helpers.py", "notes.txt", "pictures/one.png")


def test_braces_in_a_name_are_only_a_name(folder: Path) -> None:
    (folder / "{0.__class__}{}{be}.txt").touch()
    submission = read_folder(folder, ("fares.py",))
    assert "Left out: test_fares.py. This exercise takes only fares.py; put" in said(submission)[0]
    assert said(submission)[1].startswith("note: Left out: {0.__class__}{}{be}.txt. This")


def test_remarks_on_encodings_name_the_file(folder: Path) -> None:
    (folder / "fares.py").write_bytes(b"# coding: latin-1\r\nx = '\xfc'\r\n")
    (folder / "test_fares.py").write_bytes("x = 1".encode("utf-16"))
    submission = read_folder(folder, WORK)
    assert submission.files == {"fares.py": "# coding: utf-8\nx = 'ü'\n".encode()}
    assert said(submission) == [
        "notice: fares.py is saved as latin-1; it was read as that and turned into UTF-8.",
        "refused: test_fares.py is saved as UTF-16, which Python can't read; save it with the "
        "encoding UTF-8 (in most editors: Save as, Encoding, UTF-8).",
    ]


def test_sizes_are_limited_file_by_file_and_together(folder: Path) -> None:
    limits = ReadLimits(source_bytes=10, file_bytes=20, total_bytes=24)
    (folder / "a.txt").write_bytes(b"a" * 20)
    (folder / "b.txt").write_bytes(b"b" * 21)
    (folder / "c.py").write_bytes(b"c" * 11)
    submission = read_folder(folder, ("a.txt", "b.txt", "c.py", "fares.py"), limits=limits)
    assert set(submission.files) == {"a.txt"}
    assert said(submission)[:3] == [
        "refused: b.txt is 21 bytes long and at most 20 are read; make it smaller.",
        "refused: c.py is 11 bytes long and at most 10 are read; make it smaller.",
        "refused: fares.py brings the work above 24 bytes; make it smaller.",
    ]


@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        ("nowhere", "The folder `nowhere` isn't there. Check its name."),
        ("file", "`file` isn't a folder. Name the folder that holds the work."),
        ("link", "`link` is a link, and links aren't followed. Name the folder itself."),
        ("a\0b", r"The folder `a\x00b` can't be read: its name can't be used."),
        ("n" * 300, None),
    ],
)
def test_a_folder_that_cannot_be_read_at_all(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, sentence: str | None
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "file").touch()
    (tmp_path / "link").symlink_to(tmp_path)
    with pytest.raises(SubmissionError) as caught:
        read_folder(Path(name), WORK)
    if sentence is not None:
        assert str(caught.value) == sentence


def test_permissions_that_forbid_reading(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The superuser reads everything, so the system's answer is put in its place."""
    real = os.open

    def forbid(path: str, flags: int, *, dir_fd: int | None = None) -> int:
        if path == "fares.py":
            raise PermissionError(13, "Permission denied")
        return real(path, flags, dir_fd=dir_fd)

    monkeypatch.setattr(os, "open", forbid)
    submission = read_folder(folder, WORK)
    assert set(submission.files) == {"test_fares.py"}
    assert said(submission) == [
        "refused: fares.py can't be read: its permissions forbid it; allow reading it."
    ]


def test_a_folder_whose_permissions_forbid_reading(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def forbid(path: str, flags: int, *, dir_fd: int | None = None) -> int:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(os, "open", forbid)
    with pytest.raises(SubmissionError, match="its permissions forbid it"):
        read_folder(folder, WORK)


def test_a_faulty_disk_is_a_plain_sentence(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(opened: int, length: int) -> bytes:
        raise OSError(5, "Input/output error")

    monkeypatch.setattr(os, "read", fail)
    submission = read_folder(folder, ("fares.py",))
    assert said(submission)[0] == "refused: fares.py can't be read: Input/output error."


def test_a_file_that_grows_while_it_is_read(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "read", lambda opened, length: b"x" * length)
    submission = read_folder(folder, ("fares.py",), limits=ReadLimits(source_bytes=100))
    assert submission.files == {}
    assert said(submission)[0] == (
        "refused: fares.py is longer than the 100 bytes that are read; make it smaller."
    )


def test_names_of_work_are_never_led_outside(folder: Path) -> None:
    for name in ("../secret", "a/../../secret", "", "a/"):
        with pytest.raises(ValueError, match="not a plain relative path"):
            read_folder(folder, (name,))
