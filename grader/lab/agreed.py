"""Remembers the text on which a notebook's cell and its file last agreed: `.grader/synced.json`.

Kept for each notebook by itself, so that what one notebook wrote is no agreement of another.
"""

from __future__ import annotations

import hashlib
import uuid
from collections.abc import Sequence

import msgspec

from grader.workspace import Workspace

FILE = "synced.json"
FORMAT = 1
MOST_SET_ASIDE = 50
UNNAMED = "~"
MOST_UNNAMED = 20


class Agreed(msgspec.Struct, frozen=True, kw_only=True):
    """The digest of the last text that was in both, and of texts that lost by choice."""

    last: str | None = None
    set_aside: tuple[str, ...] = ()


class _Document(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    format: int = FORMAT
    notebooks: dict[str, dict[str, Agreed]] = {}


def agreed_on(workspace: Workspace, home: str, mark: str) -> Agreed:
    """Return what is known of the cell for `mark` in the notebook `home`."""
    return _read(workspace).notebooks.get(home, {}).get(mark, Agreed())


def agree(
    workspace: Workspace, home: str, mark: str, digest: str, set_aside: Sequence[str] = ()
) -> None:
    """Note that cell and file are the same now; the lock is held by whoever calls."""
    before = _read(workspace)
    known = before.notebooks.get(home, {})
    old = known.get(mark, Agreed())
    lost = [one for one in (*old.set_aside, *set_aside) if one != digest]
    kept = tuple(dict.fromkeys(lost))[-MOST_SET_ASIDE:]
    now = Agreed(last=digest, set_aside=kept)
    if now != old:
        others = {name: one for name, one in before.notebooks.items() if name != home}
        notebooks = _without_old({**others, home: {**known, mark: now}})
        workspace.write(FILE, msgspec.structs.replace(before, notebooks=notebooks))


def unnamed_home() -> str:
    """Return a home for the cells of a kernel whose notebook nobody knows: it ends with it."""
    return f"{UNNAMED}{uuid.uuid4().hex[:12]}"


def _without_old(notebooks: dict[str, dict[str, Agreed]]) -> dict[str, dict[str, Agreed]]:
    """Forget kernels that have long ended; those that agreed on something last stand last."""
    unnamed = [home for home in notebooks if home.startswith(UNNAMED)]
    old = set(unnamed[:-MOST_UNNAMED])
    return {home: known for home, known in notebooks.items() if home not in old}


def digest_of_text(content: bytes) -> str:
    """Return "sha256:…" of a text, without what a notebook can't keep: BOM, kind of line ends."""
    text = content.removeprefix(b"\xef\xbb\xbf").replace(b"\r\n", b"\n").replace(b"\r", b"\n")
    return "sha256:" + hashlib.sha256(text.rstrip(b"\n")).hexdigest()


def _read(workspace: Workspace) -> _Document:
    return workspace.read(FILE, _Document, FORMAT) or _Document()
