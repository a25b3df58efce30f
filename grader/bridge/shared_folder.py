"""The folder that a test's `tmp_path` shares with the learner's program."""

from __future__ import annotations

import json
import shutil
import time
from collections.abc import Iterator
from pathlib import Path

from grader.bridge.allowance import check_files
from grader.bridge.candidate.files import TICK
from grader.bridge.incidents import OURS, Cause, Incident
from grader.bridge.session import Session

_FOLDER = (0, -1)  # stands for time and size


class SharedFolder:
    """Keeps a folder of the examiner's (`tmp_path`) and its twin in the candidate alike.

    Copies in before a question what changed here, and out after it what changed there. What
    comes back is a name and bytes: it is checked and written here, never opened there.
    """

    def __init__(self, session: Session, folder: Path, twin: str) -> None:
        self._session = session
        self.folder = folder
        self.twin = twin
        self.translation = (
            json.dumps(str(folder), ensure_ascii=False)[1:-1].encode(),
            twin.encode(),
        )
        self._known: dict[str, tuple[int, int]] = {}
        self._last: dict[str, bytes] = {}
        self._made = False

    def translated(self, text: str) -> str:
        """A text of the suite's as the candidate should see it."""
        return text.replace(str(self.folder), self.twin)

    def restored(self, text: str) -> str:
        """A text of the candidate's as the suite should see it."""
        return text.replace(self.twin, str(self.folder))

    def push(self) -> None:
        """Copy in what is new or changed here."""
        changed: dict[str, bytes | None] = {}
        times: dict[str, int] = {}
        now: dict[str, tuple[int, int]] = {}
        for name, path in self._entries():
            facts = path.stat()
            now[name] = _FOLDER if path.is_dir() else (facts.st_ctime_ns, facts.st_size)
            known = self._known.get(name) == now[name]
            if known and time.time_ns() - facts.st_ctime_ns > TICK:
                continue
            data = b"" if path.is_dir() else path.read_bytes()
            if not known or self._last.get(name) != data:
                changed[name] = self._last[name] = data
                times[name] = facts.st_mtime_ns
        for name in self._known.keys() - now.keys():
            changed[name] = None
        if changed or not self._made:
            node = self._session.crossing.copied
            self._session.ask_directly("put", self.twin, node(changed), node(times))
        self._made = True
        self._known = now

    def _entries(self) -> Iterator[tuple[str, Path]]:
        """Files and folders, the latter with "/" at the end of their names."""
        for path in sorted(self.folder.rglob("*")):
            if not path.is_symlink() and (path.is_file() or path.is_dir()):
                name = path.relative_to(self.folder).as_posix()
                yield (f"{name}/" if path.is_dir() else name), path

    def pull(self) -> None:
        """Copy out what is new or changed there, and remove what is gone.

        Incident when there is too much of it, or names get in each other's way.
        """
        names, contents = self._session.fetch_changes(self.twin)
        try:
            check_files(names, {**self._last, **contents}.values())
            self._take(names, contents)
        except Incident as incident:
            raise self._session.stop(incident) from None
        except OSError as error:
            if error.errno in OURS:
                raise
            text = "your program left files whose names can't be read back"
            raise self._session.stop(Incident(Cause.PROTOCOL, text)) from None

    def _take(self, names: list[str], contents: dict[str, bytes]) -> None:
        self._remove(self._known.keys() - set(names))
        for name in names:
            path = self.folder / name
            if name.endswith("/"):
                path.mkdir(parents=True, exist_ok=True)
                self._known[name] = _FOLDER
            elif name in contents:
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_bytes(contents[name])
                facts = path.stat()
                self._known[name] = (facts.st_ctime_ns, facts.st_size)
                self._last[name] = contents[name]

    def _remove(self, names: set[str]) -> None:
        for name in sorted(names, reverse=True):  # what is in a folder before the folder
            path = self.folder / name
            self._last.pop(name, None)
            if not name.endswith("/"):
                path.unlink(missing_ok=True)
            elif path.is_dir():
                shutil.rmtree(path)
            del self._known[name]
