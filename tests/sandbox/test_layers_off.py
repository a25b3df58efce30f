"""Each layer of level full is switched off, and the canary gets further by just that layer.

A layer is switched off in a copy of what is mounted inside, by replacing one line. So a layer
that did nothing, because another one stops the same, would be found here.
"""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from grader.sandbox import Cell, Level, Mount, Policy, Sandbox, bubblewrap, probe
from grader.sandbox import sandbox as sandbox_module

ROOT = Path(__file__).parents[2]
INSIDE = Path(sandbox_module.__file__).parent / "inside"
PROGRAMS = Mount(Path(__file__).parent / "programs.py", "programs")
FULL = set(range(8))

#: Layer, file, line of it, and what stands in its place.
OFF = {
    1: (
        "child.py",
        'os.closerange(end, min(os.sysconf("SC_OPEN_MAX"), 1 << 16))',
        "pass",
    ),
    2: (
        "supervisor.py",
        'return {"gone": self._kill_all()}',
        'return {"gone": [os.kill(pid, 9) for pid in self._spawned] != 0}',
    ),
    3: ("lockdown.py", "if lockdown.level >= BASIC:", "if False:"),
    5: ("lockdown.py", "landlock.restrict(ruleset)", "pass"),
    6: ("lockdown.py", "seccomp.install(lockdown.filter)", "pass"),
}

Without = Callable[..., None]
Run = Callable[[Sequence[str]], subprocess.CompletedProcess[str]]


@pytest.fixture
def without(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Without:
    """Mount an inside in which lines are replaced, each of which must be there."""

    def replace(*changes: tuple[str, str, str]) -> None:
        copy = tmp_path / "inside"
        shutil.copytree(INSIDE, copy, ignore=shutil.ignore_patterns("__pycache__"))
        for name, old, new in changes:
            text = (copy / name).read_text()
            assert text.count(old) == 1, f"{name} has changed: {old}"
            (copy / name).write_text(text.replace(old, new))
        monkeypatch.setattr(sandbox_module, "_INSIDE", Mount(copy, "_inside"))

    return replace


def in_force() -> set[int]:
    (found,) = probe(Level.FULL)
    assert found.layers, found.reason
    return {layer.number for layer in found.layers if layer.in_force}


def test_nothing_switched_off_is_everything_in_force(without: Without) -> None:
    without()
    assert in_force() == FULL


@pytest.mark.parametrize("layer", OFF)
def test_a_layer_switched_off_is_got_through(layer: int, without: Without) -> None:
    without(OFF[layer])
    assert in_force() == FULL - {layer}


def test_the_machines_network_is_reached_without_a_namespace_for_it(
    without: Without, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of layer 4, where the filter lets an exercise use the network."""
    assert "ConnectionRefusedError" in _connecting()  # of the cell's own loopback
    without(("namespaces.py", "(kernel.CLONE_NEWNET if plan.loopback else 0)", "0"),
            ("namespaces.py", "kernel.loopback_up()", "pass"))  # fmt: skip
    command = bubblewrap.command
    monkeypatch.setattr(
        bubblewrap,
        "command",
        lambda *args, **more: [w for w in command(*args, **more) if w != "--unshare-net"],
    )
    assert _connecting() == "connected"


def _connecting() -> str:
    """What a program says that connects to a server of this machine."""
    with (
        socket.create_server(("127.0.0.1", 0)) as server,
        Sandbox(level=Level.FULL, packages=[PROGRAMS], preload=["programs"]) as sandbox,
        sandbox.cell(Policy(loopback=True)) as cell,
    ):
        address = server.getsockname()
        text = _said(cell, f"import socket; socket.create_connection({address}, 2); say('through')")
    return "connected" if '["through"]' in text else text


def _said(cell: Cell, code: str) -> str:
    told, tell = os.pipe()
    pid = cell.spawn("programs:run", {"code": code, "deny": False}, [tell])
    os.close(tell)
    with open(told) as file:
        text = file.read()
    cell.wait(pid, 10)
    return text


def _seen_next_door() -> str:
    """What a program of a second submission sees of the first one's files."""
    with (
        Sandbox(level=Level.FULL, packages=[PROGRAMS], preload=["programs"]) as sandbox,
        sandbox.cell() as one,
        sandbox.cell() as two,
    ):
        _said(one, "open('../mine', 'w').close()")
        return _said(two, "import os; say(os.path.exists('../mine'))")


def test_a_submission_sees_the_next_without_a_file_system_of_its_own(
    without: Without, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Layer 7: all cells share one folder."""
    assert '"said": [false]' in _seen_next_door()
    without(
        ("namespaces.py", 'kernel.mount_tmpfs(plan.root, no_programs, f"mode=0700', 'print(f"'),
        (
            "supervisor.py",
            "os.mkdir(os.path.join(plan.root, name), 0o700)",
            "os.makedirs(os.path.join(plan.root, name), 0o700, exist_ok=True)",
        ),
    )
    command = bubblewrap.command

    def shared(*args: object, **more: object) -> list[str]:
        words = command(*args, **more)  # type: ignore[arg-type]
        place = words.index("--proc")
        return [*words[:place], "--tmpfs", "/w", "--chmod", "0777", "/w", *words[place:]]

    monkeypatch.setattr(bubblewrap, "command", shared)
    assert '"said": [true]' in _seen_next_door()


ROOT_STAYS = """
import sys
sys.path.insert(0, {root!r})
from pathlib import Path
import shutil, tempfile
from grader.sandbox import Cell, Level, Mount, probe
from grader.sandbox import sandbox as module
copy = Path(tempfile.mkdtemp()) / "inside"
copy.parent.chmod(0o755)
shutil.copytree(Path(module.__file__).parent / "inside", copy)
name, line = copy / "zygote.py", "if plan.user is not None:"
assert name.read_text().count(line) == 1
if sys.argv[1] == "off":
    name.write_text(name.read_text().replace(line, "if False:"))
module._INSIDE = Mount(copy, "_inside")
(found,) = probe(Level.BASIC)
print(found.works, [layer.number for layer in found.layers if layer.in_force])
"""


def test_a_program_is_root_where_the_zygote_stays_root(as_root: Run) -> None:
    """Layer 0, where the grader is root."""
    code = ROOT_STAYS.format(root=str(ROOT))
    said = [as_root([sys.executable, "-c", code, how]).stdout for how in ("on", "off")]
    assert said == ["True [0, 1, 2, 3]\n", "False [1, 2, 3]\n"]
