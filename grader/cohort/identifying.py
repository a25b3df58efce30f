"""Whose the things under a label are: by the identity file, else by what they say themselves."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from grader.cohort.identity import Identity, Person, bare, is_made_up, is_moodle
from grader.cohort.manifests import id_in_name
from grader.escaping import visible

_FILED = re.compile(r"(?P<label>.+_\d{3,}_assignsubmission_(?:file|onlinetext)_)(?P<name>.+)")
_HAND_INS = (".zip", ".bundle", ".ipynb")


def label_of(path: Path, *, folder: bool) -> str:
    """The label of something at the top of the submissions; "" when it can be nobody's."""
    if folder:
        return path.name
    filed = _FILED.fullmatch(path.name)
    if filed:
        return filed["label"]
    return path.stem if path.suffix.casefold() in _HAND_INS else ""


@dataclass(frozen=True)
class Stranger:
    """Nobody was found; `said` tells why, as the end of a sentence without its full stop."""

    said: str


class Identifying:
    """Finds people one after the other; `identity` grows by those who are new."""

    def __init__(self, identity: Identity, *, closed: bool) -> None:
        self.identity = identity
        self._closed = closed
        self._twins: set[str] = set()
        self._disputed: set[str] = set()

    def expect(self, labels: Mapping[str, Collection[str]]) -> None:
        """Be told all labels before, and which ids are claimed under each.

        Two people of one name aren't taken for one then, nor is an id given to the first of two
        who claim it, or to somebody else than whose folder has its name.
        """
        names = Counter(bare(label).casefold() for label in labels if is_moodle(label))
        self._twins = {name for name, number in names.items() if number > 1}
        claims = Counter(name for claimed in labels.values() for name in claimed)
        self._disputed = {name for name, number in claims.items() if number > 1}
        self._disputed |= {id_in_name(label) or label for label in labels}

    def find(self, label: str, claimed: Collection[str]) -> str | Stranger:
        """The pseudonym of whoever has this label. `claimed` are ids that the hand-ins name."""
        label = id_in_name(label) or label
        twins = is_moodle(label) and bare(label).casefold() in self._twins
        known = self.identity.filed(label) if twins else self.identity.match(label)
        if known is not None:
            return known.id
        if twins:
            return Stranger(
                "is one of two labels with the same name. Write each into the column folder of "
                "the person whose it is"
            )
        several = self.identity.possible(label)
        if len(several) > 1:
            return Stranger(
                f"could be {' or '.join(sorted(several)[:4])}. Write `{visible(label, 80)}` into "
                "the column folder of the right one"
            )
        (name,) = claimed if len(claimed) == 1 else ("",)
        if is_made_up(name) and not is_made_up(label):
            return self._by_claim(label, name)
        return self._new(label)

    def _by_claim(self, label: str, name: str) -> str | Stranger:
        """Whoever the hand-in itself names, if nobody else is filed under that id."""
        person = self.identity.people.get(name, Person(name))
        if name in self._disputed:
            return Stranger(
                f"says that it is by {name}, and somebody else's hand-in does so too. Ask whose "
                "id it is, and write the label into the column folder of that line"
            )
        if person.folder or person.name or person.email:
            return Stranger(
                f"says that it is by {name}, whose line in the identity file has another name. "
                "If it is the same person, write the label into the column folder"
            )
        if self._closed:
            return name if name in self.identity.people else self._new(label)
        called = bare(label) if is_moodle(label) else ""
        self.identity = self.identity.with_person(replace(person, folder=label, name=called))
        return name

    def _new(self, label: str) -> str | Stranger:
        if not self._closed:
            self.identity, person = self.identity.with_label(label)
            return person.id
        near = self.identity.nearest(label)
        shown = visible(label, 80)
        guess = f" Nearest is {near}: if that is who it is, write `{shown}` in the column folder."
        return Stranger(
            f"is nobody in the identity file.{guess if near else ''} Otherwise add a line"
        )
