"""Grades on a Dask cluster: the one module that knows Dask.

Theory of operation. Nothing is shared but the network. A course's exercises and solutions go to
every worker as one bundle whose name is its digest; a worker checks the digest, unpacks it into a
folder that only its own user may enter, and uses it for as long as it lives. What apprentices
handed in goes with each job, as bytes. A worker offers the bundle's name as a Dask resource, and
jobs ask for that resource: so a worker that lacks the bundle, isolates less than was asked for or
runs another grader gets no work, now or when it joins later. A worker that is lost loses nothing:
the scheduler gives its jobs to another one. Each worker grades in a process of its own that has
none of Dask's threads.

What is not promised: safety from other users of the cluster. Whoever reaches a Dask scheduler can
run anything on its workers and read what is there, solutions included. Use TLS (`--cluster-tls`,
or Dask's own configuration, `distributed.comm.tls` and `require-encryption`).
"""

from __future__ import annotations

import asyncio
import functools
import multiprocessing
import sys
import tempfile
import threading
import zlib
from collections.abc import Iterable
from concurrent.futures import BrokenExecutor, Executor
from dataclasses import dataclass, field, replace
from pathlib import Path
from types import TracebackType

import msgspec
from distributed import Client, Security, Worker, WorkerPlugin, get_worker
from distributed.cfexecutor import ClientExecutor

from grader import __version__
from grader.catalogue import Exercise, digest_of, is_plain_relative, regular_files
from grader.errors import SandboxError, UsageError
from grader.escaping import visible
from grader.executing import AHEAD, DIED, Grade, Job, LocalPool, grade_in_worker
from grader.grading import Task
from grader.results import ExerciseResult
from grader.sandbox import Level, best_level

_CONNECT_SECONDS = 15
_EXERCISES, _SOLUTIONS = "exercises", "solutions"


@dataclass(frozen=True)
class Tls:
    """Files in PEM: the authority that both sides trust, and this client's certificate and key."""

    authority: Path
    certificate: Path
    key: Path


@dataclass(frozen=True)
class Bundle:
    """Exercises and their solutions as files; `name` is what their contents, packed, come to."""

    name: str
    packed: bytes = field(repr=False)


def bundle_of(exercises: Iterable[Exercise], solutions: Path) -> Bundle:
    """Pack what grading these exercises reads: both folders of each, and the course's own files."""
    files: dict[str, bytes] = {}
    homes = {one.folder.parent: _EXERCISES for one in exercises} | {solutions: _SOLUTIONS}
    for home, name in homes.items():
        files |= {f"{name}/{one.name}": one.read_bytes() for one in home.iterdir() if one.is_file()}
    for exercise in exercises:
        for side, folder in (
            (_EXERCISES, exercise.folder),
            (_SOLUTIONS, solutions / exercise.id),
        ):
            for name in regular_files(folder) if folder.is_dir() else ():
                files[f"{side}/{exercise.id}/{name}"] = (folder / name).read_bytes()
    packed = zlib.compress(msgspec.msgpack.encode(dict(sorted(files.items()))))
    return Bundle(digest_of({"bundle": packed}), packed)


def unpack(bundle: Bundle, home: Path) -> Path:
    """Write a bundle's files below `home`, once; SandboxError when it isn't what it says it is."""
    if digest_of({"bundle": bundle.packed}) != bundle.name:
        raise SandboxError("the bundle of exercises was damaged on its way")
    folder = home / bundle.name.removeprefix("sha256:")
    if folder.is_dir():
        return folder
    begun = Path(tempfile.mkdtemp(dir=home))
    files = msgspec.msgpack.decode(zlib.decompress(bundle.packed), type=dict[str, bytes])
    for name, data in files.items():
        if not is_plain_relative(name):
            raise SandboxError(f"the bundle of exercises holds the odd name {name!r}")
        path = begun / name
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        path.write_bytes(data)
    return begun.rename(folder)


class Room(WorkerPlugin):  # type: ignore[misc] # Dask's types aren't looked into
    """What grading takes, on a worker. `refusal` says why this worker gets no work."""

    idempotent = True

    def __init__(self, bundle: Bundle, level: Level, version: str = __version__) -> None:
        self.bundle = bundle
        self.level = level
        self.version = version
        self.name = f"grading-{level.label}-{version}-{bundle.name[7:23]}"
        self.refusal = ""

    async def setup(self, worker: Worker) -> None:
        """Check the worker and offer it, or don't."""
        self._lock = threading.Lock()
        self._executor: Executor | None = None
        home = Path(worker.local_directory).absolute() / "grading"
        home.mkdir(mode=0o700, parents=True, exist_ok=True)
        try:
            self.refusal = await asyncio.to_thread(self._unfit)
            self._folder = unpack(self.bundle, home)
        except (OSError, SandboxError) as error:
            self.refusal = str(error)
        await worker.set_resources(**{self.name: 0 if self.refusal else 1})

    def teardown(self, worker: Worker) -> None:  # noqa: ARG002 - Dask's signature
        """End the process that grades; the worker's folder goes with the worker."""
        if self._executor is not None:
            LocalPool(1, self.level).end(self._executor)

    def _unfit(self) -> str:
        if self.version != __version__:
            return f"its grader is {__version__}, and this one is {self.version}"
        if sys.flags.optimize:
            return "its Python runs with -O, by which tests are left out; start it without"
        if multiprocessing.current_process().daemon:
            return (
                "it may not start processes of its own; start it with `dask worker --no-nanny`, "
                "or set `distributed.worker.daemon: false`"
            )
        found = best_level()
        if found < self.level:
            return f"it gives isolation {found.label}, and {self.level.label} was asked for"
        return ""

    def grade(self, job: Job) -> ExerciseResult:
        """Grade with what was unpacked here; a process that was killed gets one more try."""
        job = replace(job, task=self._here(job.task))
        with self._lock:
            for _ in range(2):
                if self._executor is None:
                    self._executor = LocalPool(1, self.level).make()
                try:
                    graded = functools.partial(grade_in_worker, level=self.level)
                    return self._executor.submit(graded, job).result()
                except BrokenExecutor:
                    self._executor.shutdown(wait=False)
                    self._executor = None
        raise SandboxError(DIED)

    def _here(self, task: Task) -> Task:
        folder = self._folder / _EXERCISES / task.exercise.id
        exercise = msgspec.structs.replace(task.exercise, folder=folder)
        return replace(
            task, exercise=exercise, solution=self._folder / _SOLUTIONS / task.exercise.id
        )


def grade_on_worker(job: Job, *, room: str) -> ExerciseResult:
    """What a Dask worker does for one job."""
    found: Room = get_worker().plugins[room]
    return found.grade(job)


def _refusal(room: str, dask_worker: Worker) -> str:
    return str(dask_worker.plugins[room].refusal)


class DaskPool:
    """Workers of a cluster that can be used; a context manager. SandboxError when none can.

    `refused` has a sentence for each worker that gets no work.
    """

    def __init__(self, address: str, bundle: Bundle, level: Level, tls: Tls | None = None) -> None:
        self._address = address
        self._room = Room(bundle, level)
        self._security = _security(tls)
        self._client: Client | None = None
        self.refused: tuple[str, ...] = ()

    def __enter__(self) -> DaskPool:
        self._connected()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._disconnect()

    @property
    def most(self) -> int:
        """As many as keep every worker busy, those too that joined in the meantime."""
        return AHEAD * max(1, self._usable())

    def make(self, *, alone: bool = False) -> Executor:  # noqa: ARG002 - see below
        """An executor of Dask's; it needs no `alone`, as it tells jobs from the workers' fate."""
        executor = ClientExecutor(self._connected(), resources={self._room.name: 1}, pure=False)
        made: Executor = executor
        return made

    def end(self, executor: Executor) -> None:
        """Cancel what nobody waits for."""
        if self._client is not None and self._client.status == "running":
            executor.shutdown(wait=False)

    def grade(self) -> Grade:
        """Grade with what the worker unpacked."""
        return functools.partial(grade_on_worker, room=self._room.name)

    def check(self) -> None:
        """Nothing ever comes back from a cluster that has no worker left."""
        if not self._usable():
            raise SandboxError(
                f"The cluster at `{visible(self._address, 200)}` has no worker left that can be "
                "used. What was graded is kept; the same command goes on when there is one."
            )

    def _usable(self) -> int:
        workers = self._connected().scheduler_info(n_workers=-1)["workers"].values()
        return sum(bool(one["resources"].get(self._room.name)) for one in workers)

    def _connected(self) -> Client:
        if self._client is not None and self._client.status == "running":
            return self._client
        self._disconnect()
        shown = visible(self._address, 200)
        try:
            self._client = Client(
                self._address,
                security=self._security,
                timeout=_CONNECT_SECONDS,
                set_as_default=False,
            )
        except (OSError, ValueError, TypeError) as error:
            reason = visible(str(error).partition("\n")[0], 200)
            raise SandboxError(
                f"No Dask scheduler answers at `{shown}` ({reason}). What was graded is kept; "
                "the same command goes on when the cluster is there again."
            ) from None
        self._furnish(self._client, shown)
        return self._client

    def _furnish(self, client: Client, shown: str) -> None:
        """Give every worker what grading takes, and hear which can't be used."""
        try:
            client.register_plugin(self._room, name=self._room.name)
            found = client.run(_refusal, self._room.name)
        except Exception as error:
            raise SandboxError(
                f"A worker at `{shown}` can't take the grader's part ({type(error).__name__}: "
                f"{visible(str(error), 200)}). Is the same grader installed on every worker?"
            ) from error
        self.refused = tuple(f"{name}: {why}" for name, why in sorted(found.items()) if why)
        if len(self.refused) == len(found):
            why = "".join(f"\n  {line}" for line in self.refused) or " it has none."
            raise SandboxError(f"No worker of the cluster at `{shown}` can be used:{why}")

    def _disconnect(self) -> None:
        if self._client is not None:
            self._client.close(timeout=2)
            self._client = None


def _security(tls: Tls | None) -> Security | None:
    if tls is None:
        return None  # Dask's own configuration decides
    for path in (tls.authority, tls.certificate, tls.key):
        if not path.is_file():
            raise UsageError(f"`{path}` isn't a file; --cluster-tls takes CA, CERT and KEY in PEM.")
    return Security(
        tls_ca_file=str(tls.authority),
        tls_client_cert=str(tls.certificate),
        tls_client_key=str(tls.key),
        require_encryption=True,
    )
