"""Who can be forgotten, and where they are found beside the gradebook: reports that name them."""

from __future__ import annotations

import os
import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import date, datetime, timedelta
from pathlib import Path

from grader.cohort.identity import Identity

SUFFIXES = (".html", ".csv", ".json", ".svg", ".txt", ".md")
MOST_BYTES = 64 << 20
# How long a line of the audit is kept that says somebody was forgotten: the time in which a claim
# under a contract can be made (Limitation Act 1980, section 5).
AUDIT_YEARS = 6


def reports_naming(folders: Sequence[Path], names: Collection[str]) -> list[Path]:
    """The reports in these folders that hold a pseudonym or address, or have it in their name."""
    words = "|".join(re.escape(one) for one in sorted(names))
    pattern = re.compile(rf"(?<![\w-])(?:{words})(?![\w-])".encode())
    return sorted(path for folder in folders for path in _reports(folder) if _names(path, pattern))


def due(
    last: Mapping[str, datetime], identity: Identity, months: int, now: datetime
) -> tuple[str, ...]:
    """Whoever was last seen, and had their gateway, longer ago than so many months."""
    limit = months_before(now.date(), months)
    found = []
    for name, at in last.items():
        person = identity.people.get(name)
        gateway = person.gateway if person else None
        if max(at.date(), gateway or at.date()) < limit:
            found.append(name)
    return tuple(sorted(found))


def months_before(day: date, months: int) -> date:
    """The same day of an earlier month, or that month's last."""
    year, month = divmod(day.year * 12 + day.month - 1 - months, 12)
    first = date(year, month + 1, 1)
    last = (first.replace(day=28) + timedelta(days=4)).replace(day=1) - timedelta(days=1)
    return first.replace(day=min(day.day, last.day))


def _reports(folder: Path) -> Iterator[Path]:
    for home, _, names in os.walk(folder, followlinks=False):
        for name in names:
            path = Path(home, name)
            if path.suffix.casefold() in SUFFIXES and path.is_file() and not path.is_symlink():
                yield path


def _names(path: Path, pattern: re.Pattern[bytes]) -> bool:
    if pattern.search(os.fsencode(path.name)):
        return True
    try:
        return path.stat().st_size > MOST_BYTES or bool(pattern.search(path.read_bytes()))
    except OSError:
        return True  # can't be looked into: shown to whoever decides
