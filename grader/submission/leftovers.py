"""Says what was left out of a submission, in a few lines however much it is."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from pathlib import PurePosixPath

from grader.escaping import visible
from grader.submission.findings import Finding, FindingLevel, ReadLimits
from grader.submission.names import is_bytecode, is_closed_folder, is_configuration, is_odd
from grader.submission.scanning import Entry, Listing

_SHOWN = 5
_ARCHIVES = (".zip", ".tar", ".tgz", ".gz", ".bz2", ".xz", ".7z", ".rar")
_COURSE = frozenset({"exercise.toml", "README.md"})


def left_out(
    listing: Listing, *, work: Collection[str], given: Mapping[str, bytes]
) -> tuple[Entry, ...]:
    """Return what is neither work nor the course's own; of folders only those left out whole."""
    return tuple(
        entry
        for entry in listing.entries
        if entry.path not in work
        and entry.path not in given
        and entry.path not in _COURSE
        and not entry.path.startswith("examples/")
        and (entry.kind != "folder" or is_closed_folder(_name(entry)))
    )


def leftover_findings(
    extra: Sequence[Entry], *, work: Sequence[str], limits: ReadLimits
) -> list[Finding]:
    """Return at most one finding for each sort of thing that was left out."""
    sorts: dict[str, list[str]] = {}
    for entry in extra:
        sorts.setdefault(_sort_of(entry, limits), []).append(entry.path)
    takes = f"This exercise takes only {_names(work)}"
    move = "put what you need into it" if len(work) == 1 else "put what you need into one of them"
    sentences: dict[str, tuple[FindingLevel, str]] = {
        "odd": ("notice", "Left out: {} (a name that is too long or has unseen characters)."),
        "link": ("notice", "Left out: {} (links aren't followed)."),
        "special": ("notice", "Left out: {} (not an ordinary file)."),
        "archive": (
            "notice",
            "Left out: {} (archives inside are never opened; hand in the files themselves).",
        ),
        "configuration": ("notice", "Left out: {} {be} never read by the grader."),
        "source": ("notice", f"Left out: {{}}. {takes}; {move}."),
        "bytecode": ("note", "Left out: {} {be} never read by the grader."),
        "ordinary": ("note", f"Left out: {{}}. {takes}."),
    }
    return [
        _finding(level, sentence, sorts[sort])
        for sort, (level, sentence) in sentences.items()
        if sort in sorts
    ]


def _sort_of(entry: Entry, limits: ReadLimits) -> str:
    name = _name(entry)
    if is_odd(name, limits.name_bytes):
        return "odd"
    if entry.kind in ("link", "special"):
        return entry.kind
    if is_configuration(name):
        return "configuration"
    if is_bytecode(name):
        return "bytecode"
    if entry.kind == "file" and name.casefold().endswith(_ARCHIVES):
        return "archive"
    is_source = entry.kind == "file" and name.casefold().endswith((".py", ".pyw"))
    return "source" if is_source else "ordinary"


def _finding(level: FindingLevel, sentence: str, paths: Sequence[str]) -> Finding:
    # Not str.format: a learner's file may have braces in its name.
    said = sentence.replace("{be}", "is" if len(paths) == 1 else "are")
    return Finding(level=level, file=visible(paths[0]), sentence=said.replace("{}", _names(paths)))


def _names(paths: Sequence[str]) -> str:
    """Return "a, b and c", or the first few and how many more there are."""
    shown = [visible(path, 100) for path in paths[:_SHOWN]]
    if len(paths) > _SHOWN:
        return f"{', '.join(shown)} and {len(paths) - _SHOWN:,} more"
    return " and ".join([", ".join(shown[:-1]), shown[-1]] if len(shown) > 1 else shown)


def _name(entry: Entry) -> str:
    return PurePosixPath(entry.path).name
