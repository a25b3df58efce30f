"""Keeps every text that is about to be replaced, for good: `.grader/history/`.

`texts/` holds each text once, named by its digest. `index.jsonl` has one line for each time that
a text was kept, and only ever grows: a text is on the disk before the line that names it. A line
that a power cut left half written is passed over, and shut off before the next one is added.
"""

from __future__ import annotations

import hashlib
import os
import re
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path

import msgspec

from grader.errors import SubmissionError
from grader.escaping import visible
from grader.system_errors import sync_file
from grader.workspace.place import Workspace, sync_folder, write_whole, writing

FOLDER = "history"
INDEX = "index.jsonl"
TEXTS = "texts"
_DIGEST = re.compile(r"sha256:[0-9a-f]{64}")


class Entry(msgspec.Struct, frozen=True, kw_only=True):
    """One text that was kept: when (ISO 8601, UTC), of which file, its digest, and why.

    `file` is relative to the exercises, as "price-a-journey/fares.py". Texts that were kept
    together have the same `at`.
    """

    at: str
    file: str
    digest: str
    why: str


class History:
    """The history of one workspace. Its methods take the workspace's lock themselves."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace
        self.folder = workspace.folder / FOLDER

    def keep(self, file: str, content: bytes, why: str) -> Entry:
        """Keep one text before it is replaced."""
        return self.keep_all({file: content}, why)[0]

    def keep_all(self, contents: Mapping[str, bytes], why: str) -> tuple[Entry, ...]:
        """Keep several texts that are replaced together."""
        at = datetime.now(UTC).isoformat(timespec="microseconds")
        entries = [
            Entry(at=at, file=file, digest=_digest(content), why=why)
            for file, content in contents.items()
        ]
        with self._workspace.lock():
            for entry, content in zip(entries, contents.values(), strict=True):
                self._store(entry.digest, content)
            self._append(entries)
        return tuple(entries)

    def entries(self, file: str | None = None) -> tuple[Entry, ...]:
        """Return what was kept, oldest first: of one file, or of all."""
        found = []
        for line in self._lines():
            try:
                entry = msgspec.json.decode(line, type=Entry)
            except (msgspec.DecodeError, UnicodeDecodeError):
                continue  # half written, or edited by hand; the texts are still there
            if _DIGEST.fullmatch(entry.digest) and file in (None, entry.file):
                found.append(entry)
        return tuple(found)

    def content(self, entry: Entry) -> bytes:
        """Return a text that was kept; SubmissionError when it isn't there or was changed."""
        try:
            content = self._path(entry.digest).read_bytes()
        except OSError as error:
            said = f"can't be read: {error.strerror}"
        else:
            if _digest(content) == entry.digest:
                return content
            said = "was changed since it was kept"
        raise SubmissionError(
            f"The earlier text of {visible(entry.file)} in .grader/{FOLDER}/{TEXTS} {said}. "
            "Your present file is left as it is."
        )

    def restore(self, entry: Entry, target: Path, why: str) -> None:
        """Put a text back into a file; what the file holds now is kept first."""
        content = self.content(entry)
        if target.is_file():
            self.keep(entry.file, target.read_bytes(), why)
        write_whole(target, content)

    def _lines(self) -> list[bytes]:
        try:
            return (self.folder / INDEX).read_bytes().splitlines()
        except FileNotFoundError:
            return []
        except OSError as error:
            raise SubmissionError(
                f".grader/{FOLDER}/{INDEX} can't be read: {error.strerror}."
            ) from None

    def _store(self, digest: str, content: bytes) -> None:
        path = self._path(digest)
        if not path.is_file() or _digest(path.read_bytes()) != digest:
            write_whole(path, content)

    def _append(self, entries: list[Entry]) -> None:
        path = self.folder / INDEX
        lines = b"".join(msgspec.json.encode(entry) + b"\n" for entry in entries)
        with writing(path):
            opened = os.open(path, os.O_RDWR | os.O_CREAT | os.O_APPEND | os.O_CLOEXEC, 0o644)
            try:
                size = os.fstat(opened).st_size
                torn = size > 0 and os.pread(opened, 1, size - 1) != b"\n"
                _write_all(opened, (b"\n" if torn else b"") + lines)
                sync_file(opened)
            finally:
                os.close(opened)
            sync_folder(self.folder)

    def _path(self, digest: str) -> Path:
        name = digest.removeprefix("sha256:")
        return self.folder / TEXTS / name[:2] / name[2:]


def _write_all(opened: int, data: bytes) -> None:
    while data:
        data = data[os.write(opened, data) :]


def _digest(content: bytes) -> str:
    return "sha256:" + hashlib.sha256(content).hexdigest()
