"""`journal.toml`: what an apprentice writes down about their work, where a rubric reads it.

Its fields are asked and not scored: they are shown to the tutor who marks the rubric. `help` is
information and never decides anything. What is read is hostile, as everything handed in is.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping

import msgspec

from grader.bridge.limited import TooMuchError, limited
from grader.escaping import visible
from grader.tables import did_you_mean

JOURNAL = "journal.toml"
FIELDS = ("assumptions", "rejected_options", "help", "minutes", "stuck_points")
_HELP = ("at", "asked", "whom", "learned")
_MOST_BYTES = 100_000
_MOST_LINES = 12
_CUT = 400


class Journal(msgspec.Struct, frozen=True):
    """Lines by field, ready to be shown, and sentences on what can't be read."""

    fields: dict[str, tuple[str, ...]] = {}
    problems: tuple[str, ...] = ()


def read_journal(data: bytes) -> Journal:
    """Read a learner's journal; never raises."""
    if len(data) > _MOST_BYTES:
        return Journal(problems=(f"{JOURNAL} is larger than {_MOST_BYTES:,} bytes",))
    try:
        return limited(lambda: _read(data), Journal)
    except TooMuchError:
        return Journal(problems=(f"{JOURNAL} is nested too deeply to be read",))


def _read(data: bytes) -> Journal:
    try:
        table = tomllib.loads(data.decode("utf-8-sig"))
    except UnicodeDecodeError:
        return Journal(problems=(f"{JOURNAL} isn't text in UTF-8; save it as UTF-8",))
    except tomllib.TOMLDecodeError as error:
        _, at, place = str(error).rpartition("(at ")
        where = place.rstrip(")").partition(",")[0] if at else "the end of the file"
        return Journal(problems=(f"{JOURNAL} can't be read: look at {where} or just before it",))
    fields: dict[str, tuple[str, ...]] = {}
    problems: list[str] = []
    for key, value in table.items():
        if key not in FIELDS:
            problems.append(
                f"{JOURNAL}: `{visible(key, 60)}` is unknown{did_you_mean(key, FIELDS)}"
            )
        else:
            fields[key] = tuple(_lines(key, value))
    return Journal(fields, tuple(problems[:5]))


def _lines(key: str, value: object) -> Iterable[str]:
    """A field as lines of text: one for each entry, at most so many."""
    entries = value if isinstance(value, list) else [value]
    for entry in entries[:_MOST_LINES]:
        text = _told(entry) if key == "help" and isinstance(entry, dict) else str(entry)
        if text.strip():
            yield visible(text.strip(), _CUT)
    if len(entries) > _MOST_LINES:
        yield f"{len(entries) - _MOST_LINES} more"


def _told(entry: Mapping[str, object]) -> str:
    return "; ".join(f"{key}: {entry[key]}" for key in _HELP if entry.get(key))
