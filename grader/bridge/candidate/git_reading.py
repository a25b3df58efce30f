"""Reads a git repository in the sandbox and tells what is in it: graph, trees, contents, logs."""

from __future__ import annotations

import base64
import hashlib
import io
import stat
from pathlib import Path
from typing import Any

from .answering import Refused, answer
from .git_people import People
from .git_store import Opened, open_bundle, open_folder, open_tar

MOST_COMMITS = 2_000
MOST_ENTRIES = 20_000
MOST_BLOB = 1 << 20
MOST_BLOBS = 6 << 20  # all contents together
MOST_LOG = 2_000
_MESSAGE = 10_000


def warm() -> None:
    """Import once, beforehand, what every reading needs."""


def main(arguments: Any, fds: list[int]) -> None:
    """Entry point. `arguments`: `kind` ("bundle", "tar" or "folder") and `known` addresses.

    What was handed in lies in the current folder as `given`.
    """
    answer(lambda: _read(str(arguments["kind"]), list(arguments["known"])), fds[0])


def _read(kind: str, known: list[str]) -> dict[str, Any]:
    if kind == "folder":
        return _Reading(open_folder("given"), People(known)).told()
    opening = open_bundle if kind == "bundle" else open_tar
    return _Reading(opening(Path("given").read_bytes()), People(known)).told()


class _Reading:
    def __init__(self, opened: Opened, people: People) -> None:
        self._opened = opened
        self._people = people
        self._commits: dict[str, dict[str, Any]] = {}
        self._tags: dict[str, dict[str, str]] = {}
        self._trees: dict[str, list[list[str]]] = {}
        self._blobs: dict[str, dict[str, Any]] = {}
        self._missing: set[str] = set()
        self._entries = 0
        self._room = MOST_BLOBS

    def told(self) -> dict[str, Any]:
        """Everything, as JSON can carry it."""
        opened = self._opened
        refs = {name: opened.commit_of(name) for name in list(opened.refs)[:MOST_LOG]}
        logs = self._logs()
        refs = {name: self._peeled(name, number) for name, number in refs.items() if number}
        starts = [*refs.values(), *opened.merging]
        self._walk(starts)
        self._walk([number for entry in logs for number in (entry["new"], entry["old"])], lost=True)
        for commit in self._commits.values():
            commit["message"] = self._people.without(commit["message"])
        index, conflicts = self._index()
        head = opened.refs.get("HEAD", b"").strip()
        return {
            "kind": opened.kind,
            "head": head[4:].strip().decode("utf-8", "replace") if head[:4] == b"ref:" else "",
            "refs": refs,
            "tags": self._tags,
            "commits": list(self._commits.values()),
            "files": [[name, self._keep(data)] for name, data in sorted(opened.files.items())],
            "trees": self._trees,
            "blobs": self._blobs,
            "reflog": logs,
            "merging": opened.merging,
            "index": index,
            "conflicts": conflicts,
            "prerequisites": opened.prerequisites,
            "missing": sorted(self._missing)[:100],
        }

    # -- the graph

    def _peeled(self, name: str, number: str) -> str:
        """What a name points to in the end; a tag with a message is noted on the way."""
        from dulwich.objects import Tag

        for _ in range(5):
            found = self._object(number)
            if found is None or found[0] != b"tag":
                break
            tag = Tag.from_string(found[1])
            message = (tag.message or b"").decode("utf-8", "replace")[:_MESSAGE]
            self._tags.setdefault(name, {"message": self._people.without(message)})
            number = tag.object[1].decode()
        return number

    def _walk(self, starts: list[str], *, lost: bool = False) -> None:
        """Every commit that can be reached; one of a log may be long gone."""
        left = [number for number in starts if number.strip("0")]
        while left:
            number = left.pop()
            if number in self._commits or number in self._missing:
                continue
            found = self._object(number, lost=lost)
            if found is None or found[0] != b"commit":
                continue
            if len(self._commits) == MOST_COMMITS:
                raise Refused(f"holds more than {MOST_COMMITS:,} commits; hand in a smaller one")
            self._commits[number] = commit = self._commit(number, found[1])
            left += commit["parents"]
            self._tree(commit["tree"])

    def _commit(self, number: str, raw: bytes) -> dict[str, Any]:
        from dulwich.objects import Commit

        commit = Commit.from_string(raw)
        return {
            "id": number,
            "parents": [parent.decode() for parent in commit.parents],
            "tree": commit.tree.decode(),
            "author": self._people.told(commit.author),
            "authored": int(commit.author_time),
            "committer": self._people.told(commit.committer),
            "committed": int(commit.commit_time),
            "message": commit.message.decode("utf-8", "replace")[:_MESSAGE],
        }

    # -- contents

    def _tree(self, number: str) -> None:
        from dulwich.objects import Tree

        left = [number]
        while left:
            number = left.pop()
            found = None if number in self._trees else self._object(number)
            if found is None or found[0] != b"tree":
                continue
            rows = self._trees[number] = []
            for name, mode, inner in Tree.from_string(found[1]).iteritems():
                self._entries += 1
                if self._entries > MOST_ENTRIES:
                    raise Refused(f"holds more than {MOST_ENTRIES:,} files in all its commits")
                inner_number = inner.decode()
                rows.append([name.decode("utf-8", "backslashreplace"), f"{mode:o}", inner_number])
                if stat.S_ISDIR(mode):
                    left.append(inner_number)
                elif stat.S_ISREG(mode) or stat.S_ISLNK(mode):
                    self._blob(inner_number)

    def _blob(self, number: str) -> None:
        if number not in self._blobs:
            found = self._object(number)
            if found is not None and found[0] == b"blob":
                self._keep(found[1], number)

    def _keep(self, data: bytes, number: str = "") -> str:
        """Note the contents of a file, or only its size when they are too large; its number."""
        number = number or hashlib.sha1(b"blob %d\0%s" % (len(data), data)).hexdigest()
        if number not in self._blobs:
            fits = len(data) <= min(MOST_BLOB, self._room)
            self._room -= len(data) if fits else 0
            told = base64.b64encode(data).decode() if fits else None
            self._blobs[number] = {"size": len(data), "data": told}
        return number

    def _object(self, number: str, *, lost: bool = False) -> tuple[bytes, bytes] | None:
        try:
            return self._opened.object(number)
        except KeyError:
            if not lost and number not in self._opened.prerequisites:
                self._missing.add(number)
            return None

    # -- what lies about in a clone

    def _logs(self) -> list[dict[str, Any]]:
        told: list[dict[str, Any]] = []
        for name, data in sorted(self._opened.logs.items()):
            for line in data.split(b"\n"):
                head, _, message = line.partition(b"\t")
                words = head.split(b" ")
                if len(words) < 3 or len(told) == MOST_LOG:
                    continue
                self._people.told(b" ".join(words[2:-2]))
                text = self._people.without(message.decode("utf-8", "replace")[:1000])
                old, new = (word.decode("ascii", "replace") for word in words[:2])
                told.append({"ref": name, "old": old, "new": new, "message": text})
        return told

    def _index(self) -> tuple[list[list[str]], list[str]]:
        """What is staged (path and number), and the paths in conflict."""
        from dulwich.index import ConflictedIndexEntry, read_index_dict

        if not self._opened.index:
            return [], []
        staged, conflicts = [], []
        entries = read_index_dict(io.BytesIO(self._opened.index))
        for path, entry in list(entries.items())[:MOST_ENTRIES]:
            name = path.decode("utf-8", "backslashreplace")
            if isinstance(entry, ConflictedIndexEntry):
                conflicts.append(name)
            else:
                staged.append([name, entry.sha.decode()])
                self._blob(entry.sha.decode())
        return staged, conflicts
