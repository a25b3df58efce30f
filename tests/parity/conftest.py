"""Two ways to run a suite against a program: through the trust boundary and in one process.

A case is a folder with `suite/test_*.py` and the programs `right`, `wrong_1`, `wrong_2`: each a
file (`right.py`, imported as `program`) or a folder that holds a tree of files. Modules and data
in `given/` lie beside every program. `case.toml` may say `processes`, `loopback` (true or false),
`fresh = "module"` and `uses_candidate = true`.
"""

from __future__ import annotations

import http.client
import json
import os
import signal
import socketserver
import subprocess
import sys
import threading
import time
import tomllib
import types
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NoReturn

import hypothesis
import pytest

from grader.bridge import Deadlines, Examiner, Run, TestRecord, module_names
from grader.bridge.suite import arguments
from grader.sandbox import Limits, Policy, best_level

CASES = Path(__file__).parent
collect_ignore_glob = ["*/*"]  # suites and programs are run by test_parity.py
# Ample, so that a busy machine fails no test.
_DEADLINES = Deadlines(start=15.0, call=10.0, test=30.0, session=90.0)
_ONE_PROCESS = 60.0  # seconds
_KEYS = {"processes", "loopback", "fresh", "uses_candidate"}


@dataclass(frozen=True)
class Case:
    """A suite and its programs."""

    folder: Path

    @property
    def suite(self) -> Path:
        return self.folder / "suite"

    @property
    def settings(self) -> dict[str, Any]:
        path = self.folder / "case.toml"
        found = tomllib.loads(path.read_text("utf-8")) if path.is_file() else {}
        assert set(found) <= _KEYS, f"{path}: unknown keys {set(found) - _KEYS}"
        return found

    @property
    def given(self) -> dict[str, bytes]:
        return _tree(self.folder / "given")

    def program(self, name: str) -> dict[str, bytes]:
        single = self.folder / f"{name}.py"
        if single.is_file():
            return {"program.py": single.read_bytes()}
        return _tree(self.folder / name)


def _tree(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and "__pycache__" not in path.parts
    }


# -- through the boundary


@pytest.fixture(scope="session")
def examiner() -> Iterator[Examiner]:
    with Examiner(best_level()) as made:
        yield made


@pytest.fixture
def across(examiner: Examiner) -> Callable[[Case, str], dict[str, TestRecord]]:
    """`across(case, "right")`: each test's record, by its id."""

    def run(case: Case, name: str) -> dict[str, TestRecord]:
        settings, given, program = case.settings, case.given, case.program(name)
        examined = examiner.run(
            Run(
                tests=case.suite,
                modules=module_names(program),
                files={**given, **program},
                given_folder=case.folder / "given",
                given=module_names(given),
                deadlines=_DEADLINES,
                policy=Policy(
                    limits=Limits(cpu_seconds=30),
                    processes=settings.get("processes", False),
                    loopback=settings.get("loopback", False),
                ),
                keep=settings.get("fresh") == "module",
            )
        )
        if examined.faults or not examined.finished:
            pytest.fail("\n".join(fault[-800:] for fault in examined.faults), pytrace=False)
        assert not examined.module_errors, examined.module_errors
        return {record.id: record for record in examined.tests}

    return run


# -- in one process


@pytest.fixture
def in_one_process(tmp_path: Path) -> Callable[[Case, str], dict[str, tuple[str, str]]]:
    """`in_one_process(case, "right")`: outcome and details of each test, by its id."""

    def run(case: Case, name: str) -> dict[str, tuple[str, str]]:
        home = tmp_path / name
        work = home / "work"
        for file, data in {**case.given, **case.program(name)}.items():
            path = work / file
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(data)
        pid = os.fork()
        if pid == 0:
            _be_one_process(case, home)
        _await_end(pid, home)
        lines = [json.loads(line) for line in (home / "outcomes").read_text().splitlines()]
        assert lines[-1:] == ["end"], (home / "output").read_text()
        assert lines[:-1], (home / "output").read_text()
        return {test: (outcome, detail) for test, outcome, detail in lines[:-1]}

    return run


def _await_end(pid: int, home: Path) -> None:
    end = time.monotonic() + _ONE_PROCESS
    try:
        while os.waitpid(pid, os.WNOHANG) == (0, 0):
            if time.monotonic() > end:
                raise AssertionError(f"no end in one process: {(home / 'output').read_text()}")
            time.sleep(0.003)
    except AssertionError:
        os.kill(pid, signal.SIGKILL)
        os.waitpid(pid, 0)
        raise


def _be_one_process(case: Case, home: Path) -> NoReturn:
    try:
        output = os.open(home / "output", os.O_WRONLY | os.O_CREAT, 0o600)
        for target in (1, 2):
            os.dup2(output, target)
        # The streams of the outer pytest may write where nobody reads them.
        sys.stdout = sys.__stdout__ = os.fdopen(1, "w", encoding="utf-8", closefd=False)
        sys.stderr = sys.__stderr__ = os.fdopen(2, "w", encoding="utf-8", closefd=False)
        sys.stdin = os.fdopen(os.open(os.devnull, os.O_RDONLY), encoding="utf-8")
        sys.pycache_prefix = str(home / "bytecode")
        os.environ["PYTEST_DISABLE_PLUGIN_AUTOLOAD"] = "1"
        os.environ.pop("PYTEST_CURRENT_TEST", None)
        hypothesis.settings.register_profile(
            "parity", database=None, derandomize=True, deadline=None, max_examples=50
        )
        hypothesis.settings.load_profile("parity")
        os.chdir(home / "work")
        sys.path.insert(0, str(home / "work"))
        with open(home / "outcomes", "w", encoding="utf-8") as lines:
            recorder = _Recorder(lines, home / "work")
            os.chdir(case.suite)  # where `arguments` wants to be called
            pytest.main(arguments(Run(case.suite, (), {}, home), home), [recorder])
            if not recorder.faults:
                recorder.write("end")
    except BaseException:
        sys.excepthook(*sys.exc_info())
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(0)


class _Recorder:
    """Notes the outcome of each test, and gives it a `candidate` of this process."""

    def __init__(self, lines: Any, work: Path) -> None:
        self._lines = lines
        self._work = work
        self._found: dict[str, tuple[str, str]] = {}
        self.faults = False

    def write(self, value: Any) -> None:
        self._lines.write(json.dumps(value) + "\n")
        self._lines.flush()

    @pytest.hookimpl(tryfirst=True)
    def pytest_configure(self) -> None:
        os.chdir(self._work)

    @pytest.hookimpl
    def pytest_collectreport(self, report: pytest.CollectReport) -> None:
        self.faults = self.faults or report.failed

    @pytest.hookimpl
    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        outcome, detail = self._found.get(report.nodeid, ("passed", ""))
        if report.failed:
            outcome, detail = "failed", detail + report.longreprtext
        elif report.skipped or hasattr(report, "wasxfail"):
            outcome = "skipped" if outcome == "passed" else outcome
        self._found[report.nodeid] = outcome, detail
        if report.when == "teardown":
            self.write([report.nodeid, *self._found[report.nodeid]])

    @pytest.fixture
    def candidate(self, monkeypatch: pytest.MonkeyPatch) -> Iterator[_Candidate]:
        made = _Candidate(monkeypatch)
        yield made
        made.close()


class _Candidate:
    """What the `candidate` fixture of hidden suites does, without a boundary."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self._patch = monkeypatch
        self._started: list[Any] = []
        self.folder = os.getcwd()

    def stdin(self, text: str) -> None:
        read, write = os.pipe()
        os.write(write, text.encode())
        os.close(write)
        self._patch.setattr(sys, "stdin", os.fdopen(read, encoding="utf-8"))

    def environ(self, **variables: str) -> None:
        for name, value in variables.items():
            self._patch.setenv(name, value)

    def argv(self, *arguments: str) -> None:
        self._patch.setattr(sys, "argv", list(arguments))

    def swap(self, name: str, value: Any) -> None:
        self._patch.setattr(name, value, raising=False)

    def lend(self, target: Any, *methods: str) -> Any:
        return types.SimpleNamespace(**{name: getattr(target, name) for name in methods})

    def list(self, items: Any = ()) -> Any:
        return [*items]

    def write(self, name: str, content: str | bytes) -> None:
        path = Path(self.folder, name)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode() if isinstance(content, str) else content)

    def read_bytes(self, name: str) -> bytes:
        return Path(self.folder, name).read_bytes()

    def read_text(self, name: str) -> str:
        return self.read_bytes(name).decode()

    def files(self) -> dict[str, bytes]:
        return _tree(Path(self.folder))

    def run(
        self,
        arguments: Any,
        *,
        stdin: str = "",
        environ: dict[str, str] | None = None,
        timeout: float | None = None,
    ) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-B", *map(str, arguments)],
            input=stdin,
            env={**os.environ, **(environ or {})},
            cwd=self.folder,
            capture_output=True,
            text=True,
            timeout=timeout or 20,
            check=False,
        )

    def start(
        self, arguments: Any, *, stdin: str = "", environ: dict[str, str] | None = None
    ) -> _Command:
        self._started.append(_Command(self.folder, arguments, stdin, environ or {}))
        return self._started[-1]

    def service(self, handler: Any) -> Any:
        if isinstance(handler, int):
            return types.SimpleNamespace(port=handler, url=f"http://127.0.0.1:{handler}")
        server = socketserver.ThreadingTCPServer(("127.0.0.1", 0), handler)
        server.daemon_threads = True
        threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
        port = server.server_address[1]
        made = types.SimpleNamespace(port=port, url=f"http://127.0.0.1:{port}")
        made.close = made.stop = lambda: (server.shutdown(), server.server_close())
        self._started.append(made)
        return made

    def request(
        self, port: int, method: str, path: str, body: Any = b"", headers: Any = None
    ) -> Any:
        running = any(isinstance(one, _Command) and one.running for one in self._started)
        end = time.monotonic() + (10 if running else 0.2)
        while True:
            connection = http.client.HTTPConnection("127.0.0.1", port, timeout=3)
            try:
                connection.connect()
                break
            except ConnectionRefusedError:
                if time.monotonic() > end:
                    raise
                time.sleep(0.02)
        connection.request(method, path, body or None, headers or {})
        answer = connection.getresponse()
        body = answer.read()
        connection.close()
        return types.SimpleNamespace(
            status=answer.status,
            reason=answer.reason,
            headers=answer.headers,
            body=body,
            text=body.decode(),
            json=lambda: json.loads(body),
        )

    def close(self) -> None:
        for started in self._started:
            started.stop()


class _Command:
    """A program in the background."""

    def __init__(self, folder: str, arguments: Any, stdin: str, environ: dict[str, str]) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-B", *map(str, arguments)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            env={**os.environ, **environ},
            cwd=folder,
            text=True,
        )
        self._stdin = stdin
        self._done: Any = None

    def __enter__(self) -> _Command:
        return self

    def __exit__(self, *_exc: object) -> None:
        self.stop()

    @property
    def running(self) -> bool:
        return self._process.poll() is None

    def wait(self) -> Any:
        if self._done is None:
            out, err = self._process.communicate(self._stdin, timeout=20)
            self._done = subprocess.CompletedProcess([], self._process.returncode, out, err)
        return self._done

    def stop(self) -> Any:
        self._process.kill()
        return self.wait()


@pytest.fixture
def parity_case() -> type[Case]:
    return Case
