"""The identity file: the one place where a pseudonym meets a name. A CSV that tutors can edit."""

from __future__ import annotations

import csv
import difflib
import io
import os
import re
import secrets
import stat
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, fields
from datetime import date
from pathlib import Path

from grader.cohort.identity_file import Form, clean, form_of, read_rows
from grader.cohort.labels import bare, is_of_platform, sortable
from grader.errors import UsageError
from grader.escaping import visible
from grader.system_errors import sync_file
from grader.tables import did_you_mean

_FRESH = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW
_PLAIN = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,63}")
# A cell that begins so would be run as a formula by whoever opens the file as a spreadsheet.
_FORMULA = re.compile(r"^'*[=+@|%-]")
_QUOTED = re.compile(r"^'(?='*[=+@|%-])")
_MADE_UP = re.compile(r"(?=.{1,64}$)[a-z0-9]+(-[a-z0-9]+)*")
_WORDS = "alder birch cedar elm fern hazel heron juniper larch linnet maple oak osprey plover rowan"


@dataclass(frozen=True)
class Person:
    """One line of the file. `id` is the pseudonym; `folder` what their work is filed under.

    `start` and `gateway` are the dates of the programme; `breaks` pauses of it. `extra_time` is a
    factor on times and `format` a note, both reasonable adjustments; `extra_attempts` are added
    to what the course allows.
    """

    id: str
    name: str = ""
    email: str = ""
    folder: str = ""
    start: date | None = None
    gateway: date | None = None
    breaks: tuple[tuple[date, date], ...] = ()
    extra_time: float = 1.0
    extra_attempts: int = 0
    format: str = ""


COLUMNS = tuple(one.name for one in fields(Person))


class Identity:
    """Everybody in the file, found by pseudonym, folder, name or e-mail address."""

    def __init__(self, people: Iterable[Person] = ()) -> None:
        self.people = {person.id: person for person in people}
        self._by_label: dict[str, set[str]] = {}
        for person in self.people.values():
            for label in (person.id, person.folder, person.name, person.email):
                if label:
                    self._by_label.setdefault(_folded(label), set()).add(person.id)

    def match(self, label: str) -> Person | None:
        """Whoever this label of a folder or archive stands for; nobody when it could be two."""
        found = self._by_label.get(_folded(label)) or self._by_label.get(_folded(bare(label)))
        return self.people[next(iter(found))] if found and len(found) == 1 else None

    def nearest(self, label: str) -> str:
        """The pseudonym that a label resembles most, or ""."""
        near = difflib.get_close_matches(_folded(bare(label)), self._by_label, n=1, cutoff=0.6)
        return min(self._by_label[near[0]]) if near else ""

    def filed(self, label: str) -> Person | None:
        """Whoever has exactly this label in the column folder."""
        wanted = clean(label)
        found = [one for one in self.people.values() if clean(one.folder) == wanted]
        return found[0] if len(found) == 1 else None

    def possible(self, label: str) -> set[str]:
        """The pseudonyms of all for whom this label could stand."""
        found = self._by_label.get(_folded(label)) or self._by_label.get(_folded(bare(label)))
        return set(found or ())

    def sortable(self, label: str) -> set[str]:
        """The pseudonyms of those whose name Canvas writes as it stands in this label."""
        letters = sortable(label)
        return {
            person.id
            for person in self.people.values()
            if letters and letters.casefold() in _turned(person.name)
        }

    def with_label(self, label: str, name: str = "") -> tuple[Identity, Person]:
        """The same with one more person, whose work is filed under `label`."""
        name = name or (bare(label) if is_of_platform(label) else "")
        person = Person(id=self.new_id(label), name=clean(name), folder=clean(label))
        return self.with_person(person), person

    def with_person(self, person: Person) -> Identity:
        """The same with one more person, or one whose line has changed."""
        return Identity({**self.people, person.id: person}.values())

    def without(self, pseudonym: str) -> Identity:
        """The same without one person."""
        return Identity(one for one in self.people.values() if one.id != pseudonym)

    def new_id(self, label: str = "") -> str:
        """An id that nobody has: the label itself when it has the form of one."""
        if is_made_up(label) and label not in self.people:
            return label
        while True:
            made = f"{secrets.choice(_WORDS.split())}-{secrets.randbelow(9000) + 1000}"
            if made not in self.people:
                return made


def is_plain(label: str) -> bool:
    """Whether a label can serve as a pseudonym: one word, and nobody's e-mail address."""
    return bool(_PLAIN.fullmatch(label))


def is_made_up(label: str) -> bool:
    """Whether a label has the form of an id that nobody is known by, such as `heron-4821`.

    A word without a digit may be somebody's name, and stays out of the gradebook.
    """
    return bool(_MADE_UP.fullmatch(label)) and any(map(str.isdigit, label))


def refuse_unknown(apprentice: str, known: Collection[str]) -> None:
    """Raise UsageError when nobody in a gradebook or its identity file has this pseudonym."""
    if apprentice not in known:
        near = did_you_mean(apprentice, known) if is_plain(apprentice) else ""
        raise UsageError(
            f"`{visible(apprentice, 60)}` is nobody in this gradebook or its identity file"
            f"{near or '; use the pseudonym'}"
        )


def read_beside(
    gradebook: Path, named: Path | None, *, fill: bool = False
) -> tuple[Path, Identity]:
    """The identity file, as named or beside the gradebook, and who is in it; nobody without one.

    Whoever writes the file again has to `fill` it, as `read_identity` does, to lose no line.
    """
    path = named or gradebook.with_name("identity.csv")
    return path, read_identity(path, fill=fill) if path.is_file() else Identity()


def read_identity(path: Path, *, fill: bool = False) -> Identity:
    """Read an identity file; UsageError with a line for each problem.

    A line without an id is passed over; with `fill` it is given one, to be written then.
    """
    header, rows, _ = read_rows(path)
    problems = [
        f"line 1: there is no column `{visible(name, 40)}`{did_you_mean(name, COLUMNS)}"
        for name in header
        if name not in COLUMNS
    ]
    if header and "id" not in header:
        problems.append("line 1: the column `id` is missing; it holds the pseudonyms")
    people: dict[str, Person] = {}
    unnamed: list[dict[str, str]] = []
    for line, row in enumerate(rows if not problems else [], start=2):
        if not row.get("id", "").strip():
            unnamed += [row] if any(map(str.strip, row.values())) else []
            continue
        try:
            person = _person(row)
            if person.id in people:
                raise ValueError(f"`id`: `{person.id}` is there twice")
            people[person.id] = person
        except ValueError as error:
            problems.append(f"line {line}: {error}")
    if problems:
        shown = "\n".join(problems[:20])
        raise UsageError(f"The identity file `{path}` can't be used:\n{shown}")
    return _filled(path, Identity(people.values()), unnamed if fill else [])


def _filled(path: Path, identity: Identity, unnamed: Iterable[dict[str, str]]) -> Identity:
    """The same with an id made up for each of the lines that have none."""
    for row in unnamed:
        try:
            person = _person({**row, "id": identity.new_id()})
        except ValueError as error:
            who = visible(row.get("name") or row.get("email") or row.get("folder") or "", 60)
            raise UsageError(
                f"The identity file `{path}` can't be used:\nthe line of {who}: {error}"
            ) from None
        identity = identity.with_person(person)
    return identity


def identity_text(identity: Identity, separator: str = ",") -> str:
    """The file as text, by pseudonym."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter=separator, lineterminator="\n")
    writer.writerow(COLUMNS)
    for _, person in sorted(identity.people.items()):
        writer.writerow(list(_cells(person)))
    return out.getvalue()


def write_identity(path: Path, identity: Identity) -> None:
    """Write the file whole or not at all, for its owner's eyes only.

    It keeps the separator that it has, and the mark by which spreadsheets know UTF-8.
    """
    form = form_of(path) if path.is_file() else Form()
    mark = "\ufeff" if form.marked else ""
    try:
        write_private(path, mark + identity_text(identity, form.separator))
    except OSError as error:
        raise UsageError(
            f"The identity file `{path}` can't be written: {error.strerror}."
        ) from None


def write_private(path: Path, text: str) -> None:
    """Write a file that names people: whole or not at all, readable by its owner alone."""
    fresh = path.with_name(path.name + ".new")
    fresh.unlink(missing_ok=True)
    with os.fdopen(os.open(fresh, _FRESH, 0o600), "w", encoding="utf-8", newline="") as file:
        file.write(text)
        file.flush()
        sync_file(file.fileno())
    fresh.replace(path)


def close_to_others(path: Path) -> bool:
    """Take the file's permissions from everybody but its owner; whether somebody had any."""
    open_to = stat.S_IMODE(path.stat().st_mode)
    if not open_to & 0o077:
        return False
    try:
        path.chmod(open_to & 0o700)
    except OSError:
        return False  # a drive that has no permissions, as those of Windows
    return True


def _cells(person: Person) -> Iterator[str]:
    for name in COLUMNS:
        value = getattr(person, name)
        if name == "breaks":
            yield " ".join(f"{first}..{last}" for first, last in value)
        else:
            yield "" if value is None else _FORMULA.sub(r"'\g<0>", str(value))


def _person(row: dict[str, str]) -> Person:
    cells = {
        name: _QUOTED.sub("", (value or "").strip())
        for name, value in row.items()
        if name in COLUMNS
    }
    if not is_plain(cells.get("id", "")):
        raise ValueError(
            f"`id`: `{visible(cells.get('id', ''), 60)}` can't be a pseudonym; use one word of "
            "letters, digits and hyphens, and never a name"
        )
    return Person(
        id=cells["id"],
        name=cells.get("name", ""),
        email=cells.get("email", ""),
        folder=cells.get("folder", ""),
        start=_date(cells, "start"),
        gateway=_date(cells, "gateway"),
        breaks=tuple(_breaks(cells.get("breaks", ""))),
        extra_time=_number(cells, "extra_time", 1.0, 1.0, 4.0),
        extra_attempts=int(_number(cells, "extra_attempts", 0, 0, 20)),
        format=cells.get("format", ""),
    )


def _date(cells: dict[str, str], name: str) -> date | None:
    text = cells.get(name, "")
    return _day(text, name) if text else None


def _day(text: str, name: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise ValueError(f"`{name}`: `{visible(text, 40)}` is no date like 2026-09-01") from None


def _breaks(text: str) -> Iterator[tuple[date, date]]:
    for part in text.split():
        first, found, last = part.partition("..")
        if not found:
            raise ValueError(f"`breaks`: write `{visible(part, 40)}` as 2026-03-01..2026-04-15")
        span = (_day(first, "breaks"), _day(last, "breaks"))
        if span[0] > span[1]:
            raise ValueError(f"`breaks`: `{visible(part, 40)}` ends before it begins")
        yield span


def _number(cells: dict[str, str], name: str, usual: float, least: float, most: float) -> float:
    text = cells.get(name, "")
    try:
        value = float(text) if text else usual
    except ValueError:
        value = most + 1
    if not least <= value <= most:
        shown = visible(text, 40)
        raise ValueError(f"`{name}`: expected a number from {least:g} to {most:g}, found `{shown}`")
    return value


def _turned(name: str) -> set[str]:
    """A name without spaces, from each of its words on: "hillben" and "benhill"."""
    words = _folded(name).split()
    return {"".join(words[place:] + words[:place]) for place in range(len(words))}


def _folded(label: str) -> str:
    plain = clean(clean(label).casefold())
    return " ".join(re.sub(r"[\W_]+", " ", plain).split())
