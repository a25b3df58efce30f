"""Machines whose kernel, filters or limits refuse something: graded, or the one thing is named."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
REFUSING = ROOT / "tests" / "environments" / "refusing.py"
_ALL = """
import json, sys
sys.path.insert(0, {root!r})
from grader.sandbox import probe
print(json.dumps([[one.level.label, one.works, one.reason, one.cure] for one in probe()]))
"""
ALL = _ALL.format(root=str(ROOT))


def _levels(done):
    assert done.returncode == 0, done.stderr
    return {label: (works, reason, cure) for label, works, reason, cure in json.loads(done.stdout)}


def _refusing(*words):
    return [sys.executable, str(REFUSING), *words, "--", sys.executable, "-c", ALL]


def test_a_kernel_without_pidfd_open_gives_every_level_but_full(as_ordinary_user):
    found = _levels(as_ordinary_user(_refusing("pidfd_open=ENOSYS")))
    assert {label for label, (works, _, _) in found.items() if works} == {
        "restricted",
        "basic",
        "none",
    }
    assert "pidfd_open" in found["full"][1]
    assert "Linux 5.3" in found["full"][2]


def test_a_filter_that_refuses_prctl_is_named(as_ordinary_user):
    for works, reason, cure in _levels(as_ordinary_user(_refusing("prctl=EPERM"))).values():
        assert not works
        assert "prctl" in reason
        assert "Allow prctl" in cure


def test_at_restricted_root_is_served_as_at_full(as_root):
    """Whatever `nobody` must read lies where `nobody` may go."""
    code = (
        f"import sys; sys.path.insert(0, {str(ROOT)!r})\n"
        "from grader.bridge import Examiner\n"
        "from grader.sandbox import Level\n"
        "with Examiner(Level.RESTRICTED) as examiner:\n"
        "    with examiner.tools.cell() as cell: print(cell.level.label)\n"
    )
    done = as_root([sys.executable, "-c", code])
    assert done.stdout.strip() == "restricted", done.stderr


@pytest.mark.slow
def test_without_proc_no_process_stays():
    """A mount namespace in which /proc is not there."""
    script = f"umount -l /proc && exec {sys.executable} -P -c 'import sys; exec(sys.stdin.read())'"
    words = ["unshare", "--mount", "--pid", "--fork", "sh", "-c", script]
    code = f"{ALL}\nimport os, time\ntime.sleep(0.5)\nprint(len(list(PIDS())))"
    counted = (
        "def PIDS():\n"
        "    import os\n"
        "    for pid in range(2, 400):\n"
        "        try: os.kill(pid, 0)\n"
        "        except OSError: continue\n"
        "        if pid != os.getpid(): yield pid\n"
    )
    done = subprocess.run(words, input=counted + code, capture_output=True, text=True, timeout=100)
    if "Operation not permitted" in done.stderr:
        pytest.skip("no namespaces here")
    levels, left = done.stdout.splitlines()
    assert all("/proc" in reason for label, works, reason, _ in json.loads(levels) if not works)
    assert left == "0", done.stdout


@pytest.mark.parametrize("soft", [32, 64])
def test_few_descriptors_are_enough(soft):
    code = f"import resource; resource.setrlimit(resource.RLIMIT_NOFILE, ({soft}, {soft}))\n{ALL}"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    assert _levels(done)["full"][0], done.stdout
