"""A writer of zip archives that says whatever it is told to, truth or not."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import pytest

LINK, PIPE, FILE, FOLDER = 0o120777, 0o010644, 0o100644, 0o040755


@dataclass
class Entry:
    """One entry; what is None is worked out from `data`. `local` overrides the header in front."""

    name: str | bytes
    data: bytes = b"x = 1\n"
    method: int = 0
    flags: int = 0
    mode: int = FILE
    size: int | None = None
    checksum: int | None = None
    packed: bytes | None = None
    extra: bytes = b""
    offset: int | None = None
    listed: bool = True
    local: dict[str, object] = field(default_factory=dict)

    def parts(self) -> tuple[bytes, bytes]:
        """The packed bytes and the name."""
        raw = self.name if isinstance(self.name, bytes) else self.name.encode()
        if self.packed is not None:
            return self.packed, raw
        if self.method == 8:
            deflate = zlib.compressobj(9, zlib.DEFLATED, -15)
            return deflate.compress(self.data) + deflate.flush(), raw
        return self.data, raw

    def facts(self, packed: bytes) -> tuple[int, int, int]:
        """Checksum, packed size, size."""
        checksum = zlib.crc32(self.data) if self.checksum is None else self.checksum
        return checksum, len(packed), len(self.data) if self.size is None else self.size


def archive(
    *entries: Entry,
    front: bytes = b"",
    behind: bytes = b"",
    comment: bytes = b"",
    count: int | None = None,
    shift: int = 0,
) -> bytes:
    """A zip archive of these entries; `shift` moves where the list is said to begin."""
    body, listing, listed = front, b"", 0
    for one in entries:
        packed, raw = one.parts()
        checksum, length, size = one.facts(packed)
        said = {"name": raw, "flags": one.flags, "method": one.method, "size": size, **one.local}
        place = len(body) if one.offset is None else one.offset
        body += struct.pack(
            "<4s5H3L2H", b"PK\3\4", 20, said["flags"], said["method"], 0, 0,
            said.get("checksum", checksum), said.get("packed", length), said["size"],
            len(said["name"]), len(said.get("extra", b"")),
        ) + said["name"] + said.get("extra", b"") + packed  # fmt: skip
        if one.listed:
            listed += 1
            listing += struct.pack(
                "<4s6H3L5H2L", b"PK\1\2", 3 << 8 | 20, 20, one.flags, one.method, 0, 0, checksum,
                length, size, len(raw), len(one.extra), 0, 0, 0, one.mode << 16, place,
            ) + raw + one.extra  # fmt: skip
    number = listed if count is None else count
    end = struct.pack(
        "<4s4H2LH", b"PK\5\6", 0, 0, number, number, len(listing), len(body) + shift, len(comment)
    )
    return body + listing + end + comment + behind


@pytest.fixture
def entry() -> type[Entry]:
    return Entry


@pytest.fixture
def zipped(tmp_path: Path) -> Callable[..., Path]:
    """Write an archive; its path."""

    def write(*entries: Entry, **facts: object) -> Path:
        path = tmp_path / "hand-in.zip"
        path.write_bytes(archive(*entries, **facts))
        return path

    return write
