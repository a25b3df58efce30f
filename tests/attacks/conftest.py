"""Where the attacks are tried: the host exercise, a warm examiner, and what a grading leaves."""

from __future__ import annotations

import importlib.util
import os
import shutil
import subprocess
import tempfile
import time
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from grader.bridge import Examiner
from grader.grading import Task, grade_one
from grader.results import ExerciseResult
from grader.sandbox import Level, best_level

HERE = Path(__file__).parent
HOST = HERE / "host"
EXERCISE = HOST / "exercises" / "parcel-rates"
SOLUTION = HOST / "solutions" / "parcel-rates"
MODULE, TESTS = "solution.py", "test_solution.py"
KINDS = ("prefix", "raw", "tests", "tree", "maker")
NOT_MET = ("not-yet", "partly", "must-failed")
STATUSES = (*NOT_MET, "not-started")


@dataclass(frozen=True)
class Attack:
    """One folder: `attack.toml`, and `attack.py`, `make.py` or `tree/`. README.md has the words.

    `status` are the verdicts that are right beside a wrong program, `beside_correct` those beside
    a correct one (learner's tests only). Of `says` each must stand in some sentence for the
    learner, of `findings` each in some finding about the files.
    """

    folder: Path
    kind: str
    does: str
    shows: str
    status: tuple[str, ...] = NOT_MET
    beside_correct: tuple[str, ...] = NOT_MET
    says: tuple[str, ...] = ()
    findings: tuple[str, ...] = ()
    passes: tuple[str, ...] = ()
    tutor_notes: tuple[str, ...] = ()
    # The budget of a grading (60 s) and what the grader does for itself on a busy machine.
    seconds: float = 120.0
    memory_mb: int = 700
    unsafe: bool = False
    fast: bool = False

    @property
    def id(self) -> str:
        return self.folder.name

    def hand_in(self, folder: Path, *, correct: bool = False) -> Path:
        """Lay the attack into an empty folder; what is to be graded."""
        program = (SOLUTION / MODULE if correct else HOST / "work" / "wrong.py").read_bytes()
        tests = (HOST / "work" / "weak_tests.py").read_bytes()
        if self.kind == "tests":
            tests = (self.folder / "attack.py").read_bytes()
        elif self.kind in ("prefix", "raw"):
            program = (self.folder / "attack.py").read_bytes() + b"\n\n" + program
        (folder / MODULE).write_bytes(program)
        (folder / TESTS).write_bytes(tests)
        if self.kind == "tree":
            shutil.copytree(self.folder / "tree", folder, dirs_exist_ok=True)
        return self._made(folder) if self.kind == "maker" else folder

    def _made(self, folder: Path) -> Path:
        """What `make(folder)` of make.py gives: a path to hand in; None for the folder itself."""
        spec = importlib.util.spec_from_file_location("make", self.folder / "make.py")
        assert spec is not None
        assert spec.loader is not None
        module = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(module)
        return module.make(folder) or folder


def read_attack(folder: Path) -> Attack:
    """Read `attack.toml`; unknown and missing keys are errors of the test."""
    table = tomllib.loads((folder / "attack.toml").read_text("utf-8"))
    attack = Attack(
        folder,
        **{
            name: tuple(value) if isinstance(value, list) else value
            for name, value in table.items()
        },
    )
    assert attack.kind in KINDS
    assert attack.does
    assert attack.shows
    assert set(attack.status) <= set(STATUSES), "never met, nor broken"
    if not attack.tutor_notes:  # a right program with poor tests may be met if the tutor is told
        assert set(attack.beside_correct) <= set(STATUSES), "never met, nor broken"
    return attack


@dataclass(frozen=True)
class Left:
    """What there is on the machine that a program could have left."""

    processes: frozenset[int]
    files: frozenset[str]
    ipc: str
    marked: frozenset[str]


@dataclass(frozen=True)
class Graded:
    """One grading and what it cost."""

    result: ExerciseResult
    seconds: float
    memory_mb: float


@dataclass
class Lab:
    """A warm examiner, the host exercise, and folders of their own for each grading."""

    exercise: Any
    examiner: Examiner
    base: Path
    temp: Path
    neighbour: ExerciseResult | None = None
    peaks: list[int] = field(default_factory=list)

    def folder(self) -> Path:
        return Path(tempfile.mkdtemp(dir=self.base))

    def grade(self, work: Path) -> Graded:
        """Grade; wall seconds, and the peak memory of this process and of its examiners."""
        self.peaks.clear()
        Path("/proc/self/clear_refs").write_text("5")  # forget the peak so far
        began = time.monotonic()
        result = grade_one(Task(self.exercise, work, SOLUTION), lambda: self.examiner)
        seconds = time.monotonic() - began
        return Graded(result, seconds, max(_peak_kb(), *self.peaks, 0) / 1024)

    def grade_neighbour(self) -> ExerciseResult:
        """Grade the correct program of somebody else."""
        work = self.folder()
        for name in (MODULE, TESTS):
            shutil.copy(SOLUTION / name, work / name)
        return self.grade(work).result

    def clear(self) -> None:
        """Remove what was handed in: pytest's own clean-up gives up on a thousand folders."""
        subprocess.run(["rm", "-rf", *map(str, self.base.iterdir())], check=True)

    def left(self) -> Left:
        """What is there now."""
        ipc = "".join(Path(f"/proc/sysvipc/{kind}").read_text() for kind in ("shm", "sem", "msg"))
        return Left(frozenset(descendants()), frozenset(_below(self.temp)), ipc, _marked())


def _peak_kb() -> int:
    status = Path("/proc/self/status").read_text()
    return next(int(line.split()[1]) for line in status.splitlines() if line.startswith("VmHWM"))


def descendants() -> Iterator[int]:
    """Numbers of all living processes below this one: those of its sandboxes are among them."""
    parents: dict[int, list[int]] = {}
    for name in os.listdir("/proc"):
        if name.isdigit():
            try:
                stat = Path(f"/proc/{name}/stat").read_text().rpartition(")")[2].split()
            except OSError:
                continue
            if stat[0] not in "ZX":
                parents.setdefault(int(stat[1]), []).append(int(name))
    waiting = list(parents.get(os.getpid(), []))
    while waiting:
        pid = waiting.pop()
        waiting += parents.get(pid, [])
        yield pid


def _below(folder: Path) -> Iterator[str]:
    for place, folders, files in os.walk(folder):
        for name in (*folders, *files):
            yield os.path.relpath(os.path.join(place, name), folder)


def _marked() -> frozenset[str]:
    """Signs that attacks leave, in places that others share: names, lines of start-up files."""
    signs = ("PWNED", "leftover", "answers", ".inputs.log", ".seen_before", "qz7")
    found = set()
    for folder in ("/tmp", "/var/tmp", "/dev/shm", os.path.expanduser("~"), os.getcwd()):
        found |= {f"{folder}/{name}" for name in os.listdir(folder) if name.startswith(signs)}
    for name in ("~/.bashrc", "~/.profile", "~/.pythonrc.py", "/proc/net/unix", "/proc/keys"):
        try:
            text = Path(name).expanduser().read_text(errors="replace")
        except OSError:
            continue
        found |= {f"{name}: {line}" for line in text.splitlines() if any(s in line for s in signs)}
    return frozenset(found)


@pytest.fixture(scope="module")
def lab(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Lab]:
    """One warm examiner for all attacks, whose temporary files lie in a folder of their own."""
    if best_level() is not Level.FULL:
        pytest.skip("hostile programs are run at isolation full only")
    temp = tmp_path_factory.mktemp("temp")
    base = tmp_path_factory.mktemp("work")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("TMPDIR", str(temp))
        patch.setattr("tempfile.tempdir", str(temp))
        peaks: list[int] = []
        patch.setattr(os, "waitpid", lambda pid, options: _noting(peaks, pid, options))
        from_conftest = _read_host()
        with Examiner(Level.FULL) as examiner:
            made = Lab(from_conftest, examiner, base, temp, peaks=peaks)
            made.neighbour = made.grade_neighbour()
            yield made


def _noting(peaks: list[int], pid: int, options: int) -> tuple[int, int]:
    """`os.waitpid`, noting the peak memory of what ended (kilobytes)."""
    ended, status, usage = os.wait4(pid, options)
    if ended:
        peaks.append(usage.ru_maxrss)
    return ended, status


def _read_host() -> Any:
    from grader.catalogue import read_exercise
    from grader.checks import all_checks
    from grader.standard import standard

    return read_exercise(
        EXERCISE,
        kinds={kind: check.options for kind, check in all_checks().items()},
        known_codes=standard().ksbs,
        known_duties=standard().duties,
    )


@pytest.fixture(scope="session")
def attack_at() -> Any:
    return read_attack
