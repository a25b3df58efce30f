"""What each level claims to stop is tried at that level, as root and as an ordinary user.

The attacks run in a process of their own, since a Python in root's home can be read by root only
and levels below full need one that the programs' user can read.
"""

# ruff: noqa: E501 - programs stand here as they are run
from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest

from grader.sandbox import Level

pytestmark = pytest.mark.slow  # some ten seconds for each level and user

ROOT = Path(__file__).parents[2]

#: What a program tries, with {secret}, {open}, {port} and {worker} outside; and where it is stopped.
#: Each says "through" or raises.
READING = (Level.RESTRICTED, Level.FULL)
LIMITED = (Level.BASIC, *READING)
ATTACKS = {
    "be root": (LIMITED, "import os; assert 0 in os.getresuid()"),
    "become root": (LIMITED, "import os; os.setuid(0)"),
    "memory": (LIMITED, "bytearray(2 << 30)"),
    "a large file": (LIMITED, "f = open('x', 'wb', 0)\nfor _ in range(40): assert f.write(bytes(1 << 20)) == 1 << 20"),
    "many files open": (LIMITED, "x = [open('/dev/null') for _ in range(100)]"),
    "raise a limit": (LIMITED, "import resource as r; h = r.getrlimit(r.RLIMIT_NPROC)[1]; r.setrlimit(r.RLIMIT_NPROC, (h + 1, h + 1))"),
    "a core file": (LIMITED, "import resource as r; r.setrlimit(r.RLIMIT_CORE, (1, 1))"),
    "fork without end": (LIMITED, "import os, time\nfor _ in range(200):\n    if os.fork() == 0: time.sleep(60)"),
    "settings of the grader": (LIMITED, "import os; assert set(os.environ) - set('HOME LANG TMPDIR'.split())"),
    "descriptors of the grader": (LIMITED, "import os\nfor fd in range(4, 256):\n    try: os.fstat(fd)\n    except OSError: continue\n    break\nelse: raise OSError"),
    "import the grader": (LIMITED, "import msgspec"),
    "read a file outside": (READING, "open({secret!r}).read()"),
    "write outside": (READING, "import os; os.mkdir({open!r} + '/x')"),
    "list the root folder": (READING, "import os; os.listdir('/')"),
    "connect": (READING, "import socket; socket.create_connection(('127.0.0.1', {port}), 2)"),
    "a socket of files": (READING, "import socket; socket.socket(socket.AF_UNIX)"),
    "start a program": (READING, "import subprocess, sys; subprocess.run([sys.executable, '-c', ''])"),
    "signal its supervisor": (READING, "import os; os.kill(os.getppid(), 0)"),
    "signal the grader": (READING, "import os; os.kill({worker}, 0)"),
    "trace": (READING, "import ctypes; assert ctypes.CDLL(None).ptrace(16, __import__('os').getppid(), 0, 0) == 0"),
    "memory in a file": (READING, "import os; os.memfd_create('x')"),
    "a new namespace": (READING, "import ctypes; assert ctypes.CDLL(None).unshare(0x10000000) == 0"),
    "read its parent": (READING, "import os; open('/proc/%d/environ' % os.getppid(), 'rb').read()"),
    "see a file outside": ((Level.FULL,), "import os; assert os.path.exists({secret!r})"),
    "see processes": ((Level.FULL,), "import os; assert os.path.exists('/proc/self')"),
    "see the machine's name": ((Level.FULL,), "import os; assert os.uname().nodename != 'sandbox'"),
}  # fmt: skip

SCRIPT = """
import json, os, socket, sys, tempfile
sys.path[:0] = [{root!r}, {site!r}]
from pathlib import Path
from grader.sandbox import Level, Limits, Mount, Policy, Sandbox
level = Level.parse(sys.argv[1])
attacks = json.loads(sys.argv[2])
home = Path(tempfile.mkdtemp()); home.chmod(0o755)
secret, open_ = home / "secret", home / "open"
secret.write_text("x"); open_.mkdir(); open_.chmod(0o777)
os.environ["GRADER_SECRET"] = "x"; os.set_inheritable(os.open(secret, os.O_RDONLY), True)
server = socket.create_server(("127.0.0.1", 0))
facts = dict(secret=str(secret), open=str(open_), port=server.getsockname()[1], worker=os.getpid())
found = {{}}
mount = Mount(Path({programs!r}), "programs")
policy = Policy(Limits(memory_mb=512, processes=32))
with Sandbox(level=level, packages=[mount], preload=["programs"]) as sandbox:
    for name, code in attacks.items():
        for fact, value in facts.items():
            code = code.replace("{{" + fact + "!r}}", repr(value)).replace("{{" + fact + "}}", str(value))
        with sandbox.cell(policy) as cell:
            told, tell = os.pipe()
            pid = cell.spawn("programs:run", {{"code": code + "\\nsay('through')", "deny": False}}, [tell])
            os.close(tell)
            uids = []
            try:
                kernel = Path(f"/proc/{{pid}}/status").read_text() if level < Level.FULL else ""
                uids = [line.split()[1:] for line in kernel.splitlines() if line.startswith("Uid:")]
            except OSError:
                pass
            text = b""
            import select
            while select.select([told], [], [], 15)[0] and (part := os.read(told, 65536)):
                text += part
                if text.endswith(b"}}"):
                    break
            os.close(told)
            found[name] = [b'"through"' in text, "0" in (uids[0] if uids else [])]
            cell.kill()
print(json.dumps(found))
"""


def stopped(run, level: Level) -> dict[str, list[bool]]:
    """Which attacks got through at a level, and whether any was root to the kernel."""
    import msgspec

    text = SCRIPT.format(
        root=str(ROOT),
        site=str(Path(msgspec.__file__).parents[1]),
        programs=str(Path(__file__).parent / "programs.py"),
    )
    codes = json.dumps({name: code for name, (_, code) in ATTACKS.items()})
    done = run([sys.executable, "-c", text, level.label, codes])
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


@pytest.mark.parametrize("level", LIMITED, ids=lambda level: level.label)
@pytest.mark.parametrize("user", ["as_ordinary_user", "as_root"])
def test_what_a_level_claims_to_stop_is_stopped(user, level, request):
    found = stopped(request.getfixturevalue(user), level)
    claimed = {name for name, (levels, _) in ATTACKS.items() if level in levels}
    assert [name for name in claimed if found[name][0]] == []
    assert not any(was_root for _, was_root in found.values())


def test_what_no_level_claims_to_stop_gets_through_without_one(as_ordinary_user):
    """The attacks work: at level none most of them succeed, so that to stop them is something."""
    found = stopped(as_ordinary_user, Level.NONE)
    held = {name for name, (through, _) in found.items() if not through}
    assert held <= {"be root", "become root", "settings of the grader", "descriptors of the grader",
                    "import the grader", "raise a limit", "a core file", "trace", "read its parent",
                    "a new namespace"}  # fmt: skip
