"""What is fuzzed: each target takes any bytes, and raises when a law doesn't hold."""

from __future__ import annotations

import ast
import io
import math
import warnings
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from grader.bridge.candidate import codec, frames
from grader.bridge.coverable import assess
from grader.bridge.own_tests import MOST_TESTS, Listener, OwnTests
from grader.bridge.reading_tests import read_tests
from grader.submission.archive import members_of, unpacked
from grader.submission.archive_names import ArchiveError
from grader.submission.findings import ArchiveLimits
from grader.submission.notebook import cells_of
from grader.submission.opening import UnreadableError
from grader.submission.sourcetext import clean_source
from grader.tables import load_toml

EXERCISE, WORK = "price-a-journey", ("fares.py", "notes.md")


@dataclass(frozen=True)
class Target:
    run: Callable[[bytes], None]
    longest: int


# -- what crosses the boundary


def fuzz_frames(data: bytes) -> None:
    """Any body is a message or a FrameError; a message packs to one that reads the same."""
    try:
        message = frames.unpack(data)
    except frames.FrameError:
        return
    assert type(message) is list
    again = frames.unpack(frames.pack(message)[4:])
    assert repr(again) == repr(message)


def _unknown(_node: Any) -> Any:
    raise codec.CodecError("unknown")


def fuzz_codec(data: bytes) -> None:
    """Any node is a value or a CodecError; a value is sent and read as the same value."""
    try:
        message = frames.unpack(data)
    except frames.FrameError:
        return
    for node in message:
        try:
            value = codec.Decoder(_unknown).value(node)
        except codec.CodecError:
            continue
        try:
            sent = codec.Encoder(_unknown).node(value)
        except codec.CodecError:
            continue
        again = codec.Decoder(_unknown).value(sent)
        assert alike(again, value), (node, value, again)


def alike(one: Any, other: Any) -> bool:
    """Equal and of one type all the way down; not-a-number equals itself here."""
    if type(one) is not type(other):
        return False
    if isinstance(one, float):
        same = one == other and math.copysign(1, one) == math.copysign(1, other)
        return same or (math.isnan(one) and math.isnan(other))
    if isinstance(one, dict):
        pairs = zip(one.items(), other.items(), strict=False)
        return len(one) == len(other) and all(alike(a, b) for a, b in pairs)
    if isinstance(one, list | tuple):
        return len(one) == len(other) and all(map(alike, one, other))
    if isinstance(one, set | frozenset):
        return sorted(map(repr, one)) == sorted(map(repr, other))
    return repr(one) == repr(other)


def fuzz_own_tests(data: bytes) -> None:
    """Any messages, one a line, are noted within bounds or refused; none raises."""
    listener = Listener(OwnTests({}, ("test_fares.py",), ("fares.py",)))
    for body in data.split(b"\n"):
        try:
            message = frames.unpack(body)
        except frames.FrameError:
            return
        if not listener.hear(message):
            return
    said = listener.said
    assert len(said.collected) <= MOST_TESTS
    assert set(said.cases) <= set(range(len(said.collected)))
    assert set(said.arcs) | set(said.foreign) <= {"fares.py"}
    assert not listener.running or listener.running in said.collected


# -- what is handed in

_SMALL = ArchiveLimits(
    entries=20, member_bytes=5_000, total_bytes=20_000, ratio_from=1_000, path_bytes=60, depth=5
)


def fuzz_zip(data: bytes) -> None:
    """Any bytes are refused, or give what Python's own zipfile gives, entry by entry."""
    try:
        members = members_of(data, _SMALL)
    except ArchiveError as error:
        assert str(error).isprintable()  # noqa: PT017
        return
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        try:
            archive = zipfile.ZipFile(io.BytesIO(data))
        except NotImplementedError:  # it asks for a newer version of the format
            return
    theirs = {info.header_offset: info for info in archive.infolist()}
    assert len(theirs) == len(members) <= 20
    for member, info in zip(members, archive.infolist(), strict=True):
        assert member.name == "./" or ".." not in member.name.split("/")
        assert not member.name.startswith("/")
        assert member.size == info.file_size <= 5_000
        assert member.is_folder == info.is_dir() or member.name == "./"
        try:
            content = unpacked(data, member, 5_000)
        except UnreadableError:
            continue
        assert content == archive.read(info), member


def fuzz_notebook(data: bytes) -> None:
    """Any bytes give cells for work files only, and findings that can be shown."""
    cells, findings, _ = cells_of({"n.ipynb": data}, EXERCISE, WORK)
    assert set(cells) <= set(WORK)
    assert all(len(cell.text) <= 3 * len(data) + 1 for cell in cells.values())
    assert all(finding.sentence.isprintable() for finding in findings)
    assert len(findings) <= 13


def fuzz_text(data: bytes) -> None:
    """Source text in one form stands for the same program; it is read and measured, or refused."""
    clean = clean_source(data)
    assert all(remark.text.isprintable() for remark in clean.remarks)
    if clean.text is not None:
        text = clean.text.decode("utf-8")
        assert "\r" not in text
        assert "\0" not in text
        if (theirs := _parsed(data)) is not None:
            assert _parsed(clean.text) == theirs
        assert clean_source(clean.text).text == clean.text
        _read_and_measured(clean.text)


def _parsed(data: bytes) -> str | None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            return ast.dump(ast.parse(data), include_attributes=True)
        except (SyntaxError, ValueError, RecursionError, MemoryError, LookupError):
            return None


def _read_and_measured(text: bytes) -> None:
    """As it is done in a limited process, where these two errors mean "too much"."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            read_tests({"test_fares.py": text}, ["test_fares.py"])
            assess(text, {(-1, 1), (1, 2), (2, -1)})
        except (RecursionError, MemoryError):
            pass


@dataclass(frozen=True)
class _InMemory:
    """Stands for a path."""

    data: bytes

    def read_bytes(self) -> bytes:
        return self.data


def fuzz_toml(data: bytes) -> None:
    """Any bytes are a table or a problem in words."""
    table, problems = load_toml(_InMemory(data))  # type: ignore[arg-type]
    assert not (table and problems)
    assert all(problem.isprintable() for problem in problems)


TARGETS = {
    "codec": Target(fuzz_codec, 2_000),
    "frames": Target(fuzz_frames, 2_000),
    "notebook": Target(fuzz_notebook, 4_000),
    "own-tests": Target(fuzz_own_tests, 4_000),
    "text": Target(fuzz_text, 1_000),
    "toml": Target(fuzz_toml, 1_000),
    "zip": Target(fuzz_zip, 2_000),
}
