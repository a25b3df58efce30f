"""Readers of handed-in files: in the sandbox as in use, and in plain forks, so that they count."""

from __future__ import annotations

import contextlib
import importlib
import importlib.util
import json
import os
from pathlib import Path
from types import ModuleType

import pytest

from grader.bridge.artefacts.malformed import Malformed
from grader.bridge.artefacts.readers import reader_sandbox
from grader.bridge.artefacts.trying import read
from grader.sandbox import best_level

_HIGH = 200


class ForkSandbox:
    """Runs a reader in a fork without limits: for what is harmless, and to be measured."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._pid = 0

    @contextlib.contextmanager
    def cell(self, _policy):
        self._pid = 0
        yield self
        if self._pid:
            os.waitpid(self._pid, 0)

    def put(self, files):
        for name, data in files.items():
            path = self._folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(data)

    def spawn(self, entry, arguments, fds):
        self._pid = os.fork()
        if self._pid == 0:
            try:
                os.chdir(self._folder)
                os.dup2(fds[0], _HIGH)
                os.closerange(3, _HIGH)
                module, _, function = entry.partition(":")
                module = module.replace("_candidate", "grader.bridge.candidate")
                arguments = {**json.loads(json.dumps(arguments)), "seal": None}
                getattr(importlib.import_module(module), function)(arguments, [_HIGH])
            finally:
                os._exit(0)
        return self._pid


@pytest.fixture
def forks(tmp_path) -> ForkSandbox:
    folder = tmp_path / "cell"
    folder.mkdir()
    return ForkSandbox(folder)


@pytest.fixture(scope="session")
def readers():
    with reader_sandbox(best_level()) as sandbox:
        yield sandbox


@pytest.fixture(scope="session")
def repositories() -> ModuleType:
    """The module beside this file that makes repositories."""
    path = Path(__file__).with_name("repositories.py")
    spec = importlib.util.spec_from_file_location("repositories", path)
    made = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(made)
    return made


@pytest.fixture
def told():
    """What a learner reads of a file, or "" when it can be read."""

    def tell(parse, data, name="work.txt"):
        notes = []
        try:
            read(parse, data, notes.append)
        except Malformed as problem:
            assert not notes, notes
            return problem.sentence(name)
        return ""

    return tell
