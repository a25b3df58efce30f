"""The list of an intake: label, person, exercise, files taken, what was left out, and the cure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import msgspec

from grader.cohort.corrections import FILE, line
from grader.cohort.identity import Identity
from grader.cohort.labels import bare
from grader.cohort.leaving import Left
from grader.escaping import visible
from grader.results import IntakeEntry, IntakeLeft, IntakeWork


@dataclass(frozen=True)
class Unmatched:
    """Something that belongs to nobody or to no exercise; `sentence` says what to do."""

    name: str
    sentence: str


class Listing:
    """Grows while an intake goes on. Places are paths from the folder of submissions on."""

    def __init__(self, root: Path) -> None:
        self.entries: list[IntakeEntry] = []
        self.places: set[str] = set()
        self._root = root

    @property
    def unmatched(self) -> Iterator[Unmatched]:
        """What was left out, as one sentence each."""
        for entry in self.entries:
            for left in entry.left_out:
                yield Unmatched(left.place, f"{left.place} {left.why}.")

    def place(self, path: Path) -> str:
        """A path from the folder of submissions on."""
        place = path.relative_to(self._root).as_posix()
        self.places.add(place)
        return place

    def nobodys(self, label: str, lefts: Sequence[Left], *, person: bool = False) -> None:
        """Enter what is nobody's; `person`: it could be somebody's as a whole."""
        shown = tuple(self._shown(one) for one in lefts)
        correction = line("people", label, "ID") if person else ""
        self.entries.append(
            IntakeEntry(label=visible(label, 200), left_out=shown, correction=correction)
        )

    def person(
        self, label: str, who: str, by: str, work: Sequence[IntakeWork], lefts: Sequence[Left]
    ) -> None:
        """Enter what is one person's."""
        self.entries.append(
            IntakeEntry(
                label=visible(label, 200),
                apprentice=who,
                known_by=by,
                work=tuple(work),
                left_out=tuple(self._shown(one) for one in lefts),
                correction=line("people", label, "ID"),
            )
        )

    def _shown(self, one: Left) -> IntakeLeft:
        place = one.label or self.place(one.path)
        cure = line(one.cure[0], place, one.cure[1]) if one.cure else ""
        return IntakeLeft(
            place=visible(place, 200), why=one.said, correction=cure, file=FILE if cure else ""
        )


def masked(entries: Sequence[IntakeEntry], identity: Identity) -> tuple[IntakeEntry, ...]:
    """The list with pseudonyms in place of the labels and names of those who have one.

    A line of correction that would name one of them is left away.
    """
    swaps = sorted(
        (
            (text, person.id)
            for person in identity.people.values()
            for text in (person.folder, bare(person.folder), person.name, person.email)
            if len(text) > 2 and text != person.id
        ),
        key=lambda swap: -len(swap[0]),
    )

    def hide(text: str) -> str:
        for name, pseudonym in swaps:
            if text == name:
                return pseudonym
            # A file's own name follows Moodle's label without anything between them.
            text = text.replace(name + "/", pseudonym + "/")
            text = text.replace(name, pseudonym + "/" if name.endswith("_") else pseudonym)
        return text

    def line_of(text: str) -> str:
        return text if hide(text) == text else ""

    return tuple(
        msgspec.structs.replace(
            entry,
            label=hide(entry.label),
            correction=line_of(entry.correction),
            work=tuple(msgspec.structs.replace(w, place=hide(w.place)) for w in entry.work),
            left_out=tuple(
                msgspec.structs.replace(
                    left,
                    place=hide(left.place),
                    why=hide(left.why),
                    correction=line_of(left.correction),
                )
                for left in entry.left_out
            ),
        )
        for entry in entries
    )


def sentences(entries: Sequence[IntakeEntry]) -> tuple[str, ...]:
    """What was left out, as a sentence each."""
    return tuple(f"{one.place} {one.why}." for entry in entries for one in entry.left_out)


def work_of(exercise: str, place: str, files: Sequence[str], remarks: Sequence[str]) -> IntakeWork:
    """One piece of work, as the list shows it."""
    return IntakeWork(
        exercise=exercise,
        place=visible(place, 200),
        files=tuple(visible(name, 100) for name in files),
        remarks=tuple(remarks),
    )
