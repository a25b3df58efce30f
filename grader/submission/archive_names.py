"""Names in an archive: plain relative paths only, each once, under any system's rules."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import PurePosixPath

from grader.escaping import visible
from grader.submission.findings import ArchiveLimits
from grader.submission.names import folded

_DRIVE = re.compile(r"[A-Za-z]:")


class ArchiveError(Exception):
    """An archive is refused as a whole; the text follows its name in a sentence."""


def refuse_names(names: Sequence[str], limits: ArchiveLimits) -> None:
    """Raise ArchiveError for the first name that isn't a plain relative path within limits."""
    for name in names:
        if fault := _fault(name, limits):
            raise ArchiveError(f"has an entry `{visible(name, 80)}`, {fault}")


def _fault(name: str, limits: ArchiveLimits) -> str:
    path = name.removesuffix("/")
    parts = path.split("/")
    if ".." in parts:
        return "which leads outside of the folder (`..`); zip the folder that holds your work"
    if name.startswith("/"):
        return "an absolute path; zip the folder that holds your work"
    if _DRIVE.match(name):
        return "a path with a drive letter; zip the folder that holds your work"
    if "\\" in name:
        return (
            "with a backslash in its name, and others have slashes; "
            "hand in an archive that `grade hand-in` makes"
        )
    if "\0" in name:
        return "with a zero byte in its name; rename it"
    if not path or (path != "." and {"", "."} & set(parts)):
        return "which is no plain path; zip the folder again"
    size = len(name.encode("utf-8", "surrogatepass"))
    if size > limits.path_bytes:
        return f"whose path is {size:,} bytes long, and at most {limits.path_bytes} are allowed"
    if len(parts) > limits.depth:
        return f"{len(parts):,} folders deep, and at most {limits.depth} are allowed"
    return ""


def refuse_twins(names: Sequence[str]) -> None:
    """Raise ArchiveError when two entries have one name, exactly or for some systems.

    Windows and macOS don't tell capitals apart, macOS not how accents are stored.
    """
    seen: dict[str, str] = {}
    for name in names:
        path = name.removesuffix("/")
        other = seen.setdefault(folded(path), path)
        if other is path:
            continue
        if other == path:
            raise ArchiveError(f"has two entries of the name `{visible(path, 80)}`; keep one")
        raise ArchiveError(
            f"has the entries `{visible(other, 80)}` and `{visible(path, 80)}`, whose names differ "
            "only in capitals or in how accents are stored; keep one"
        )
    files = {folded(name): name for name in names if not name.endswith("/")}
    for name in names:
        for above in PurePosixPath(folded(name.removesuffix("/"))).parents:
            if (file := files.get(str(above))) is not None:
                raise ArchiveError(f"has `{visible(file, 80)}` as a file and as a folder; keep one")
