"""Reads a submission that is a folder: the work files by name, and a bounded look at the rest."""

from __future__ import annotations

import importlib.machinery
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path, PurePosixPath

from grader.escaping import visible
from grader.submission.findings import Finding, FindingLevel, ReadLimits, Submission
from grader.submission.leftovers import left_out, leftover_findings
from grader.submission.names import closest, is_compiled_twin, twins
from grader.submission.opening import UnreadableError, is_there, open_root, read_file
from grader.submission.scanning import Listing, scan
from grader.submission.sourcetext import clean_source

_LIMITS = ReadLimits()
_SOURCE = frozenset({".py", ".pyw"})


def read_folder(
    folder: Path,
    work: Sequence[str],
    *,
    limits: ReadLimits = _LIMITS,
    given: Mapping[str, bytes] | None = None,
) -> Submission:
    """Return the work files of a learner's folder; nothing of it is run and no link followed.

    `work` holds relative names with "/"; `given` the course's own files by name, of which a
    changed copy in the folder is reported and not read. Raises SubmissionError when the folder
    can't be read at all.
    """
    given = given or {}
    files: dict[str, bytes] = {}
    findings: list[Finding] = []
    with open_root(folder) as root:
        listing = scan(root, limits)
        room = limits.total_bytes
        for name in work:
            content, said = _read_work(root, name, work=work, listing=listing, limits=limits)
            if content is not None and (shadow := _shadow(root, name, [*work, *given], listing)):
                content, said = None, [_refusal(name, shadow)]
            if content is not None and len(content) > room:
                reason = f"brings the work above {limits.total_bytes:,} bytes; make it smaller"
                content, said = None, [_refusal(name, reason)]
            if content is not None:
                files[name] = content
                room -= len(content)
            findings += said
        findings += _changed(root, given)
    extra = left_out(listing, work=work, given=given)
    findings += leftover_findings(extra, work=work, limits=limits)
    names = tuple(visible(entry.path) for entry in extra)
    return Submission(files=files, findings=(*findings, *listing.findings), left_out=names)


def _read_work(
    root: int, name: str, *, work: Sequence[str], listing: Listing, limits: ReadLimits
) -> tuple[bytes | None, list[Finding]]:
    """Return the clean content of one work file, or None, and what there is to say about it."""
    is_source = PurePosixPath(name).suffix in _SOURCE
    others = [entry.path for entry in listing.entries if entry.kind == "file"]
    others = [path for path in others if path not in work]
    try:
        data = read_file(root, name, limits.source_bytes if is_source else limits.file_bytes)
    except UnreadableError as error:
        if error.missing:
            return None, [_missing(name, closest(name, others))]
        return None, [_refusal(name, str(error))]
    findings = [_twin(name, other) for other in twins(name, others)[:3]]
    if not is_source:
        return data, findings
    clean = clean_source(data)
    findings += [_finding(name, remark.level, remark.text) for remark in clean.remarks]
    return clean.text, findings


def _shadow(root: int, name: str, ours: Sequence[str], listing: Listing) -> str:
    """Say what Python might import in place of the module `name`, or return ""."""
    path = PurePosixPath(name)
    if path.suffix != ".py":
        return ""
    package = path.with_suffix("").as_posix()
    if is_there(root, package, folder=True) and not any(
        one.startswith(package + "/") for one in ours
    ):
        return _shadow_sentence(package + "/")
    compiled = [".pyc", ".pyd", *importlib.machinery.EXTENSION_SUFFIXES]
    near = [package + suffix for suffix in compiled if is_there(root, package + suffix)]
    near += [entry.path for entry in listing.entries if is_compiled_twin(entry.path, name)]
    return _shadow_sentence(near[0]) if near else ""


def _shadow_sentence(other: str) -> str:
    shown = visible(other)
    return f"has {shown} beside it, and Python could import that instead; rename or delete {shown}"


def _changed(root: int, given: Mapping[str, bytes]) -> Iterator[Finding]:
    """Report given files whose copy differs by more than its line ends."""
    for name, original in given.items():
        try:
            # Line ends of Windows at most double the length.
            copy = read_file(root, name, 2 * len(original) + 16)
        except UnreadableError as error:
            if error.missing:
                continue
        else:
            if copy.replace(b"\r\n", b"\n") == original.replace(b"\r\n", b"\n"):
                continue
        yield _finding(name, "notice", "was changed; the grader uses the original")


def _missing(name: str, near: str) -> Finding:
    shown = visible(near)
    hint = f"there is {shown}: if that is your work, rename it" if near else "put it in the folder"
    if near and PurePosixPath(near).name == PurePosixPath(name).name:
        hint = f"there is {shown}: if that is your work, move it"
    return _finding(name, "missing", f"isn't there; {hint}")


def _twin(name: str, other: str) -> Finding:
    shown = visible(other)
    said = f"is read, {shown} is not: their names differ only in small and capital letters"
    return _finding(name, "notice", f"{said}; keep your work in {visible(name)}")


def _refusal(name: str, reason: str) -> Finding:
    return _finding(name, "refused", reason)


def _finding(name: str, level: FindingLevel, text: str) -> Finding:
    return Finding(level=level, file=visible(name), sentence=f"{visible(name)} {text}.")
