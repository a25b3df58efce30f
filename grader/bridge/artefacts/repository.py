"""A git repository as data: what a reader in the sandbox found, and questions to it.

For one submission's file as well as for cohorts that hand in clones: `read_repository`.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from typing import Annotated

import msgspec

from grader.bridge.artefacts.malformed import Malformed, quoted
from grader.bridge.artefacts.readers import Told, ask_reader
from grader.sandbox import Sandbox

MOST_PATHS = 5_000
DEEPEST = 40
_OPEN = -1
_LINK, _FOLDER, _MODULE = "120000", "40000", "160000"

_Id = Annotated[str, msgspec.Meta(pattern=r"^[0-9a-f]{40}$")]


class Commit(msgspec.Struct, frozen=True):
    """One commit. Times are seconds since 1970; people are pseudonyms or the exercise's own."""

    id: _Id
    parents: tuple[_Id, ...]
    tree: _Id
    author: str
    authored: int
    committer: str
    committed: int
    message: str

    @property
    def subject(self) -> str:
        """The first line of the message."""
        return self.message.partition("\n")[0]


class Move(msgspec.Struct, frozen=True):
    """A line of a reflog: `ref` ("HEAD", "refs/heads/main") went from `old` to `new`."""

    ref: str
    old: str
    new: str
    message: str


class Blob(msgspec.Struct, frozen=True):
    """Contents of a file; None when they are larger than 1 MB or all are larger than 6 MB."""

    size: int
    data: bytes | None = None


class Repository(msgspec.Struct, frozen=True):
    """Everything that was found. `kind` is "bundle" or "clone".

    `refs` lead to commits by full name, `head` is the ref that is checked out ("" when none is).
    `files` are those of a clone's working folder, `index` what is staged, `conflicts` paths whose
    merge is open, `merging` the commits being merged. `missing` are objects that should be there.
    """

    kind: str
    head: str
    refs: dict[str, _Id]
    tags: dict[str, dict[str, str]]
    commits: list[Commit]
    trees: dict[_Id, list[tuple[str, str, str]]]
    blobs: dict[_Id, Blob]
    files: list[tuple[str, _Id]]
    reflog: list[Move]
    merging: list[_Id]
    index: list[tuple[str, str]]
    conflicts: list[str]
    prerequisites: list[str]
    missing: list[str]

    # -- names

    @property
    def branches(self) -> dict[str, str]:
        """Commits by the name of the branch."""
        return self._below("refs/heads/")

    @property
    def tag_names(self) -> dict[str, str]:
        """Commits by the name of the tag."""
        return self._below("refs/tags/")

    @property
    def remotes(self) -> dict[str, str]:
        """Commits by name of a remote's branch, as in "origin/main"."""
        return self._below("refs/remotes/")

    @property
    def branch(self) -> str:
        """The branch that is checked out, "" when the head is detached or there is none."""
        return self.head.removeprefix("refs/heads/")

    def _below(self, start: str) -> dict[str, str]:
        return {name[len(start) :]: n for name, n in self.refs.items() if name.startswith(start)}

    def find(self, name: str) -> Commit | None:
        """The commit that a branch, tag, full ref or number (7 digits or more) means."""
        number = self.branches.get(name) or self.tag_names.get(name) or self.refs.get(name, name)
        number = self.remotes.get(name, number)
        found = [one for one in self.commits if one.id == number]
        if not found and len(number) >= 7:
            found = [one for one in self.commits if one.id.startswith(number)]
        return found[0] if len(found) == 1 else None

    def commit(self, name: str) -> Commit:
        """The same; LookupError when there is no such commit."""
        found = self.find(name)
        if found is None:
            raise LookupError(f"no commit {name}")
        return found

    # -- history

    def log(self, name: str) -> list[Commit]:
        """All commits that can be reached from `name`, itself first, then the newest."""
        by_id = {one.id: one for one in self.commits}
        start = self.commit(name)
        seen = {start.id}
        left = [start]
        for one in left:
            new = [by_id[n] for n in one.parents if n in by_id and n not in seen]
            seen.update(parent.id for parent in new)
            left += new
        return [start, *sorted(left[1:], key=lambda one: -one.committed)]

    def is_ancestor(self, older: str, newer: str) -> bool:
        """Whether `older` can be reached from `newer`; a commit is its own ancestor."""
        found = self.find(older)
        return found is not None and found in self.log(newer)

    # -- contents

    def contents(self, name: str) -> dict[str, bytes | None]:
        """Files of a commit by path; None for what was too large. Links are left out."""
        found: dict[str, bytes | None] = {}
        left = [("", self.commit(name).tree)]
        while left:
            prefix, tree = left.pop()
            for entry, mode, number in self.trees.get(tree, ()):
                if mode == _FOLDER:
                    left.append((f"{prefix}{entry}/", number))
                elif mode not in (_LINK, _MODULE) and number in self.blobs:
                    found[f"{prefix}{entry}"] = self.blobs[number].data
        return dict(sorted(found.items()))

    def changed(self, older: str, newer: str) -> list[str]:
        """Paths that differ between two commits."""
        before, after = self.contents(older), self.contents(newer)
        names = before.keys() | after.keys()
        return sorted(name for name in names if before.get(name) != after.get(name))

    @property
    def worktree(self) -> dict[str, bytes | None]:
        """Files of a clone's working folder, those that git ignores included."""
        return {name: self.blobs[number].data for name, number in self.files}

    @property
    def staged(self) -> dict[str, bytes | None]:
        """Files as they are staged."""
        return {name: self.blobs[n].data for name, n in self.index if n in self.blobs}

    @property
    def complete(self) -> bool:
        """Whether nothing is missing, so that it can be cloned by itself."""
        return not self.missing and not self.prerequisites


def read_repository(
    sandbox: Sandbox,
    handed_in: bytes | Mapping[str, bytes],
    *,
    known: Collection[str] = (),
    seconds: float = 20.0,
    note: Callable[[str], None] = lambda _: None,
) -> Repository:
    """Read a bundle or a packed clone (bytes), or the files of a clone's folder, in the sandbox.

    `sandbox` is a `reader_sandbox`; `known` are addresses of the exercise's invented people, who
    keep their names. Raises Malformed when it can't be read.
    """
    if isinstance(handed_in, bytes):
        kind = "bundle" if handed_in.startswith(b"# v") else "tar"
        files: Mapping[str, bytes] = {"given": handed_in}
    else:
        kind = "folder"
        files = {f"given/{name}": data for name, data in handed_in.items()}
    arguments = {"kind": kind, "known": sorted(known)}
    found = ask_reader(
        sandbox, "git_reading", files, arguments, Told[Repository], seconds=seconds, note=note
    )
    _check(found)
    return found


def _check(found: Repository) -> None:
    """Refuse names that git refuses, and trees that unfold to too much."""
    for rows in found.trees.values():
        for name, _, _ in rows:
            if name in ("", ".", "..") or "/" in name or name.casefold() == ".git":
                raise Malformed(f"holds a file with the name {quoted(name)}, which can't be")
    sizes: dict[str, int] = {}
    for one in found.commits:
        if _size(found, one.tree, sizes, 0) > MOST_PATHS:
            raise Malformed(f"holds a commit with more than {MOST_PATHS:,} files")
    blobs = {number for _, number in found.files}
    if not blobs <= found.blobs.keys():
        raise Malformed("can't be read: files of the working folder are missing")


def _size(found: Repository, tree: str, sizes: dict[str, int], depth: int) -> int:
    """How many paths a tree unfolds to; each tree is counted once, however often it is used."""
    if depth > DEEPEST:
        raise Malformed(f"holds folders more than {DEEPEST} deep in each other")
    if sizes.get(tree) == _OPEN:  # can't be made, but can be said
        raise Malformed("holds a folder that lies in itself")
    if tree not in sizes:
        sizes[tree] = _OPEN
        rows = found.trees.get(tree, ())
        sizes[tree] = len(rows) + sum(
            _size(found, number, sizes, depth + 1) for _, mode, number in rows if mode == _FOLDER
        )
    return sizes[tree]
