"""Reads the work out of a folder or an archive alike: work files by name, a look at the rest.

Theory of operation. A source is a bounded list of names and a way to read one of them. Only the
names that the exercise gives are read, and the notebooks beside them; all else is told by name.
"""

from __future__ import annotations

import importlib.machinery
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import PurePosixPath
from typing import Protocol

from grader.catalogue import text_digest
from grader.escaping import visible
from grader.submission.findings import Finding, ReadLimits, Submission, finding
from grader.submission.leftovers import left_out, leftover_findings
from grader.submission.names import closest, is_compiled_twin, twins
from grader.submission.notebook import Cell, cells_of, is_notebook, named_as
from grader.submission.opening import UnreadableError
from grader.submission.scanning import Listing
from grader.submission.sourcetext import clean_source

LIMITS = ReadLimits()
_SOURCE = frozenset({".py", ".pyw"})


class Source(Protocol):
    """Where work lies: what is there, and one file of it at a time."""

    @property
    def listing(self) -> Listing:
        """Names, relative with "/", perhaps with odd characters."""
        ...

    def read(self, name: str, limit: int) -> bytes:
        """Return the bytes of a file, at most `limit`; raise UnreadableError."""
        ...

    def holds(self, name: str, *, folder: bool = False) -> bool:
        """Tell whether there is such a name; with `folder`, one that isn't a file."""
        ...


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """What is looked for: the `work` of an `exercise`; copies of `given` files are compared.

    Without the exercise's id no notebook is looked at. `starters` are digests by file.
    """

    work: tuple[str, ...]
    exercise: str = ""
    given: Mapping[str, bytes] = field(default_factory=dict)
    limits: ReadLimits = LIMITS
    starters: Mapping[str, str] = field(default_factory=dict)

    def most_bytes(self, name: str) -> int:
        """Return how long a work file may be."""
        return self.limits.source_bytes if _is_source(name) else self.limits.file_bytes


@dataclass(frozen=True)
class _Found:
    """The clean content of one work file, or None, and what there is to say about it.

    `handed_in` are its bytes as they came, None where they can't be had; `lost` says why.
    """

    content: bytes | None
    findings: tuple[Finding, ...] = ()
    handed_in: bytes | None = None
    lost: str = ""


def read_work(source: Source, wanted: Wanted) -> Submission:
    """Return the work files of a source; nothing of it is run and no link followed."""
    files: dict[str, bytes] = {}
    lost: list[str] = []
    books, findings = _notebooks(source, wanted)
    cells, said, damaged = cells_of(books, wanted.exercise, wanted.work, wanted.starters)
    kept = {name: books[name] for name in damaged}
    findings += said
    room = wanted.limits.total_bytes
    for name in wanted.work:
        found = _with_cell(name, _read_file(source, name, wanted), cells.get(name), wanted)
        found = _unless_shadowed(source, name, found, wanted)
        if found.content is not None and len(found.content) > room:
            most = f"{wanted.limits.total_bytes:,}"
            text = f"brings the work above {most} bytes; make it smaller"
            found = _refused(name, text, handed_in=found.handed_in)
        if found.handed_in is not None:
            kept[name] = found.handed_in
        lost += [found.lost] if found.lost else []
        if found.content is not None:
            files[name] = found.content
            room -= len(found.content)
        findings += found.findings
    findings += _changed(source, wanted.given)
    listing = replace(
        source.listing, entries=tuple(e for e in source.listing.entries if e.path not in books)
    )
    extra = left_out(listing, work=wanted.work, given=wanted.given)
    findings += leftover_findings(extra, work=wanted.work, limits=wanted.limits)
    names = tuple(visible(entry.path) for entry in extra)
    return Submission(
        files=files,
        findings=(*findings, *listing.findings),
        left_out=names,
        as_handed_in=kept,
        lost=tuple(lost),
    )


def read_cells(name: str, data: bytes, wanted: Wanted) -> Submission:
    """Return the work files that stand in the cells of one notebook, handed in by itself."""
    files: dict[str, bytes] = {}
    cells, findings, damaged = cells_of({name: data}, wanted.exercise, wanted.work, wanted.starters)
    kept = dict.fromkeys(damaged, data)
    for work in wanted.work:
        if (cell := cells.get(work)) is None:
            text = f"isn't there: no cell begins with `%%workfile {wanted.exercise}/{work}`"
            findings.append(finding(work, "missing", text))
            continue
        found = _cleaned(work, cell.text, wanted.most_bytes(work))
        kept[work] = cell.text
        if found.content is not None:
            files[work] = found.content
        findings += found.findings
    return Submission(files=files, findings=tuple(findings), as_handed_in=kept)


def read_back(kept: Mapping[str, bytes], work: Sequence[str]) -> dict[str, bytes]:
    """Return the work files that can be read of work that was kept as it was handed in."""
    wanted = Wanted(work=tuple(work))
    found = {
        name: _cleaned(name, kept[name], wanted.most_bytes(name)) for name in work if name in kept
    }
    return {name: one.content for name, one in found.items() if one.content is not None}


# -- one work file


def _read_file(source: Source, name: str, wanted: Wanted) -> _Found:
    others = [entry.path for entry in source.listing.entries if entry.kind == "file"]
    others = [path for path in others if path not in wanted.work]
    try:
        data = source.read(name, wanted.most_bytes(name))
    except UnreadableError as error:
        if error.missing:
            return _Found(None, (_missing(name, closest(name, others)),))
        if not error.lost:
            return _refused(name, str(error))
        return _bytes_of(source, name, _refused(name, str(error)), wanted)
    found = _cleaned(name, data, wanted.most_bytes(name))
    said = [_twin(name, other) for other in twins(name, others)[:3]]
    return _Found(found.content, (*said, *found.findings), data)


def _bytes_of(source: Source, name: str, found: _Found, wanted: Wanted) -> _Found:
    """Have at least the bytes of a file that is not read, such as one that is too long for code."""
    try:
        return replace(found, handed_in=source.read(name, wanted.limits.file_bytes))
    except UnreadableError:
        return replace(found, lost=found.findings[0].sentence)


def _cleaned(name: str, data: bytes, limit: int) -> _Found:
    if len(data) > limit:
        text = f"is {len(data):,} bytes long and at most {limit:,} are read"
        return _refused(name, text, handed_in=data)
    if not _is_source(name):
        return _Found(data, handed_in=data)
    clean = clean_source(data)
    said = tuple(finding(name, remark.level, remark.text) for remark in clean.remarks)
    return _Found(clean.text, said, data)


def _with_cell(name: str, found: _Found, cell: Cell | None, wanted: Wanted) -> _Found:
    """Take a notebook's cell where the file is missing or not begun; else compare them."""
    if cell is None:
        return found
    taken = _cleaned(name, cell.text, wanted.most_bytes(name))
    if _is_begun_in_cell_alone(wanted.starters.get(name), found.content, taken.content):
        text = (
            f"is still as you got it, so its cell in {visible(cell.notebook)} was graded. "
            "Run the cell, which writes the file"
        )
        return replace(taken, findings=(finding(name, "notice", text), *taken.findings))
    if found.content is not None:
        if taken.content is not None and _same_text(taken.content, found.content):
            return found
        text = (
            f"is not the same as its cell in {visible(cell.notebook)}; the file was graded. "
            "If the cell is newer, run it, which writes the file"
        )
        return replace(found, findings=(*found.findings, finding(name, "notice", text)))
    if any(one.level == "refused" for one in found.findings):
        return found
    text = (
        f"isn't there, so its cell in {visible(cell.notebook)} was graded. "
        "Run the cell, which writes the file"
    )
    return replace(taken, findings=(finding(name, "notice", text), *taken.findings))


def _is_begun_in_cell_alone(starter: str | None, file: bytes | None, cell: bytes | None) -> bool:
    if starter is None or file is None or cell is None or not cell.strip():
        return False
    return text_digest(file) == starter != text_digest(cell)


def _same_text(one: bytes, other: bytes) -> bool:
    return one.replace(b"\r\n", b"\n").rstrip() == other.replace(b"\r\n", b"\n").rstrip()


def _unless_shadowed(source: Source, name: str, found: _Found, wanted: Wanted) -> _Found:
    if found.content is None:
        return found
    shadow = _shadow(source, name, [*wanted.work, *wanted.given])
    return _refused(name, shadow, handed_in=found.handed_in) if shadow else found


def _shadow(source: Source, name: str, ours: list[str]) -> str:
    """Say what Python might import in place of the module `name`, or return ""."""
    path = PurePosixPath(name)
    if path.suffix != ".py":
        return ""
    package = path.with_suffix("").as_posix()
    if source.holds(package, folder=True) and not any(
        one.startswith(package + "/") for one in ours
    ):
        return _shadow_sentence(package + "/")
    compiled = [".pyc", ".pyd", *importlib.machinery.EXTENSION_SUFFIXES]
    near = [package + suffix for suffix in compiled if source.holds(package + suffix)]
    near += [e.path for e in source.listing.entries if is_compiled_twin(e.path, name)]
    return _shadow_sentence(near[0]) if near else ""


def _shadow_sentence(other: str) -> str:
    shown = visible(other)
    return f"has {shown} beside it, and Python could import that instead; rename or delete {shown}"


# -- the rest


def _notebooks(source: Source, wanted: Wanted) -> tuple[dict[str, bytes], list[Finding]]:
    """Return the notebooks directly beside the work; first the one that is named as it."""
    entries = source.listing.entries if wanted.exercise else ()
    names = [e.path for e in entries if e.kind == "file" and is_notebook(e.path)]
    names = [name for name in names if name not in wanted.work and name not in wanted.given]
    chosen = named_as(names, wanted.exercise)
    names.sort(key=lambda name: name != chosen)
    books: dict[str, bytes] = {}
    findings: list[Finding] = []
    for name in names[: wanted.limits.notebooks]:
        try:
            books[name] = source.read(name, wanted.limits.notebook_bytes)
        except UnreadableError as error:
            findings.append(finding(name, "notice", str(error)))
    if more := names[wanted.limits.notebooks :]:
        text = f"was not looked at: there are more than {wanted.limits.notebooks} notebooks"
        findings.append(finding(more[0], "notice", text))
    return books, findings


def _changed(source: Source, given: Mapping[str, bytes]) -> Iterator[Finding]:
    """Report given files whose copy differs by more than its line ends."""
    for name, original in given.items():
        try:
            # Line ends of Windows at most double the length.
            copy = source.read(name, 2 * len(original) + 16)
        except UnreadableError as error:
            if error.missing:
                continue
        else:
            if copy.replace(b"\r\n", b"\n") == original.replace(b"\r\n", b"\n"):
                continue
        yield finding(name, "notice", "was changed; the grader uses the original")


def _missing(name: str, near: str) -> Finding:
    shown = visible(near)
    hint = f"there is {shown}: if that is your work, rename it" if near else "put it in the folder"
    if near and PurePosixPath(near).name == PurePosixPath(name).name:
        hint = f"there is {shown}: if that is your work, move it"
    return finding(name, "missing", f"isn't there; {hint}")


def _twin(name: str, other: str) -> Finding:
    shown = visible(other)
    said = f"is read, {shown} is not: their names differ only in small and capital letters"
    return finding(name, "notice", f"{said}; keep your work in {visible(name)}")


def _refused(name: str, reason: str, *, handed_in: bytes | None = None) -> _Found:
    return _Found(None, (finding(name, "refused", reason),), handed_in)


def _is_source(name: str) -> bool:
    return PurePosixPath(name).suffix in _SOURCE
