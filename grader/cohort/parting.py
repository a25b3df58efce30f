"""Keeps people apart: what lies under one label, and whether all of it can be one person's."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from grader.cohort import layers
from grader.cohort.archives import Archive, names_in
from grader.cohort.contents import Contents, Course
from grader.cohort.identifying import Labelled
from grader.cohort.identity import Identity
from grader.cohort.labelling import Group
from grader.cohort.labels import bare, person_of
from grader.cohort.leaving import Left
from grader.cohort.manifests import id_in_name


@dataclass
class Person:
    """Everything under one label."""

    group: Group
    contents: Contents
    archives: list[Archive] = field(default_factory=list)
    left: list[Left] = field(default_factory=list)
    layer: str = ""

    @property
    def labelled(self) -> Labelled:
        """The label, with what is needed to find out whose it is."""
        claimed = {one.manifest.apprentice for one in self.archives if one.manifest}
        return Labelled(self.group.label, self.group.layer, self.group.name, claimed)


class Parting:
    """Tells one person's work from another's, by those who are known before anything is taken."""

    def __init__(self, identity: Identity, course: Course) -> None:
        self._identity = identity
        self._course = course

    def why_several(self, person: Person) -> str:
        """Why this may be several people's, or ""."""
        label, course = person.group.label, self._course
        for folder in person.group.folders:
            if said := layers.why_several(label, layers.tree_of(folder), course, self._known):
                return said
            if folder.name in course:
                return "is an exercise, and a person's folder was expected; put it into one"
        own = {one.path for one in person.group.loose}
        for archive in person.archives:
            if archive.path in own and archive.manifest is None:
                tree = layers.tree_of_names(names_in(archive.look))
                if said := layers.why_several(label, tree, course, self._known):
                    return f"is an archive that {said}"
        return ""

    def part_others(self, person: Person) -> None:
        """Take out archives that hold other people's work beside this one's."""
        label = person.group.label
        for archive in list(person.archives):
            parts = {part for name in names_in(archive.look) for part in name.split("/")}
            others = [other for part in sorted(parts) if (other := self.somebody_else(label, part))]
            if others and archive.manifest is None:
                said = f"is an archive that holds other people's work ({others[0]}); unpack it"
                person.archives.remove(archive)
                person.left.append(Left(archive.path, said))

    def _known(self, name: str) -> str:
        """The id of whoever the identity file or the name itself names, or ""."""
        stem = Path(name).stem if name.casefold().endswith((".zip", ".bundle")) else name
        known = self._identity.match(stem)
        return known.id if known else id_in_name(stem)

    def somebody_else(self, label: str, name: str) -> str:
        """Whose label a name is, if not of the person with this label."""
        said = person_of(name)
        mine = self._identity.possible(label)
        if said:
            theirs = self._identity.possible(name) or self._identity.possible(said)
            same = " ".join(said.casefold().split()) == " ".join(bare(label).casefold().split())
            return "" if same or mine & theirs else said
        known = self._known(name)
        return known if known and known not in mine and known != label else ""
