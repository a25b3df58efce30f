"""What learning platforms make of a person's and a file's name: Moodle, Canvas, Google Classroom.

Theory of operation. A label is hostile text. It is taken apart by these forms alone, compared and
shown, and decides nothing by itself: whose it is, the identity file or the tutor says.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import PurePosixPath

_MOODLE = re.compile(
    r"(?P<name>.+?)_(?P<number>\d+)_assignsubmission_(?P<kind>[a-z]+)(?:_(?P<file>.*))?"
)
_CANVAS = re.compile(
    r"(?P<name>[^\W\d_][^_]*)_(?P<late>(?i:late)_)?(?P<user>\d{3,})_(?P<attachment>\d{3,})_(?P<file>.+\.\w+)"
)
_CANVAS_LABEL = re.compile(r"(?P<name>[^\W\d_][^_]*)_(?P<user>\d{3,})")
_GOOGLE = re.compile(r"(?P<name>[^\W\d_].*?) - (?P<file>[^/]+\.(?i:py|pyw|ipynb|zip|bundle))")
_AGAIN = re.compile(r"(?P<stem>.+)-(?P<number>\d{1,2})(?P<suffix>\.\w+)")
_HAND_INS = (".zip", ".bundle", ".ipynb")


@dataclass(frozen=True)
class Filed:
    """How one thing is filed: under whose label, the person's name, the file's own name.

    `key` is the same for all that one download has of one person. `name` is "" where the platform
    gives none, `file` is "" for folders and archives that stand for a person as a whole.
    """

    label: str
    key: tuple[str, ...]
    name: str = ""
    file: str = ""
    late: bool = False


def filed_as(name: str, *, folder: bool) -> Filed | None:
    """How something at the top of a download is filed; None when it can be nobody's."""
    found = _moodle(name, folder=folder)
    if found is None and not folder:
        found = _canvas(name) or _google(name)
    if found is not None:
        return found
    path = PurePosixPath(name)
    if folder:
        return Filed(name, (name,))
    return Filed(path.stem, (path.stem,)) if path.suffix.casefold() in _HAND_INS else None


def is_of_platform(label: str) -> bool:
    """Whether a label is as a platform writes it, and so certainly a person's."""
    return bool(_MOODLE.fullmatch(label))


def person_of(name: str) -> str:
    """The person that a platform's form names in the name of a file or folder, or ""."""
    found = _MOODLE.fullmatch(name) or _CANVAS.fullmatch(name)
    return found["name"] if found else ""


def bare(label: str) -> str:
    """A label without what a learning platform adds around a name."""
    found = _MOODLE.fullmatch(label)
    return found["name"] if found else label


def number_of(label: str) -> str:
    """By what a platform's own table of grades finds whoever has this label, or ""."""
    if found := _MOODLE.fullmatch(label):
        return f"Participant {found['number']}"
    canvas = _CANVAS_LABEL.fullmatch(label)
    return canvas["user"] if canvas else ""


def sortable(label: str) -> str:
    """The letters by which Canvas names somebody ("hillben_12345"), or ""."""
    found = _CANVAS_LABEL.fullmatch(label)
    return found["name"] if found else ""


def without_number(name: str) -> tuple[str, int]:
    """A file's name without what Canvas adds when it comes again ("fares-1.py"); how often."""
    found = _AGAIN.fullmatch(name)
    return (found["stem"] + found["suffix"], int(found["number"])) if found else (name, 0)


def _moodle(name: str, *, folder: bool) -> Filed | None:
    found = _MOODLE.fullmatch(name)
    if found is None:
        return None
    file = "" if folder else (found["file"] or "")
    label = name[: len(name) - len(file)] if file else name
    return Filed(label, ("moodle", found["name"], found["number"]), found["name"], file)


def _canvas(name: str) -> Filed | None:
    found = _CANVAS.fullmatch(name)
    if found is None:
        return None
    label = f"{found['name']}_{found['user']}"
    return Filed(label, ("canvas", found["user"]), "", found["file"], late=bool(found["late"]))


def _google(name: str) -> Filed | None:
    found = _GOOGLE.fullmatch(name)
    return Filed(found["name"], (found["name"],), found["name"], found["file"]) if found else None
