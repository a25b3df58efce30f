"""A real JupyterLab, started by `grade lab` on a copy of the course, and Chromium in front of it.

Each module has a server of its own; each test a course as new, a page and a layout of its own.
"""

from __future__ import annotations

import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
import uuid
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.browser.lab_page import LabPage

ROOT = Path(__file__).parents[2]
CHROMIUM = "/usr/bin/chromium"
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"]
FLAGS += ["--disable-background-networking", "--disable-component-update", "--disable-sync"]
GRADE = [sys.executable, "-c", "from grader.cli import main; main()"]
STARTING = 60


@dataclass(frozen=True)
class LabServer:
    """A running JupyterLab: the course's folder, where it answers, its token."""

    root: Path
    url: str
    token: str

    def ask(self, method, path, body=None, **headers):
        """Return status, headers and body of a request."""
        data = json.dumps(body).encode() if body is not None else None
        headers = {"Authorization": f"token {self.token}"} | headers
        request = urllib.request.Request(self.url + path, data, headers, method=method)
        try:
            with urllib.request.urlopen(request, timeout=30) as answer:
                return answer.status, answer.headers, answer.read()
        except urllib.error.HTTPError as error:
            return error.code, error.headers, error.read()


def renew(folder, original):
    """Lay the course's files anew; what was kept in `.grader` stays but for a pack's starters."""
    for name in ("exercises", "notebooks", "solutions", ".grader/pristine"):
        shutil.rmtree(folder / name, ignore_errors=True)
        if original != ROOT or not name.startswith(".grader"):
            _copy(original / name, folder / name)


def _copy(source, target):
    if source.is_dir():
        ignored = shutil.ignore_patterns("__pycache__", ".ipynb_checkpoints")
        shutil.copytree(source, target, ignore=ignored)


@pytest.fixture(scope="module")
def original(request, tmp_path_factory):
    """The checkout, or the pack that an apprentice gets of it."""
    if getattr(request.module, "SOLUTIONS", True):
        return ROOT
    pack = tmp_path_factory.mktemp("pack")
    subprocess.run([*GRADE, "release", "--to", str(pack)], cwd=ROOT, check=True)
    return pack


@pytest.fixture(scope="module")
def server(tmp_path_factory, original):
    root = tmp_path_factory.mktemp("course")
    renew(root, original)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    token = uuid.uuid4().hex
    words = ["lab", "--no-browser", "--port", str(port), "--", "--ServerApp.port_retries=0"]
    words += [f"--IdentityProvider.token={token}", "--LabApp.expose_app_in_browser=True"]
    words += ["--allow-root"] if os.geteuid() == 0 else []
    environ = {**os.environ, "HOME": str(tmp_path_factory.mktemp("home"))}
    with (root / "lab.log").open("wb") as log:
        process = subprocess.Popen(
            [*GRADE, *words], cwd=root, env=environ, stdout=log, stderr=log, start_new_session=True
        )
    try:
        found = LabServer(root, f"http://127.0.0.1:{port}/", token)
        _wait(found, process)
        yield found
    finally:
        process.send_signal(signal.SIGTERM)
        try:
            process.wait(20)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def _wait(server, process):
    deadline = time.monotonic() + STARTING
    while time.monotonic() < deadline:
        assert process.poll() is None, (server.root / "lab.log").read_text()
        try:
            if server.ask("GET", "api/status")[0] == 200:
                return
        except urllib.error.URLError:
            time.sleep(0.1)
    pytest.fail((server.root / "lab.log").read_text())


@pytest.fixture
def course(server, original):
    """The course as new: its files, and what is known of earlier work."""
    for kernel in json.loads(server.ask("GET", "api/sessions")[2]):
        server.ask("DELETE", f"api/sessions/{kernel['id']}")
    renew(server.root, original)
    for name in ("checked.json", "synced.json", "apprentice.toml"):
        (server.root / ".grader" / name).unlink(missing_ok=True)
    return server.root


@pytest.fixture(scope="session")
def browser():
    playwright = pytest.importorskip("playwright.sync_api", reason="the extra `browser`")
    if not Path(CHROMIUM).exists():
        pytest.skip("Debian's chromium is not installed")
    with playwright.sync_playwright() as started:
        chromium = started.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield chromium
        chromium.close()


@pytest.fixture
def lab(server, course, browser):
    context = browser.new_context(viewport={"width": 1400, "height": 900})
    page = context.new_page()
    page.set_default_timeout(30_000)
    errors = []
    page.on("pageerror", lambda error: errors.append(error.stack or str(error)))
    found = LabPage(page, course)
    page.goto(f"{server.url}lab/workspaces/{uuid.uuid4().hex}?token={server.token}")
    found.wait_until_ready()
    yield found
    context.close()
    # Lab has errors of its own, as when a kernel restarts while its debugger is asked.
    assert [one for one in errors if "apprentice-grader" in one] == []
