"""What reading a submission gives: the clean work, and what there is to say about the rest."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from grader.escaping import visible

FindingLevel = Literal["note", "notice", "missing", "refused"]


@dataclass(frozen=True, kw_only=True)
class Finding:
    """One remark on a file; `file` and `sentence` are safe to show on one line.

    `refused` and `missing`: a work file that is therefore not graded. `notice`: the learner
    should know. `note`: ordinary, for the tutor's view.
    """

    level: FindingLevel
    file: str
    sentence: str


@dataclass(frozen=True, kw_only=True)
class ReadLimits:
    """How much of a submission is read: bytes, numbers of entries, levels of folders.

    `source_bytes` holds for each Python file, `file_bytes` for any other, `total_bytes` for all
    work files together. `entries` and `depth` bound the look at what else is there. Of
    `notebooks` beside the work so many are looked at, each at most `notebook_bytes` long.
    """

    source_bytes: int = 1_000_000
    file_bytes: int = 8_000_000
    total_bytes: int = 16_000_000
    entries: int = 2_000
    depth: int = 16
    name_bytes: int = 200
    notebooks: int = 5
    notebook_bytes: int = 10_000_000


@dataclass(frozen=True, kw_only=True)
class ArchiveLimits:
    """What a zip archive may be: bytes, entries, bytes of a path, levels of folders.

    `member_bytes` and `total_bytes` are sizes after unpacking, as the archive states them; nothing
    is unpacked but work files, and those no further than ReadLimits allow. `ratio` is how many
    times larger than its packed bytes an entry above `ratio_from` bytes may be.
    """

    archive_bytes: int = 32_000_000
    entries: int = 5_000
    member_bytes: int = 32_000_000
    total_bytes: int = 128_000_000
    ratio: int = 200
    ratio_from: int = 1_000_000
    path_bytes: int = 400
    depth: int = 20


@dataclass(frozen=True, kw_only=True)
class Submission:
    """The work handed in. `files` holds work files only, Python in UTF-8 with "\\n" line ends.

    `as_handed_in` are the same files byte for byte, and those that can't be read beside them.
    `lost` says of which files not even the bytes could be had. `left_out` names, safe to show,
    what else was found; nothing of that is read.
    """

    files: Mapping[str, bytes]
    findings: tuple[Finding, ...] = ()
    left_out: tuple[str, ...] = ()
    as_handed_in: Mapping[str, bytes] = field(default_factory=dict, compare=False, repr=False)
    lost: tuple[str, ...] = ()

    @property
    def kept(self) -> Mapping[str, bytes]:
        """What is kept of it, and what its digest is made of."""
        return self.as_handed_in or self.files

    @property
    def unreadable(self) -> tuple[str, ...]:
        """Why work could not be read, as sentences; nothing where all that is there was."""
        refused = [one.sentence for one in self.findings if one.level == "refused"]
        if not refused and not self.files and self.as_handed_in:  # a notebook that is damaged
            names = {visible(name) for name in self.as_handed_in}
            refused = [one.sentence for one in self.findings if one.file in names]
        return tuple(refused)


def finding(name: str, level: FindingLevel, text: str) -> Finding:
    """Return a finding whose sentence is the file's name and `text`."""
    return Finding(level=level, file=visible(name), sentence=f"{visible(name)} {text}.")
