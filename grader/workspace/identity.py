"""Who the work is by: a pseudonymous id in `.grader/apprentice.toml`, asked for once."""

from __future__ import annotations

import re
import secrets
from pathlib import Path
from typing import Annotated

import msgspec

from grader.errors import SubmissionError
from grader.individual import NOBODY, Learner
from grader.tables import build, load_toml, split_format
from grader.workspace.own_names import OwnNames
from grader.workspace.place import NAME, Workspace, write_whole

FILE = "apprentice.toml"
FORMAT = 1
LONGEST = 40

_ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_PHONE = re.compile(r"\+?\(?\d[\d\s()-]{7,}")
_WORDS = (
    "avocet badger bittern bracken bunting coot crane curlew dipper dunlin egret elder falcon fern "
    "finch fulmar gannet godwit goshawk grebe hare hazel heron hobby ibis jackdaw kestrel kite "
    "knot lapwing linnet lynx marten merlin newt nuthatch oriole osprey otter ouzel petrel pipit "
    "plover puffin rail raven redpoll rook rowan ruff shrike siskin skua sorrel starling stoat "
    "stork swift teal tern thrush turnstone vole wagtail warbler whimbrel wigeon wren"
).split()


class Apprentice(msgspec.Struct, frozen=True, kw_only=True):
    """What `apprentice.toml` holds."""

    id: Annotated[str, msgspec.Meta(min_length=1, max_length=LONGEST)]


def suggestion() -> str:
    """Return a made-up id such as `heron-4821`."""
    return f"{secrets.choice(_WORDS)}-{secrets.randbelow(9000) + 1000}"


def checked_id(text: str, own: OwnNames) -> str:
    """Return an id in the form in which it is kept; SubmissionError says why it can't be one."""
    wanted = text.strip().lower()
    reason = _refusal(wanted, own)
    if reason:
        raise SubmissionError(reason)
    return wanted


def _refusal(wanted: str, own: OwnNames) -> str:
    made_up = f"Take a made-up id such as {suggestion()}, or the one that your tutor gave you."
    if not wanted:
        return f"The id is empty. {made_up}"
    if "@" in wanted:
        return f"That looks like an e-mail address, and it would go into every report. {made_up}"
    if _PHONE.fullmatch(wanted):
        return f"That looks like a phone number, and it would go into every report. {made_up}"
    if re.search(r"\s", wanted):
        return f"That has a space in it, as names have. Your name stays out of reports. {made_up}"
    if own.words & set(wanted.split("-")):
        return f"That is a name this computer knows you by. It stays out of reports. {made_up}"
    if len(wanted) > LONGEST or not _ID.fullmatch(wanted):
        return f"An id has letters a to z, digits and hyphens, at most {LONGEST} of them. {made_up}"
    return ""


def identity_of(workspace: Workspace) -> str:
    """Return the id, "" when there is none yet; SubmissionError when the file is damaged."""
    path = workspace.folder / FILE
    if not path.is_file():
        return ""
    document, problems = load_toml(path)
    found: Apprentice | None = None
    if not problems:
        table, problems, readable = split_format(document, FORMAT)
        if readable:
            found, faults = build(table, Apprentice)
            problems += faults
    if found is not None and not problems and not _ID.fullmatch(found.id):
        problems = ["`id` has other signs than letters a to z, digits and hyphens"]
    if found is None or problems:
        raise SubmissionError(
            f"{NAME}/{FILE}, which says under which id you work, can't be used: {problems[0]}. "
            "Mend it, or run `grade start`: it moves the file aside and asks you again."
        )
    return found.id


def learner_of(exercises: Path) -> Learner:
    """Return whose individual data an exercise has that is worked on in place."""
    known = identity_of(Workspace(exercises))
    return Learner(known) if known else NOBODY


def keep_identity(workspace: Workspace, known: str) -> None:
    """Write the id down, a damaged file having been moved aside."""
    text = (
        "# The made-up id under which your work is graded. Questions and data are picked by it,\n"
        "# so it stays the same for the whole course. Your tutor knows whose id it is.\n"
        f'format = {FORMAT}\nid = "{known}"\n'
    )
    with workspace.lock():
        write_whole(workspace.folder / FILE, text.encode())
