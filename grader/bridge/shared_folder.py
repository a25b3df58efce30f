"""The folder that a test's `tmp_path` shares with the learner's program."""

from __future__ import annotations

import json
from pathlib import Path

from grader.bridge.session import Session


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

    def translated(self, text: str) -> str:
        """A text of the suite's as the candidate should see it."""
        return text.replace(str(self.folder), self.twin)

    def restored(self, text: str) -> str:
        """A text of the candidate's as the suite should see it."""
        return text.replace(self.twin, str(self.folder))

    def push(self) -> None:
        """Copy in what is new or changed here."""
        changed: dict[str, bytes | None] = {}
        now: dict[str, tuple[int, int]] = {}
        for path in sorted(self.folder.rglob("*")):
            if path.is_file() and not path.is_symlink():
                name = path.relative_to(self.folder).as_posix()
                facts = path.stat()
                now[name] = (facts.st_mtime_ns, facts.st_size)
                if self._known.get(name) != now[name]:
                    changed[name] = path.read_bytes()
        for name in self._known.keys() - now.keys():
            changed[name] = None
        if changed:
            self._session.ask_directly("put", self.twin, self._session.crossing.node(changed))
        self._known = now

    def pull(self) -> None:
        """Copy out what is new or changed there, and remove what is gone."""
        names, contents = self._session.fetch_changes(self.twin)
        for name, data in contents.items():
            path = self.folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(data)
            facts = path.stat()
            self._known[name] = (facts.st_mtime_ns, facts.st_size)
        for name in self._known.keys() - set(names):
            (self.folder / name).unlink(missing_ok=True)
            del self._known[name]
