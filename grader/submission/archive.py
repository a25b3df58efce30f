"""Reads the list of a zip archive strictly, and one entry of it at a time. Nothing is extracted.

Theory of operation. The archive is bytes in memory, of bounded length. A zip file says most
things twice: in the list at its end (the central directory) and in front of each entry. Readers
that believe one or the other see different files, so an archive in which the two differ, entries
overlap, or anything lies between entries that the list doesn't name, is refused as a whole. So
is one that can't be safely unpacked somewhere: names that lead outside, links, twins. How many
entries there are is read and limited before any of them is. Sizes are what the list says; an
entry is unpacked only when it is asked for, never further than the limit, and must have the size
and the checksum that were stated.

The format is that of PKWARE's APPNOTE, 4.3 to 4.5. Left out on purpose: archives above 4 GB
(zip64), several disks, encryption, other packing than "stored" and "deflated".
"""

from __future__ import annotations

import itertools
import stat
import struct
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from grader.escaping import visible
from grader.submission.archive_names import ArchiveError, refuse_names, refuse_twins
from grader.submission.findings import ArchiveLimits
from grader.submission.opening import UnreadableError

_END = struct.Struct("<4s4H2LH")
_CENTRAL = struct.Struct("<4s6H3L5H2L")
_LOCAL = struct.Struct("<4s5H3L2H")
_END_MARK, _CENTRAL_MARK, _LOCAL_MARK = b"PK\5\6", b"PK\1\2", b"PK\3\4"
_ZIP64_MARK, _ZIP64_FIELD, _NAME_FIELD = b"PK\6\7", 0x0001, 0x7075
_MANY, _HUGE = 0xFFFF, 0xFFFFFFFF
_ENCRYPTED, _FOLLOWED, _UTF8 = 0x2041, 0x0008, 0x0800
_ORDINARY = 0x0006 | _FOLLOWED | _UTF8  # 1 and 2 say how hard it was packed
_STORED, _DEFLATED = 0, 8
_DESCRIPTOR = 24  # sizes and checksum that may follow an entry, at most so many bytes
_AGAIN = "zip the folder again and hand that in"


@dataclass(frozen=True)
class Member:
    """One entry. `start` is where its packed bytes begin; the name of a folder ends with "/"."""

    name: str
    method: int
    checksum: int
    packed: int
    size: int
    start: int

    @property
    def is_folder(self) -> bool:
        """Whether it is a folder."""
        return self.name.endswith("/")


@dataclass(frozen=True)
class _Listed:
    """An entry as the list at the end has it."""

    raw: bytes
    name: str
    flags: int
    method: int
    checksum: int
    packed: int
    size: int
    attributes: int
    offset: int


def members_of(data: bytes, limits: ArchiveLimits) -> tuple[Member, ...]:
    """Return every entry; raise ArchiveError unless the whole archive is sound."""
    try:
        listed, first = _list_of(data, limits)
        listed = _with_slashes(listed)
        refuse_names([one.name for one in listed], limits)
        for one in listed:
            _refuse_kind(one)
            _refuse_size(one, limits)
        _refuse_total(listed, limits)
        refuse_twins([one.name for one in listed])
        members = [_checked(data, one, first) for one in listed]
        _refuse_overlap(members, listed, first)
    except struct.error:
        raise ArchiveError("is cut short or damaged; " + _AGAIN) from None
    return tuple(members)


def unpacked(data: bytes, member: Member, limit: int) -> bytes:
    """Return the bytes of an entry, at most `limit`; raise UnreadableError."""
    if member.size > limit:
        raise UnreadableError(
            f"is {member.size:,} bytes long and at most {limit:,} are read; make it smaller"
        )
    packed = data[member.start : member.start + member.packed]
    content = packed if member.method == _STORED else _inflated(packed, member.size)
    if content is None or len(content) != member.size or zlib.crc32(content) != member.checksum:
        raise UnreadableError(f"is damaged in the archive; {_AGAIN}")
    return content


def _inflated(packed: bytes, size: int) -> bytes | None:
    """Unpack; None when it isn't exactly one stream that gives `size` bytes."""
    unpacking = zlib.decompressobj(-zlib.MAX_WBITS)
    try:
        content = unpacking.decompress(packed, size + 1)
    except zlib.error:
        return None
    whole = unpacking.eof and not unpacking.unused_data
    return content if whole else None


# -- the list at the end


def _list_of(data: bytes, limits: ArchiveLimits) -> tuple[list[_Listed], int]:
    """Return the entries as listed, and where the list begins."""
    end = _end_of(data)
    _, disk, first_disk, here, count, length, first, _ = _END.unpack_from(data, end)
    if count > limits.entries:
        more = " or more" if count == _MANY else ""
        raise ArchiveError(
            f"holds {count:,} entries{more}, and at most {limits.entries:,} are looked at; hand in "
            "your work only, without folders such as `.venv` or `.git`"
        )
    if first == _HUGE or length == _HUGE or data[max(0, end - 20) : end][:4] == _ZIP64_MARK:
        raise ArchiveError(f"is of the kind for more than 4 GB (zip64); {_AGAIN}")
    if disk or first_disk or here != count:
        raise ArchiveError("is one part of several; hand in one whole zip")
    if first + length != end:
        raise ArchiveError(f"has other data in front of or behind its entries; {_AGAIN}")
    listed = []
    place = first
    for _ in range(count):
        one, place = _listed_at(data, place, end)
        listed.append(one)
    if place != end:
        raise ArchiveError(f"doesn't list as many entries as it states ({count:,}); {_AGAIN}")
    return listed, first


def _end_of(data: bytes) -> int:
    """Return where the last record begins. One that can be read in two ways is refused."""
    found: list[int] = []
    place = data.find(_END_MARK, max(0, len(data) - _END.size - 0xFFFF))
    while place >= 0 and len(found) < 2:
        if place + _END.size <= len(data):
            comment = _END.unpack_from(data, place)[-1]
            found += [place] if place + _END.size + comment == len(data) else []
        place = data.find(_END_MARK, place + 1)
    if not found:
        raise ArchiveError("isn't a whole zip archive: its end is missing; copy it or zip it again")
    if len(found) > 1:
        raise ArchiveError(f"has two ends, so that it can be read in two ways; {_AGAIN}")
    return found[0]


def _listed_at(data: bytes, place: int, end: int) -> tuple[_Listed, int]:
    mark, _, _, flags, method, _, _, checksum, packed, size, *rest = _CENTRAL.unpack_from(
        data, place
    )
    name_length, extra_length, comment_length, disk, _, attributes, offset = rest
    after = place + _CENTRAL.size + name_length + extra_length + comment_length
    if mark != _CENTRAL_MARK or after > end:
        raise ArchiveError(f"has a damaged list of entries; {_AGAIN}")
    raw = data[place + _CENTRAL.size :][:name_length]
    extra = data[place + _CENTRAL.size + name_length :][:extra_length]
    name = _decoded(raw, flags)
    if _HUGE in (packed, size, offset) or disk:
        raise ArchiveError(
            f"has an entry of the kind for more than 4 GB (zip64), {_shown(name)}; {_AGAIN}"
        )
    _refuse_second_name(name, extra)
    listed = _Listed(raw, name, flags, method, checksum, packed, size, attributes, offset)
    return listed, after


def _decoded(raw: bytes, flags: int) -> str:
    """Return a name as text, a leading "./" taken off."""
    try:
        name = raw.decode("utf-8")  # many tools write UTF-8 without saying so
    except UnicodeDecodeError:
        if flags & _UTF8:
            shown = visible(raw.decode("utf-8", "replace"), 80)
            raise ArchiveError(f"has an entry whose name isn't text, `{shown}`; {_AGAIN}") from None
        name = raw.decode("cp437")
    return name if name == "./" else name.removeprefix("./")


def _with_slashes(listed: list[_Listed]) -> list[_Listed]:
    """Read backslashes as what parts folders, when no name has a slash beside them.

    Some programs on Windows write them, against the format. A name with both is refused later.
    """
    names = [one.name for one in listed]
    if not any("\\" in name for name in names) or any("/" in name for name in names):
        return listed
    return [replace(one, name=one.name.replace("\\", "/").removeprefix("./")) for one in listed]


def _refuse_second_name(name: str, extra: bytes) -> None:
    """Refuse an entry that some tools would unpack under another name."""
    for kind, content in _fields(extra):
        if kind == _NAME_FIELD:
            other = content[5:].decode("utf-8", "replace")
            if other != name and (other.isascii() or name.isascii()):
                raise ArchiveError(
                    f"has an entry with two names, {_shown(name)} and {_shown(other)}"
                )


def _fields(extra: bytes) -> Iterator[tuple[int, bytes]]:
    place = 0
    while place + 4 <= len(extra):
        kind, length = struct.unpack_from("<HH", extra, place)
        if place + 4 + length > len(extra):
            raise ArchiveError(f"has a damaged list of entries; {_AGAIN}")
        yield kind, extra[place + 4 : place + 4 + length]
        place += 4 + length


# -- what an entry says of itself


def _refuse_kind(one: _Listed) -> None:
    """Refuse what isn't a plain file or folder, or can't be unpacked here."""
    mode = one.attributes >> 16
    kind = stat.S_IFMT(mode)
    is_folder = one.name.endswith("/")
    if one.flags & _ENCRYPTED:
        raise ArchiveError(
            f"has an entry locked with a password, {_shown(one.name)}; zip it without"
        )
    if one.flags & ~_ORDINARY:
        raise ArchiveError(f"has an entry of an unusual kind, {_shown(one.name)}; {_AGAIN}")
    if stat.S_ISLNK(mode):
        raise ArchiveError(
            f"has a link in it, {_shown(one.name)}; put the file itself in its place"
        )
    if kind and not stat.S_ISREG(mode) and not stat.S_ISDIR(mode):
        raise ArchiveError(f"has something in it that is no file, {_shown(one.name)}; take it out")
    if kind and stat.S_ISDIR(mode) != is_folder:
        raise ArchiveError(
            f"has an entry that is a file and a folder, {_shown(one.name)}; {_AGAIN}"
        )
    if is_folder and one.size:
        raise ArchiveError(f"has a folder with contents of its own, {_shown(one.name)}; {_AGAIN}")
    if one.method not in (_STORED, _DEFLATED):
        raise ArchiveError(
            f"has an entry packed in a way that isn't read (method {one.method}), "
            f"{_shown(one.name)}; zip it with ordinary settings"
        )


def _refuse_size(one: _Listed, limits: ArchiveLimits) -> None:
    if one.size > limits.member_bytes:
        raise ArchiveError(
            f"has an entry of {one.size:,} bytes, {_shown(one.name)}, and at most "
            f"{limits.member_bytes:,} are allowed; take it out or make it smaller"
        )
    if one.size > limits.ratio_from and one.size > limits.ratio * max(one.packed, 1):
        raise ArchiveError(
            f"has an entry that would unpack to more than {limits.ratio} times its size, "
            f"{_shown(one.name)}; take it out"
        )
    if one.method == _STORED and one.size != one.packed:
        raise ArchiveError(f"has an entry with two sizes, {_shown(one.name)}; {_AGAIN}")


def _refuse_total(listed: Sequence[_Listed], limits: ArchiveLimits) -> None:
    for one, total in zip(listed, itertools.accumulate(one.size for one in listed), strict=True):
        if total > limits.total_bytes:
            raise ArchiveError(
                f"would unpack to more than {limits.total_bytes:,} bytes (reached at "
                f"{_shown(one.name)}); hand in your work only"
            )


# -- the list against what stands in front of each entry


def _checked(data: bytes, one: _Listed, first: int) -> Member:
    """Return the entry when its own header says what the list says."""
    mark, _, flags, method, _, _, *sizes, name_length, extra_length = _LOCAL.unpack_from(
        data, one.offset
    )
    raw = data[one.offset + _LOCAL.size :][:name_length]
    start = one.offset + _LOCAL.size + name_length + extra_length
    if mark != _LOCAL_MARK or start + one.packed > first:
        raise ArchiveError(f"lists an entry where there is none, {_shown(one.name)}; {_AGAIN}")
    if raw != one.raw:
        other = visible(raw.decode("utf-8", "replace"), 80)
        raise ArchiveError(
            f"has an entry with two names, {_shown(one.name)} and `{other}`; {_AGAIN}"
        )
    alike = method == one.method and (flags ^ one.flags) & (_ENCRYPTED | _UTF8 | _FOLLOWED) == 0
    extra = data[start - extra_length : start]
    known = flags & _FOLLOWED or _sizes(sizes, extra) == [one.checksum, one.packed, one.size]
    if not alike or not known:
        raise ArchiveError(
            f"says two different things about its entry {_shown(one.name)}; {_AGAIN}"
        )
    return Member(one.name, one.method, one.checksum, one.packed, one.size, start)


def _sizes(stated: list[int], extra: bytes) -> list[int]:
    """Return checksum, packed size and size; some tools always write the long form."""
    checksum, packed, size = stated
    for kind, content in _fields(extra):
        if kind == _ZIP64_FIELD and packed == size == _HUGE and len(content) >= 16:
            size, packed = struct.unpack_from("<QQ", content)
    return [checksum, packed, size]


def _refuse_overlap(members: Sequence[Member], listed: Sequence[_Listed], first: int) -> None:
    """Entries must lie one behind the other, with nothing in between that isn't listed."""
    end, room = 0, 0
    for one, member in sorted(zip(listed, members, strict=True), key=lambda pair: pair[0].offset):
        if one.offset < end:
            raise ArchiveError(f"has entries that overlap, at {_shown(one.name)}; {_AGAIN}")
        if one.offset > end + room:
            raise ArchiveError(
                f"has something before {_shown(one.name)} that it doesn't list; {_AGAIN}"
            )
        end = member.start + member.packed
        room = _DESCRIPTOR if one.flags & _FOLLOWED else 0
    if first > end + room:
        raise ArchiveError(f"has something behind its entries that it doesn't list; {_AGAIN}")


def _shown(name: str) -> str:
    return f"`{visible(name, 80)}`"
