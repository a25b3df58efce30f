"""Where an examiner may read and write, whoever made the path.

Theory of operation. What the learner's program gives may be a path or a name, and a suite may open
it. So before a suite is run its examiner gives up all files but what it needs: Python and its
packages, the exercise and the solution of this grading, its own temporary folder. Landlock holds
that for whatever opens a file. An audit hook holds it for all that Python opens, also where the
kernel has no Landlock.

The hook does more: what a suite's own code opens by a path that the program gave in this test must
lie in the folder that the test shares with the program. The suite's own files are no answer. A
path counts as given if the program said it, or said what it was made of. For files of exercise and
solution that may also be a folder above it, or its last part, unless the suite has that name too.
"""

from __future__ import annotations

import errno
import os
import sys
import sysconfig
from collections.abc import Iterable, Iterator
from pathlib import Path
from types import FrameType
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote, urlsplit

import grader
from grader.bridge.incidents import Cause, Incident
from grader.sandbox import confine

if TYPE_CHECKING:
    from grader.bridge.session import Session

__tracebackhide__ = True  # the suite's own lines are what a tutor wants to see

OUTSIDE = "your program gave the path of a file outside the folder that the test shares with it"
_WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND
_DEVICES = ("/dev/null", "/dev/random", "/dev/urandom")
# Of the system: its programs and libraries, and what Python asks for names of hosts, time zones
# and kinds of files. Nothing of people or of services.
_SYSTEM = (
    "/usr /bin /lib /lib64 /etc/ld.so.cache /etc/localtime /etc/mime.types /etc/hosts "
    "/etc/host.conf /etc/nsswitch.conf /etc/gai.conf"
).split()
# Events of Python's that name a path: which arguments do, and whether it is changed.
_READING: dict[str, tuple[int, ...]] = {
    "os.listdir": (0,),
    "os.scandir": (0,),
    "os.chdir": (0,),
    "os.getxattr": (0,),
    "os.listxattr": (0,),
    "os.exec": (0,),
    "os.posix_spawn": (0,),
    "subprocess.Popen": (0, 2),
    "ctypes.dlopen": (0,),
}
_CHANGING: dict[str, tuple[int, ...]] = {
    "os.chmod": (0,),
    "os.chown": (0,),
    "os.link": (0, 1),
    "os.mkdir": (0,),
    "os.remove": (0,),
    "os.removexattr": (0,),
    "os.rename": (0, 1),
    "os.rmdir": (0,),
    "os.setxattr": (0,),
    "os.symlink": (1,),
    "os.truncate": (0,),
    "os.utime": (0,),
    "sqlite3.connect": (0,),
}


class Confinement:
    """What one examiner may open; `readable` and `writable` are folders or files."""

    def __init__(
        self, session: Session, tests: Path, readable: Iterable[Path], writable: Iterable[Path]
    ) -> None:
        self._session = session
        self._tests = _forms([tests])
        files = sorted(Path(self._tests[0]).rglob("*.py"))
        self._source = b"\n".join(file.read_bytes() for file in files if file.is_file())
        self._writable = _forms(writable)
        self._own = _forms(readable)
        self._readable = _forms([*map(Path, _needed()), *readable, *writable])

    def enter(self) -> bool:
        """Confine this process for good; False where Python alone holds it."""
        by_kernel = confine(readable=self._readable, writable=self._writable, devices=_DEVICES)
        sys.addaudithook(self._hook)
        return by_kernel

    def _hook(self, event: str, arguments: tuple[Any, ...]) -> None:
        if event == "open":
            path, mode, flags = arguments
            self._check(path, changes=bool(flags & _WRITING) or _is_writing(mode))
        elif event in _CHANGING:
            for place in _CHANGING[event]:
                self._check(arguments[place], changes=True)
        elif event in _READING:
            for place in _READING[event]:
                self._check(arguments[place], changes=False)

    def _check(self, path: Any, *, changes: bool) -> None:
        text = _text(path)
        offered = self._session.offered
        if text is None or (offered is not None and text == str(offered.folder)):
            return  # that folder is looked at before each question
        full = _absolute(text)
        real = os.path.realpath(full)  # a link may have come out of an archive
        if self._is_shared(real):
            return
        by_suite, importing = _opened_by(self._tests, sys._getframe(2))
        if by_suite and self._is_given(text, importing=importing):
            raise self._session.stop(Incident(Cause.FILE, OUTSIDE))
        allowed = self._writable if changes else self._readable
        if full in _DEVICES or (_is_under(real, allowed) and not self._is_shared(full)):
            return
        if changes or os.path.lexists(full):  # else the system says itself that it isn't there
            raise PermissionError(errno.EACCES, "outside the folders that a test may use", text)

    def _is_shared(self, full: str) -> bool:
        offered = self._session.offered
        return offered is not None and _is_under(full, _forms([offered.folder]))

    def _is_given(self, text: str, *, importing: bool) -> bool:
        """Whether the program said this path in this test, or what it was made of."""
        return any(
            said and "\0" not in said and self._makes(said, text, importing)
            for said in self._session.texts_heard()
        )

    def _makes(self, said: str, text: str, importing: bool) -> bool:
        """Whether a path may have been made of what the program said."""
        if text[0] == "/" and text in said:
            return True
        full, ends_so = _absolute(text), text.endswith(f"/{said}")
        own = _is_under(full, self._own) or _is_under(os.path.realpath(full), self._own)
        if said[0] == "/" or ".." in said:
            above = _absolute(said)
            return ends_so or full == above or (own and _is_under(full, (above,)))
        named = own and ends_so and not importing and not self._knows(said.rpartition("/")[2])
        return said == text or named

    def _knows(self, name: str) -> bool:
        """Whether a name stands in the suite itself, so that the suite may well mean its own."""
        return name.encode("utf-8", "surrogateescape") in self._source


def _needed() -> Iterator[str]:
    """Files and folders that any examiner needs to read."""
    yield str(Path(grader.__file__).parent)
    yield from (path for name, path in sysconfig.get_paths().items() if name != "scripts")
    yield str(Path(sysconfig.get_paths()["stdlib"]).parent)
    yield str(Path(sys.executable).resolve().parent)
    yield from (path for path in sys.path if path.endswith(("-packages", ".zip", "lib-dynload")))
    yield from _SYSTEM


def _forms(paths: Iterable[Path]) -> tuple[str, ...]:
    """Each path as it was given and as it really is."""
    found: dict[str, None] = {}
    for path in paths:
        found |= dict.fromkeys((_absolute(path), os.path.realpath(path)))
    return tuple(found)


def _absolute(path: str | Path) -> str:
    """A path from the root, without `..`; links are left as they are."""
    return os.path.abspath(path)  # noqa: PTH100 - `resolve` follows links, `absolute` keeps `..`


def _is_under(path: str, folders: Iterable[str]) -> bool:
    return any(path == folder or path.startswith(f"{folder}/") for folder in folders)


def _is_writing(mode: object) -> bool:
    return isinstance(mode, str) and any(letter in mode for letter in "wax+")


def _text(path: Any) -> str | None:
    """A path as text; None for descriptors, databases in memory, and what is no path."""
    if isinstance(path, (str, bytes, os.PathLike)):
        text = os.fsdecode(path)
        if text.startswith("file:"):  # how SQLite takes the address of a database
            text = unquote(urlsplit(text).path)
        return None if text in ("", ":memory:") else text
    return None


def _opened_by(tests: tuple[str, ...], frame: FrameType | None) -> tuple[bool, bool]:
    """Whether a suite's own code opens a file, not pytest for itself; whether by an import."""
    importing = False
    while frame is not None:
        name = frame.f_code.co_filename
        importing = importing or name.startswith("<frozen importlib")
        if f"{os.sep}_pytest{os.sep}" in name:
            return False, importing
        if name.startswith(tests):
            return True, importing
        frame = frame.f_back
    return False, importing
