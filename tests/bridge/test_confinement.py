"""An examiner opens only what it needs, and by a path of the program's only the test's folder."""

from __future__ import annotations

import os
import textwrap
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from grader.bridge import Examiner, Run, TestRecord
from grader.bridge.confinement import OUTSIDE
from grader.sandbox import best_level

PROGRAM = """
import os
from pathlib import Path, PurePosixPath

def path_of(text):
    return Path(text)

def pure_path_of(text):
    return PurePosixPath(text)

def text_of(text):
    return str(text)

def bytes_of(text):
    return os.fsencode(text)

def parts_of(text):
    folder, name = os.path.split(text)
    return {"folder": folder, "name": name}

def a_name():
    return "wanted" + ".txt"

def said(text):
    print(text)

def within(text):
    return f"see {text} for more"

def saved(folder):
    made = Path(folder) / "made.txt"
    made.write_text("a\\nb")
    return made

def archived(folder, target):
    import io, tarfile
    made = Path(folder) / "made.tar"
    with tarfile.open(made, "w") as file:
        link = tarfile.TarInfo("link")
        link.type, link.linkname = tarfile.SYMTYPE, target
        file.addfile(link)
    return made

def zone():
    from zoneinfo import ZoneInfo
    return "Pacific/Apia"

def zoned():
    from datetime import datetime
    from zoneinfo import ZoneInfo
    return datetime(2026, 1, 1, tzinfo=ZoneInfo("Pacific/Niue"))

if __name__ == "__main__":
    import sys
    print(sys.argv[1])

def listed(folder):
    return sorted(Path(folder).iterdir())
"""
HEAD = """
import os, shutil, sqlite3, zipfile, tarfile, glob, runpy, linecache, subprocess, sys
from pathlib import Path, PurePosixPath
import pytest
import fares
HERE = Path(__file__).parent
"""


@pytest.fixture(scope="module")
def examiner() -> Iterator[Examiner]:
    with Examiner(best_level()) as made:
        yield made


@pytest.fixture
def course(tmp_path: Path) -> Path:
    """Two exercises, their solutions, and something that is nobody's business."""
    for name in ("mine", "other"):
        for file in ("exercises/{}/given.txt", "solutions/{}/fares.py"):
            path = tmp_path / file.format(name)
            path.parent.mkdir(parents=True)
            path.write_text("a\nb")
    hidden = tmp_path / "solutions" / "mine" / "hidden"
    hidden.mkdir()
    (hidden / "wanted.txt").write_text("a\nb")
    (hidden / "wanted.py").write_text("")
    (tmp_path / "secret.txt").write_text("a\nb")
    return tmp_path


@pytest.fixture
def record(examiner: Examiner, course: Path) -> Callable[..., TestRecord]:
    """`record(body, target)`: how a test ends whose body may use `fares` and `TARGET`."""

    def run(body: str, target: object = "") -> TestRecord:
        hidden = course / "solutions" / "mine" / "hidden"
        test = f"def test_it(tmp_path, capsys, candidate):\n{textwrap.indent(body, '    ')}\n"
        (hidden / "test_it.py").write_text(f"{HEAD}TARGET = {str(target)!r}\n\n\n{test}")
        run = Run(
            tests=hidden,
            modules=("fares",),
            files={"fares.py": PROGRAM.encode()},
            given_folder=course / "exercises" / "mine",
        )
        examined = examiner.run(run)
        assert examined.finished, examined.faults
        (found,) = examined.tests
        return found

    return run


WAYS = {
    "path": "assert fares.path_of(TARGET).read_text() == 'a\\nb'",
    "pure path": "assert Path(fares.pure_path_of(TARGET)).read_text() == 'a\\nb'",
    "open": "assert open(fares.text_of(TARGET)).read() == 'a\\nb'",
    "bytes": "assert open(fares.bytes_of(TARGET), 'rb').read() == b'a\\nb'",
    "os.open": "assert os.read(os.open(fares.text_of(TARGET), os.O_RDONLY), 9) == b'a\\nb'",
    "joined": "assert (tmp_path / fares.text_of(TARGET)).read_text() == 'a\\nb'",
    "out of the folder": (
        "name = fares.text_of('../' * 20 + TARGET[1:])\n"
        "assert (tmp_path / name).read_text() == 'a\\nb'"
    ),
    "folder and name": (
        "found = fares.parts_of(TARGET)\n"
        "assert (Path(found['folder']) / found['name']).read_text() == 'a\\nb'"
    ),
    "printed": (
        "fares.said(TARGET)\nassert Path(capsys.readouterr().out.strip()).read_text() == 'a\\nb'"
    ),
    "within a sentence": ("assert Path(fares.within(TARGET).split()[1]).read_text() == 'a\\nb'"),
    "copied": "shutil.copy(fares.path_of(TARGET), tmp_path / 'x')",
    "moved": "shutil.move(fares.text_of(TARGET), tmp_path / 'x')",
    "removed": "os.remove(fares.path_of(TARGET))",
    "renamed": "fares.path_of(TARGET).rename(tmp_path / 'x')",
    "written": "fares.path_of(TARGET).write_text('b')",
    "appended": "with open(fares.text_of(TARGET), 'a') as file:\n    file.write('b')",
    "touched": "os.utime(fares.text_of(TARGET))",
    "linked": "os.link(fares.path_of(TARGET), tmp_path / 'x')",
    "made executable": "fares.path_of(TARGET).chmod(0o755)",
    "a folder beside": "fares.path_of(TARGET + '.d').mkdir()",
    "a new file": "fares.path_of(TARGET + '.new').write_text('b')",
    "sqlite": "sqlite3.connect(fares.path_of(TARGET)).execute('select 1 from sqlite_master')",
    "sqlite by address": (
        "sqlite3.connect('file:' + fares.text_of(TARGET) + '?mode=ro', uri=True)"
        ".execute('select 1 from sqlite_master')"
    ),
    "zip": "zipfile.ZipFile(fares.path_of(TARGET), 'w').writestr('a', 'b')",
    "tar": "tarfile.open(fares.text_of(TARGET), 'w').close()",
    "listed": "assert list(fares.path_of(TARGET).parent.iterdir())",
    "glob": "assert glob.glob(str(fares.path_of(TARGET).parent) + '/*')",
    "run": "runpy.run_path(fares.text_of(TARGET))",
    "imported": (
        "import importlib.util\n"
        "spec = importlib.util.spec_from_file_location('m', fares.text_of(TARGET[:-3] + 'py'))\n"
        "spec.loader.exec_module(importlib.util.module_from_spec(spec))"
    ),
    "printed by a command": (
        "done = candidate.run(['fares.py', TARGET])\n"
        "assert Path(done.stdout.strip()).read_text() == 'a\\nb'"
    ),
    "lines": "with open(fares.path_of(TARGET)) as file:\n    assert list(file)",
}


def _before(course: Path) -> dict[str, bytes]:
    files = (path for path in sorted(course.rglob("*")) if path.is_file())
    return {str(path): path.read_bytes() for path in files if path.name != "test_it.py"}


@pytest.mark.parametrize("way", WAYS)
def test_no_file_of_the_suites_is_an_answer(record: Any, course: Path, way: str) -> None:
    before = _before(course)
    found = record(WAYS[way], course / "solutions" / "mine" / "hidden" / "wanted.txt")
    assert (found.outcome, found.reason) == ("failed", OUTSIDE), found.detail
    assert _before(course) == before


@pytest.mark.parametrize("way", ["path", "written", "sqlite", "listed", "a new file"])
@pytest.mark.parametrize("target", ["secret.txt", "solutions/other/fares.py"])
def test_nothing_beside_this_grading_is_opened(
    record: Any, course: Path, way: str, target: str
) -> None:
    before = _before(course)
    found = record(WAYS[way], course / target)
    assert found.outcome == "failed"
    assert _before(course) == before


def test_a_link_out_of_an_archive_leads_nowhere(record: Any, course: Path) -> None:
    body = """
import tarfile
tarfile.open(fares.archived(tmp_path, {target!r})).extractall(tmp_path / "out")
assert (tmp_path / "out" / "link").read_text() == "a\\nb"
"""
    wanted = course / "solutions" / "mine" / "hidden" / "wanted.txt"
    for target in (str(wanted), "../" * 20 + str(wanted)[1:], "/etc/passwd"):
        assert record(body.format(target=target)).outcome == "failed"


TARGETS = (
    "/etc/passwd",
    "/dev/zero",
    "/proc/self/environ",
    "/proc/self/mem",
    "~",
    "/",
    "/dev/full",
)


@pytest.mark.parametrize("target", TARGETS)
def test_nothing_of_the_machine_is_opened(record: Any, target: str) -> None:
    for way in ("path", "out of the folder"):
        found = record(WAYS[way], os.path.expanduser(target))
        assert (found.outcome, found.reason) == ("failed", OUTSIDE), found.detail


def test_a_name_alone_that_the_suite_does_not_hold(record: Any) -> None:
    assert record("assert (HERE / fares.a_name()).read_text()").reason == OUTSIDE
    known = "NAME = 'wanted.txt'\nassert (HERE / fares.a_name()).read_text()"
    assert record(known).outcome == "passed"


# What a suite's own code opens, without any path of the program's.
OWN = {
    "its own files": "assert (HERE / 'wanted.txt').read_text() == 'a\\nb'",
    "the reference": "assert (HERE.parent / 'fares.py').read_text() == 'a\\nb'",
    "the exercise": "assert (HERE / '../../../exercises/mine/given.txt').read_text() == 'a\\nb'",
    "its folder": "(tmp_path / 'x').write_text('b')\nassert (tmp_path / 'x').read_text() == 'b'",
    "the program's file": (
        "a = (HERE / 'wanted.txt').read_text()\nassert fares.saved(tmp_path).read_text() == a"
    ),
    "a database": "sqlite3.connect(tmp_path / 'x.db').execute('create table a (b)')",
    "what is there": (
        "(tmp_path / 'x').touch()\nassert [p.name for p in fares.listed(tmp_path)] == ['x']"
    ),
    "the library": "import xmlrpc.client, zoneinfo\nassert zoneinfo.ZoneInfo('Europe/London')",
    "nothing": "with pytest.raises(FileNotFoundError):\n    open('/nowhere/at/all')",
    "names": ("import socket\nassert socket.getaddrinfo('localhost', 80)"),
    "a zone of the program's": (
        "import zoneinfo\nassert zoneinfo.ZoneInfo(fares.zone()).key == 'Pacific' + '/Apia'\n"
        "assert fares.zoned().tzinfo.key"
    ),
    "a folder of the program's": (
        "fares.text_of('/usr/lib')\nfares.text_of('mime')\nimport xmlrpc.server, email.mime.audio"
    ),
    "another program": "assert b'x' in subprocess.run(['echo', 'x'], capture_output=True).stdout",
    "python": (
        "done = subprocess.run([sys.executable, '-c', 'print(5)'], capture_output=True)\n"
        "assert done.stdout == b'5\\n'"
    ),
    "a program's word": (
        "assert fares.text_of('/') == '/'\nassert (HERE / 'wanted.txt').read_text() == 'a\\nb'"
    ),
}


@pytest.mark.parametrize("way", OWN)
def test_a_suite_opens_what_is_its_own(record: Any, way: str) -> None:
    found = record(OWN[way])
    assert found.outcome == "passed", found.detail


REFUSED = {
    "another solution": "(HERE / '../../other/fares.py').read_text()",
    "people": "open('/etc/passwd').read()",
    "home": "list(Path.home().iterdir())",
    "by the library in C": "import ctypes\nctypes.CDLL(None).fopen.restype = ctypes.c_void_p\n"
    "assert not ctypes.CDLL(None).fopen(b'/etc/passwd', b'r')\nraise PermissionError",
    "the course": "(HERE / 'new.txt').write_text('b')",
}


@pytest.mark.parametrize("way", REFUSED)
def test_what_no_suite_needs_is_refused(record: Any, course: Path, way: str) -> None:
    found = record(f"with pytest.raises(PermissionError):\n{textwrap.indent(REFUSED[way], '    ')}")
    assert found.outcome == "passed", found.detail
    assert not (course / "solutions" / "mine" / "hidden" / "new.txt").exists()


def test_it_holds_without_the_kernels_help(
    record: Any, course: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("grader.bridge.confinement.confine", lambda **_options: False)
    wanted = course / "solutions" / "mine" / "hidden" / "wanted.txt"
    for way in ("path", "written", "sqlite", "zip"):
        assert record(WAYS[way], wanted).reason == OUTSIDE
    for way in ("another solution", "people", "the course"):
        body = f"with pytest.raises(PermissionError):\n{textwrap.indent(REFUSED[way], '    ')}"
        assert record(body).outcome == "passed"


def test_memory_is_bounded(record: Any) -> None:
    found = record("data = bytearray(3 << 29)")
    assert found.cause == "grader"
