"""Runs a handed-in script in the sandbox, in the program's folder, and looks at that folder."""

from __future__ import annotations

import os
import time
from collections.abc import Mapping, Sequence

import msgspec

from grader.bridge.artefacts.malformed import Malformed, quoted
from grader.bridge.artefacts.readers import Told, gathered, told
from grader.bridge.commands import Command, Completed
from grader.bridge.incidents import AuthorFault
from grader.bridge.session import Session, is_plain_name
from grader.sandbox import Level

_SHELLS = ("/bin/sh", "/usr/bin/sh", "/bin/dash", "/usr/bin/dash", "/bin/bash", "/usr/bin/bash")
_PATH = "/usr/local/bin:/usr/bin:/bin"
_SURVEY_SECONDS = 5.0


class Entry(msgspec.Struct, frozen=True):
    """What lies under one name. `kind`: "file", "folder", "link" or "other" (a pipe, a socket).

    `mode` is as in `0o640`, and None at isolation `restricted`, where no change of it has an
    effect: write `mode in (None, 0o600)`. `target` is where a link leads, as written; `data` is
    None for what is no file or can't be read.
    """

    kind: str
    mode: int | None
    size: int
    target: str
    data: bytes | None

    @property
    def text(self) -> str:
        """The contents, what isn't UTF-8 written out."""
        return (self.data or b"").decode("utf-8", "backslashreplace")


class _Entry(Entry, frozen=True):
    name: str


def run_script(
    session: Session,
    name: str,
    arguments: Sequence[str],
    stdin: str,
    environ: Mapping[str, str],
    timeout: float | None,
) -> Completed:
    """Run it to its end; what it has started goes on until the test is over."""
    limit = timeout or session.deadlines.test / 2
    session.settle()
    if name.endswith(".py"):
        return Command(session, [name, *arguments], stdin, environ, limit).wait()
    shell = _shell(session, name)
    if b"\r\n" in session.files[name]:
        raise Malformed("has line ends of Windows, which a shell can't read; save it with LF")
    argv = [shell, name, *arguments]
    variables = {"PATH": _PATH, **environ}
    return Command(session, argv, stdin, variables, limit, entry="script:main").wait()


def _shell(session: Session, name: str) -> str:
    """The shell that the script asks for, when the exercise lends it."""
    lent = [program for program in session.programs if program in _SHELLS]
    if not lent:
        raise AuthorFault(
            f'work.script("{name}"): write `processes = true` and `programs = ["/bin/sh", …]` '
            "under [sandbox]"
        )
    first = session.files[name].partition(b"\n")[0].strip().decode("utf-8", "replace")
    if not first.startswith("#!"):
        return lent[0]
    wanted = first[2:].split()
    asked = wanted[1] if len(wanted) > 1 and wanted[0].endswith("/env") else "".join(wanted[:1])
    fitting = [one for one in lent if one == asked or one.endswith(f"/{asked.rpartition('/')[2]}")]
    if not fitting:
        raise Malformed(f"asks for {quoted(asked)}; this exercise runs {lent[0]}", 1)
    return fitting[0]


def survey(session: Session) -> dict[str, Entry]:
    """Everything in the program's folder, by relative name."""
    ours, theirs = os.pipe()
    try:
        pid = session.spawn_program({"folder": session.folder}, (theirs,), "surveying:main")
    finally:
        os.close(theirs)
    data, in_time = gathered(ours, time.monotonic() + _SURVEY_SECONDS)
    session.kill_program(pid)
    if not in_time:
        raise Malformed("made a folder that can't be looked at in time")
    found = told(data, Told[list[_Entry]], lambda _: None)
    modes_hold = session.level is not Level.RESTRICTED
    return {
        one.name: Entry(one.kind, one.mode if modes_hold else None, one.size, one.target, one.data)
        for one in found
        if is_plain_name(one.name)
    }
