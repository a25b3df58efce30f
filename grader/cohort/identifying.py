"""Whose the things under a label are: as the tutor or the identity file says, else somebody new."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from grader.cohort.corrections import Corrections
from grader.cohort.identity import Identity, Person, is_made_up
from grader.cohort.labels import bare, is_of_platform, sortable
from grader.cohort.manifests import id_in_name
from grader.escaping import visible

BY_TUTOR, BY_FILE, NEW = "corrections.toml", "the identity file", "new"


@dataclass(frozen=True)
class Somebody:
    """Who it is by pseudonym, and what says so."""

    id: str
    by: str


@dataclass(frozen=True)
class Stranger:
    """Nobody was found; `said` tells why, as the end of a sentence without its full stop."""

    said: str


@dataclass(frozen=True)
class Labelled:
    """A label, the layer of folders it stands in, a name beside it, and ids that it claims."""

    label: str
    layer: str = ""
    name: str = ""
    claimed: Collection[str] = ()


class Identifying:
    """Finds people one after the other; `identity` grows by those who are new."""

    def __init__(
        self, identity: Identity, *, closed: bool, corrections: Corrections | None = None
    ) -> None:
        self.identity = identity
        self._closed = closed
        self._corrections = corrections or Corrections()
        self._twins: set[tuple[str, str]] = set()
        self._disputed: set[str] = set()

    def expect(self, labels: Iterable[Labelled]) -> None:
        """Be told all labels before, and which ids are claimed under each.

        Two people of one name aren't taken for one then, nor is an id that two claim given to
        one of them.
        """
        every = list(labels)
        names = Counter(_named(one) for one in every if is_of_platform(one.label))
        self._twins = {name for name, number in names.items() if number > 1}
        claims = Counter(name for one in every for name in one.claimed)
        self._disputed = {name for name, number in claims.items() if number > 1}
        self._disputed |= {id_in_name(one.label) or one.label for one in every}

    def find(self, one: Labelled) -> Somebody | Stranger:
        """The pseudonym of whoever has this label."""
        said = self._corrections.person(one.label)
        if said:
            return self._by_tutor(one, said)
        label = id_in_name(one.label) or one.label
        twins = is_of_platform(label) and _named(one) in self._twins
        known = self.identity.filed(label) if twins else self.identity.match(label)
        if known is not None:
            return Somebody(known.id, BY_FILE)
        if twins:
            return Stranger(
                "is one of two labels with the same name. Write each into the column folder of "
                "the person whose it is"
            )
        several = self.identity.possible(label) or self.identity.sortable(label)
        if len(several) == 1:
            return Somebody(next(iter(several)), BY_FILE)
        if several:
            return Stranger(
                f"could be {' or '.join(sorted(several)[:4])}. Write `{visible(label, 80)}` into "
                "the column folder of the right one"
            )
        (name,) = one.claimed if len(one.claimed) == 1 else ("",)
        if name and not is_made_up(label):
            return self._claim(name)
        return self._new(label, one.name)

    def _by_tutor(self, one: Labelled, said: str) -> Somebody | Stranger:
        if said not in self.identity.people:
            if self._closed:
                return Stranger(f"is {said} by corrections.toml, who isn't in the identity file")
            name = one.name or (bare(one.label) if is_of_platform(one.label) else "")
            person = Person(said, name=name, folder=one.label)
            self.identity = self.identity.with_person(person)
        return Somebody(said, BY_TUTOR)

    def _claim(self, name: str) -> Stranger:
        """What a hand-in says of its own id is never believed by itself: the tutor is asked."""
        shown = visible(name, 60)
        if name in self._disputed:
            return Stranger(
                f"says that it is by {shown}, and somebody else's hand-in does so too. Ask whose "
                "id it is, and write the label into the column folder of that line"
            )
        person = self.identity.people.get(name, Person(name))
        if person.folder or person.name or person.email:
            return Stranger(
                f"says that it is by {shown}, whose line in the identity file has another name. "
                "If it is the same person, write the label into the column folder"
            )
        return Stranger(
            f"says that it is by {shown}, an id that nobody has yet. Ask whether it is theirs, "
            "then add the line below; the next time it is known"
        )

    def _new(self, label: str, name: str) -> Somebody | Stranger:
        if not self._closed:
            self.identity, person = self.identity.with_label(label, name)
            return Somebody(person.id, NEW)
        near = self.identity.nearest(label)
        shown = visible(label, 80)
        guess = f" Nearest is {near}: if that is who it is, write `{shown}` in the column folder."
        return Stranger(
            f"is nobody in the identity file.{guess if near else ''} Otherwise add a line"
        )


def _named(one: Labelled) -> tuple[str, str]:
    return (one.layer, " ".join(bare(one.label).casefold().split()))


def is_certain(label: str, identity: Identity, corrections: Corrections) -> bool:
    """Whether a label is surely one person's, as a platform, the tutor or the file has it."""
    known = identity.possible(id_in_name(label) or label)
    named = is_of_platform(label) or bool(sortable(label)) or bool(id_in_name(label))
    return bool(named or known or corrections.person(label))
