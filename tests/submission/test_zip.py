"""Zip archives: honest ones are read as folders are, hostile ones refused with the reason."""

from __future__ import annotations

import io
import struct
import tracemalloc
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from grader.errors import SubmissionError
from grader.submission import (
    ArchiveError,
    ArchiveLimits,
    Submission,
    exercises_in_zip,
    read_folder,
    read_submission,
    read_zip,
)
from grader.submission.archive import members_of, unpacked
from grader.submission.opening import UnreadableError

ID, WORK = "price-a-journey", ("fares.py", "test_fares.py")


def read(path: Path, work: tuple[str, ...] = WORK, **more: Any) -> Submission:
    return read_zip(path, work, exercise=ID, **more)


def refusal(path: Path, **more: Any) -> str:
    found = read(path, **more)
    assert found.files == {}
    (said,) = found.findings
    assert (said.level, said.file) == ("refused", path.name)
    return said.sentence


def packed(path: Path, files: dict[str, bytes], **how: Any) -> Path:
    """As Python's own zipfile writes it."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, **how) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return path


FILES = {
    "fares.py": b"\xef\xbb\xbfx = 1\r\n",
    "test_fares.py": b"y = 2\n",
    "notes.txt": b"n",
    "conftest.py": b"raise SystemExit",
    "__pycache__/fares.cpython-311.pyc": b"0",
    ".git/config": b"c",
    "lib/deep/more.py": b"z = 3\n",
    "tariff.csv": b"1\n",
}


@pytest.mark.parametrize("home", ["", f"{ID}/", f"work-of-me/{ID}/", f"a/b/{ID}/"])
def test_an_archive_gives_what_the_folder_gives(home: str, tmp_path: Path) -> None:
    folder = tmp_path / "folder"
    for name, data in FILES.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(data)
    path = packed(tmp_path / "x.zip", {home + name: data for name, data in FILES.items()})
    given = {"tariff.csv": b"2\n"}
    assert read(path, given=given) == read_folder(folder, WORK, given=given, exercise=ID)
    assert read_submission(path, WORK, exercise=ID, given=given) == read(path, given=given)


def test_several_exercises_in_one_archive(tmp_path: Path) -> None:
    path = packed(tmp_path / "x.zip", {f"me/{ID}/fares.py": b"x = 1\n", "me/other/o.py": b"o\n"})
    assert read(path).files == {"fares.py": b"x = 1\n"}
    assert read_zip(path, ("o.py",), exercise="other").files == {"o.py": b"o\n"}
    works = {ID: WORK, "other": ("o.py",), "third": ("t.py",)}
    assert exercises_in_zip(path, works) == (ID, "other")
    (said, *_) = read_zip(path, ("t.py",), exercise="third").findings
    assert said.level == "missing"
    assert said.sentence == "x.zip holds neither a folder named third nor t.py."


def test_a_copy_less_deep_wins_and_the_other_is_named(tmp_path: Path) -> None:
    path = packed(tmp_path / "x.zip", {f"{ID}/fares.py": b"1\n", f"old/{ID}/fares.py": b"2\n"})
    found = read(path)
    assert found.files == {"fares.py": b"1\n"}
    assert found.findings[0].sentence == (
        f"old/{ID}/ was not looked at; the work in {ID}/ was graded."
    )


@pytest.mark.parametrize(
    "home",
    [
        f"{ID} (1)",
        ID.replace("-", "_"),
        ID.replace("-", " ").title(),
        f"{ID} - Copy",
        f"Copy of {ID}",
        f"{ID}-main",
    ],
)
def test_a_folder_of_nearly_that_name_is_taken_when_alone_and_said(
    home: str, tmp_path: Path
) -> None:
    path = packed(tmp_path / "x.zip", {f"{home}/fares.py": b"1\n", f"{home}/conf.py": b"2\n"})
    found = read(path)
    assert found.files == {"fares.py": b"1\n"}
    assert found.findings[0].sentence == (
        f"{home}/ was taken as the folder {ID}, which isn't there."
    )
    assert exercises_in_zip(path, {ID: WORK, "other": ("fares.py",)}) == (ID,)
    both = packed(tmp_path / "y.zip", {f"{home}/fares.py": b"1\n", f"{ID}/fares.py": b"2\n"})
    assert read(both).files == {"fares.py": b"2\n"}
    assert f"{home}/ was not looked at" in read(both).findings[0].sentence


def test_two_folders_of_nearly_that_name_are_not_chosen_between(tmp_path: Path) -> None:
    files = {f"{ID} (1)/fares.py": b"1\n", f"{ID} (2)/fares.py": b"2\n"}
    assert "keep one of them" in refusal(packed(tmp_path / "x.zip", files))


def _with_backslashes(data: bytes) -> bytes:
    return data.replace(b"/", b"\\")


def test_backslashes_part_folders_when_no_name_has_slashes(tmp_path: Path) -> None:
    path = packed(tmp_path / "x.zip", {f"me/{ID}/fares.py": b"x = 1\n", "notes.txt": b"n\n"})
    path.write_bytes(_with_backslashes(path.read_bytes()))
    assert read(path).files == {"fares.py": b"x = 1\n"}
    outside = packed(tmp_path / "y.zip", {f"a/../../{ID}/fares.py": b"x = 1\n"})
    outside.write_bytes(_with_backslashes(outside.read_bytes()))
    assert "leads outside" in refusal(outside)


def test_two_copies_equally_deep_are_not_chosen_between(tmp_path: Path) -> None:
    path = packed(tmp_path / "x.zip", {f"a/{ID}/fares.py": b"1\n", f"b/{ID}/fares.py": b"2\n"})
    assert f"twice, in `a/{ID}/` and in `b/{ID}/`; keep one of them" in refusal(path)


def test_an_empty_outer_folder_of_the_name_is_looked_through(tmp_path: Path) -> None:
    path = packed(tmp_path / "x.zip", {f"{ID}/{ID}/fares.py": b"1\n", f"__MACOSX/{ID}/._f": b""})
    assert read(path).files == {"fares.py": b"1\n"}


class _Pipe(io.RawIOBase):
    """Where nobody can go back to, as when a browser is sent an archive."""

    def __init__(self) -> None:
        self.data = b""

    def writable(self) -> bool:
        return True

    def write(self, data: Any) -> int:
        self.data += bytes(data)
        return len(data)


@pytest.mark.parametrize("huge", [False, True], ids=["sizes-behind", "long-form"])
def test_archives_written_to_a_pipe_are_read(huge: bool, tmp_path: Path) -> None:
    pipe = _Pipe()
    with zipfile.ZipFile(pipe, "w", zipfile.ZIP_DEFLATED) as archive:  # type: ignore[call-overload]
        for name in WORK:
            with archive.open(name, "w", force_zip64=huge) as file:
                file.write(b"x = 1\n" * 50)
    path = tmp_path / "x.zip"
    path.write_bytes(pipe.data)
    assert set(read(path).files) == set(WORK)


def test_a_file_written_in_the_long_form(tmp_path: Path) -> None:
    path = tmp_path / "x.zip"
    with (
        zipfile.ZipFile(path, "w") as archive,
        archive.open("fares.py", "w", force_zip64=True) as f,
    ):
        f.write(b"x = 1\n")
    assert read(path).files == {"fares.py": b"x = 1\n"}


def test_a_dot_in_front_of_names_is_no_news(entry: Any, zipped: Callable[..., Path]) -> None:
    path = zipped(entry("./", b"", mode=0o040755), entry("./fares.py"))
    assert read(path).files == {"fares.py": b"x = 1\n"}


def test_archives_inside_are_named_and_never_opened(tmp_path: Path) -> None:
    path = packed(tmp_path / "x.zip", {"fares.py": b"1\n", "a.zip": b"PK", "b.tar.gz": b"\x1f"})
    assert [one.sentence for one in read(path).findings][-1] == (
        "Left out: a.zip and b.tar.gz (archives inside are never opened; hand in the files "
        "themselves)."
    )


# -- hostile

NAMES = {
    "../x.py": "`../x.py`, which leads outside of the folder",
    "a/../../x.py": "leads outside",
    "/abs.py": "an absolute path",
    "C:\\x.py": "a drive letter",
    "C:x.py": "a drive letter",
    "..\\x.py": "leads outside",
    "\\\\host\\share\\x.py": "an absolute path",
    "a/b\\x.py": "a backslash",
    "a//b.py": "no plain path",
    "a/./b.py": "no plain path",
    "": "no plain path",
    "fares.py\0.txt": "a zero byte",
    "d/" * 21 + "x": "22 folders deep, and at most 20 are allowed",
    "n" * 401: "401 bytes long, and at most 400 are allowed",
}


@pytest.mark.parametrize("name", NAMES)
def test_names_that_are_no_plain_paths(name: str, entry: Any, zipped: Any) -> None:
    assert NAMES[name] in refusal(zipped(entry("fares.py"), entry(name)))


def hostile(entry: Any) -> dict[str, tuple[list[Any], dict[str, Any], str]]:
    """Entries, other facts of the archive, and words of the reason."""
    other = struct.pack("<HHBL", 0x7075, 5 + 8, 1, 0) + b"fares.py"
    twice = [entry("fares.py"), entry("fares.py", b"y = 2\n")]
    return {
        "link": ([entry("fares.py", mode=0o120777)], {}, "a link in it, `fares.py`"),
        "pipe": ([entry("fares.py", mode=0o010644)], {}, "no file, `fares.py`"),
        "device": ([entry("fares.py", mode=0o020644)], {}, "no file, `fares.py`"),
        "password": ([entry("fares.py", flags=1)], {}, "a password, `fares.py`"),
        "strong": ([entry("fares.py", flags=0x41)], {}, "a password, `fares.py`"),
        "patch": ([entry("fares.py", flags=0x20)], {}, "unusual kind, `fares.py`"),
        "twice": (twice, {}, "two entries of the name `fares.py`"),
        "capitals": ([entry("fares.py"), entry("FARES.py")], {}, "`FARES.py`, whose names differ"),
        "accents": (
            [entry("\u00e9.py"), entry("e\u0301.py")],
            {},
            "differ only in capitals or in how",
        ),
        "both": ([entry("a"), entry("a/b")], {}, "`a` as a file and as a folder"),
        "folder": ([entry("fares.py", mode=0o040755)], {}, "a file and a folder, `fares.py`"),
        "filled": ([entry("a/", mode=0)], {}, "contents of its own, `a/`"),
        "method": ([entry("fares.py", method=12)], {}, "(method 12), `fares.py`"),
        "two names": ([entry("a.py", local={"name": b"b.py"})], {}, "`a.py` and `b.py`"),
        "other name": ([entry("a.py", extra=other)], {}, "two names, `a.py` and `fares.py`"),
        "two methods": ([entry("a.py", local={"method": 8})], {}, "different things about"),
        "two sizes": ([entry("a.py", local={"size": 5})], {}, "different things about"),
        "two checksums": ([entry("a.py", local={"checksum": 5})], {}, "different things about"),
        "stored longer": ([entry("a.py", size=50, local={"size": 50})], {}, "two sizes, `a.py`"),
        "zip64 size": ([entry("a.py", size=0xFFFFFFFF)], {}, "(zip64), `a.py`"),
        "zip64 end": ([entry("a.py")], {"shift": 0xFFFFFFFF - 40}, "(zip64)"),
        "fewer": ([entry("a.py"), entry("b.py")], {"count": 1}, "as many entries as it states (1)"),
        "more": ([entry("a.py")], {"count": 2}, "cut short or damaged"),
        "many": ([entry("a.py")], {"count": 0xFFFF}, "65,535 entries or more, and at most 5,000"),
        "front": ([entry("a.py")], {"front": b"MZ"}, "before `a.py` that it doesn't list"),
        "shifted": ([entry("a.py")], {"shift": -2}, "in front of or behind"),
        "behind": ([entry("a.py")], {"behind": b"x"}, "its end is missing"),
        "unlisted": (
            [entry("a.py"), entry("evil.py", listed=False), entry("b.py")],
            {},
            "before `b.py` that it doesn't list",
        ),
        "unlisted last": (
            [entry("a.py"), entry("evil.py", listed=False)],
            {},
            "behind its entries that it doesn't list",
        ),
        "one body": (
            [entry("a.py"), entry("b.py", offset=0, local={"name": b"a.py"})],
            {},
            "`b.py` and `a.py`",
        ),
        "nowhere": ([entry("a.py", offset=9_000_000)], {}, "cut short or damaged"),
        "no entry": ([entry("a.py", offset=3)], {}, "where there is none, `a.py`"),
        "large": (
            [entry("a.py", b"", size=40_000_000, method=8, local={"size": 40_000_000})],
            {},
            "40,000,000 bytes, `a.py`, and at most 32,000,000",
        ),
        "ratio": (
            [entry("a.py", bytes(2_000_000), method=8)],
            {},
            "more than 200 times its size, `a.py`",
        ),
        "name": ([entry(b"\xff.py", flags=0x800)], {}, "name isn't text"),
        "extra": ([entry("a.py", extra=b"\1\0\xff\xff")], {}, "damaged list"),
    }


CASES = sorted(hostile(lambda *_args, **_more: None))


@pytest.mark.parametrize("case", CASES)
def test_hostile_archives(case: str, entry: Any, zipped: Any) -> None:
    entries, facts, words = hostile(entry)[case]
    said = refusal(zipped(*entries, **facts))
    assert words in said
    assert said.isprintable()
    assert len(said) < 400


def test_entries_that_share_bytes(entry: Any, zipped: Any) -> None:
    """The second lies in the first one's contents, as in bombs of overlapping entries."""
    inner = zipped(entry("b.py")).read_bytes()[: 30 + 4 + 6]
    first = entry("a.py", inner)
    path = zipped(first, entry("b.py", offset=30 + 4))
    assert "overlap, at `b.py`" in refusal(path)


def test_an_archive_with_two_ends(entry: Any, zipped: Any) -> None:
    end = struct.pack("<4s4H2LH", b"PK\5\6", 0, 0, 0, 0, 0, 0, 0)
    assert "two ends" in refusal(zipped(entry("fares.py"), comment=b"x" + end))


def test_total_of_all_entries_is_limited(entry: Any, zipped: Any) -> None:
    limits = ArchiveLimits(total_bytes=10)
    path = zipped(entry("fares.py"), entry("b.py"))
    assert "more than 10 bytes (reached at `b.py`)" in refusal(path, archive_limits=limits)


@pytest.mark.parametrize(
    "wrong",
    [
        {"checksum": 1},
        {"packed": b"\xff\xff\xff", "method": 8},
        {"packed": b"\x03\x00" + b"hidden", "method": 8, "data": b""},
        {"packed": b"\xab\xa8P\xb0U0\xe4\x02", "method": 8},
        {"size": 3, "method": 8},
        {"size": 300, "method": 8},
    ],
    ids=["checksum", "no-stream", "more-behind", "cut", "longer", "shorter"],
)
def test_contents_that_are_not_as_stated(wrong: dict[str, Any], entry: Any, zipped: Any) -> None:
    (said, *_) = read(zipped(entry("fares.py", **wrong), entry("b.py"))).findings
    assert (said.level, said.file) == ("refused", "fares.py")
    assert said.sentence == (
        "fares.py is damaged in the archive; zip the folder again and hand that in."
    )


def test_a_bomb_is_not_unpacked_further_than_it_says(entry: Any, zipped: Any) -> None:
    """Sixty-four mebibytes that say they are a hundred bytes."""
    import zlib

    deflate = zlib.compressobj(9, zlib.DEFLATED, -15)
    packed = b"".join(deflate.compress(bytes(1 << 20)) for _ in range(64)) + deflate.flush()
    path = zipped(entry("fares.py", packed=packed, size=100, method=8))
    tracemalloc.start()
    try:
        assert read(path).files == {}
        _, most = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert most < 4 << 20


def test_too_many_entries_are_refused_at_once(entry: Any, zipped: Any) -> None:
    path = zipped(*[entry(f"{n}", b"") for n in range(6_000)])
    assert "holds 6,000 entries, and at most 5,000 are looked at" in refusal(path)


def test_an_archive_that_is_too_long(entry: Any, zipped: Any) -> None:
    limits = ArchiveLimits(archive_bytes=50)
    assert "at most 50 are read" in refusal(zipped(entry("fares.py")), archive_limits=limits)


def test_an_archive_that_is_a_link_a_pipe_or_no_archive(tmp_path: Path) -> None:
    import os

    (tmp_path / "link.zip").symlink_to(packed(tmp_path / "x.zip", {"fares.py": b""}))
    os.mkfifo(tmp_path / "pipe.zip")
    (tmp_path / "page.zip").write_bytes(b"<html>404</html>")
    (tmp_path / "empty.zip").touch()
    assert "is a link" in refusal(tmp_path / "link.zip")
    assert "is a named pipe" in refusal(tmp_path / "pipe.zip")
    for name in ("page.zip", "empty.zip"):
        assert "isn't a whole zip archive" in refusal(tmp_path / name)
    with pytest.raises(SubmissionError, match="isn't there"):
        read(tmp_path / "nowhere" / "x.zip")
    with pytest.raises(ArchiveError, match="is a link"):
        exercises_in_zip(tmp_path / "link.zip", {ID: WORK})


@pytest.mark.parametrize("name", ["x.tar", "x.TAR.GZ", "x.tgz", "x.7z", "x.rar"])
def test_other_archives_are_refused_plainly(name: str, tmp_path: Path) -> None:
    (tmp_path / name).write_bytes(b"ustar")
    found = read_submission(tmp_path / name, WORK, exercise=ID)
    assert [one.sentence for one in found.findings] == [
        f"{name} is an archive that isn't opened; hand in a zip."
    ]


def test_another_file_is_refused_plainly(tmp_path: Path) -> None:
    (tmp_path / "fares.py").write_bytes(b"x = 1\n")
    found = read_submission(tmp_path / "fares.py", WORK, exercise=ID)
    assert "hand in the folder of the exercise, or a zip of it" in found.findings[0].sentence


# -- any bytes


def a_sound_archive() -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in ("fares.py", "notes.txt"):
            archive.writestr(zipfile.ZipInfo(f"{ID}/{name}"), b"x = 1\n" * 20, 8)
    return buffer.getvalue()


SOUND = a_sound_archive()


@settings(deadline=None, max_examples=300)
@given(
    st.binary(max_size=300)
    | st.builds(
        lambda place, byte: SOUND[:place] + bytes([byte]) + SOUND[place + 1 :],
        st.integers(0, len(SOUND) - 1),
        st.integers(0, 255),
    )
    | st.builds(lambda a, b: SOUND[:a] + SOUND[b:], *[st.integers(0, len(SOUND))] * 2)
)
def test_any_bytes_are_refused_or_read_as_python_reads_them(data: bytes) -> None:
    try:
        members = members_of(data, ArchiveLimits())
    except ArchiveError:
        return
    try:
        theirs = zipfile.ZipFile(io.BytesIO(data))
    except NotImplementedError:  # it says that it needs a newer version of the format
        return
    assert [one.name for one in members] == theirs.namelist()
    for member in members:
        try:
            content = unpacked(data, member, 10_000)
        except UnreadableError:
            continue
        assert content == theirs.read(member.name)
