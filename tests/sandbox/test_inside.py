"""Parts of the inside by themselves: frames, filters, removal, finding processes."""

# ruff: noqa: E501 - programs stand here as they are run
from __future__ import annotations

import contextlib
import errno
import os
import re
import socket
import struct
import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from grader.sandbox.asking import UnansweredError, ask
from grader.sandbox.inside import processes, seccomp, syscalls
from grader.sandbox.inside.channel import LIMIT, Channel, ChannelClosedError, ChannelFaultError
from grader.sandbox.inside.removal import empty_folder, remove_folder

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=9),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=9,
)  # fmt: skip


@contextlib.contextmanager
def pair():
    ours, theirs = socket.socketpair()
    with ours, theirs:
        yield ours, theirs


@settings(deadline=None, max_examples=40, database=None)
@given(st.dictionaries(st.text(max_size=9), JSON, max_size=4))
def test_a_frame_arrives_as_it_was_sent(message):
    with pair() as (ours, theirs):
        Channel(ours).send(message, timeout=5)
        assert Channel(theirs).receive(timeout=5) == (message, [])


@settings(deadline=None, max_examples=150, database=None)
@given(
    st.binary(max_size=200) | st.binary(max_size=60).map(lambda b: len(b).to_bytes(4, "big") + b)
)
def test_any_bytes_are_a_frame_or_a_plain_error(data):
    with pair() as (ours, theirs):
        ours.sendall(data)
        ours.close()
        try:
            message, fds = Channel(theirs).receive(timeout=5)
        except (ChannelClosedError, ChannelFaultError):
            return
        assert isinstance(message, dict)
        assert fds == []


def test_frames_are_bounded():
    with pair() as (ours, theirs):
        with pytest.raises(ChannelFaultError):
            Channel(ours).send({"x": "y" * LIMIT}, timeout=5)
        ours.sendall((LIMIT + 1).to_bytes(4, "big"))
        with pytest.raises(ChannelFaultError):
            Channel(theirs).receive(timeout=5)


def test_deep_frames_are_refused():
    with pair() as (ours, theirs):
        body = b"[" * 100_000
        ours.sendall(len(body).to_bytes(4, "big") + body)
        with pytest.raises(ChannelFaultError):
            Channel(theirs).receive(timeout=5)


def test_descriptors_that_nobody_asked_for_are_dropped():
    with pair() as (ours, theirs):
        before = len(os.listdir("/proc/self/fd"))
        Channel(ours).send({}, [0, 1, 2], timeout=5)
        assert Channel(theirs).receive(timeout=5) == ({}, [])
        assert len(os.listdir("/proc/self/fd")) == before


def test_an_answer_that_does_not_come_is_given_up():
    with pair() as (ours, theirs):
        with pytest.raises(UnansweredError, match="did not answer in time"):
            ask(Channel(ours), {}, seconds=0.1)
        theirs.close()
        with pytest.raises(UnansweredError, match="ended by itself"):
            ask(Channel(ours), {}, seconds=5)


def test_an_answer_to_another_question_is_not_taken():
    with pair() as (ours, theirs):
        Channel(theirs).send({"re": 1, "pid": 666}, timeout=5)
        with pytest.raises(UnansweredError):
            ask(Channel(ours), {}, seconds=0.05)


# -- filters, run by a small machine of our own


def judge(program: bytes, call: int, *arguments: int, arch: int | None = None) -> int:
    """Run a filter on a call; return the kernel's action word."""
    arch = syscalls.AUDIT_ARCH[os.uname().machine] if arch is None else arch
    words = [argument & (2**64 - 1) for argument in arguments] + [0] * (6 - len(arguments))
    data = struct.pack("=IIQ6Q", call, arch, 0, *words)
    steps = list(struct.iter_unpack("=HBBI", program))
    place = loaded = 0
    for _ in steps:
        code, yes, no, value = steps[place]
        place += 1
        if code == 0x20:
            loaded = struct.unpack_from("=I", data, value)[0]
        elif code == 0x54:
            loaded &= value
        elif code == 0x06:
            return value
        else:
            test = {0x15: loaded == value, 0x35: loaded >= value, 0x45: bool(loaded & value)}[code]
            place += yes if test else no
    raise AssertionError("the filter never answers")


ALLOW, KILL, ERRNO = 0x7FFF0000, 0x80000000, 0x00050000
SPECIAL = {"clone", "clone3", "ioctl", "prlimit64", "sched_setaffinity", "socket", "socketpair"}


@pytest.fixture(params=["x86_64", "aarch64"])
def machine(request, monkeypatch):
    monkeypatch.setattr(seccomp.platform, "machine", lambda: request.param)
    return request.param


def arch_judge(machine, program, call, *arguments):
    return judge(program, call, *arguments, arch=syscalls.AUDIT_ARCH[machine])


def test_the_filter_answers_every_number_as_the_lists_say(machine):
    refused = set((seccomp.ALWAYS_REFUSED + " " + seccomp.STARTING_PROGRAMS).split())
    numbers = set(syscalls.numbers(tuple(refused), machine))
    special = set(syscalls.numbers(tuple(SPECIAL), machine))
    program = seccomp.main_filter(seccomp.Rules())
    for call in range(syscalls.FIRST_NEWER):
        if call not in special:
            wanted = ERRNO | errno.EPERM if call in numbers else ALLOW
            assert arch_judge(machine, program, call) == wanted
    for call in (*range(syscalls.FIRST_NEWER, 600), 10_000):
        wanted = ALLOW if call in syscalls.ALLOWED_NEWER else ERRNO | errno.ENOSYS
        assert arch_judge(machine, program, call) == wanted
    assert len(program) // 8 < 4096
    assert judge(program, 0, arch=0x40000003) == KILL


def test_the_filter_looks_at_arguments(machine):
    program = seccomp.main_filter(seccomp.Rules(sockets=True))

    def answers(name, *arguments):
        return arch_judge(machine, program, syscalls.number(name, machine), *arguments)

    refused = ERRNO | errno.EPERM
    assert answers("clone3") == ERRNO | errno.ENOSYS
    assert answers("clone", 0x01200011) == ALLOW
    for bit in (17, 25, 26, 27, 28, 29, 30):
        assert answers("clone", 1 << bit | 17) == refused
    assert answers("prlimit64", 0) == ALLOW
    assert answers("prlimit64", 1) == refused
    assert answers("ioctl", 0, 0x5401) == ALLOW
    assert answers("ioctl", 0, 0x5412) == answers("ioctl", 0, 0x541C) == refused
    assert answers("socketpair", socket.AF_UNIX) == ALLOW
    assert answers("socketpair", socket.AF_INET) == refused
    for family in range(50):
        good = family in (socket.AF_INET, socket.AF_INET6)
        assert answers("socket", family, 1 | 0o2004000, 0) == (ALLOW if good else refused)
    assert answers("socket", socket.AF_INET, socket.SOCK_RAW, 0) == refused
    assert answers("socket", socket.AF_INET, 1, 262) == refused


def test_shared_files_and_signals_are_held_where_nothing_else_does(machine):
    program = seccomp.main_filter(seccomp.Rules(shared_files=True, signals=False))

    def answers(name):
        return arch_judge(machine, program, syscalls.number(name, machine))

    assert answers("fchmodat") == ERRNO
    assert answers("fchownat") == answers("kill") == answers("tgkill") == ERRNO | errno.EPERM


def test_the_second_filter_refuses_processes_only(machine):
    program = seccomp.no_new_processes_filter()

    def answers(name, *arguments):
        return arch_judge(machine, program, syscalls.number(name, machine), *arguments)

    assert answers("clone", 17) == ERRNO | errno.EPERM
    assert answers("clone", 0x003D0F00) == ALLOW
    assert answers("clone3") == ERRNO | errno.ENOSYS
    assert answers("execve") == ALLOW
    if machine == "x86_64":
        assert answers("fork") == answers("vfork") == ERRNO | errno.EPERM


def test_the_table_of_calls_agrees_with_the_systems_headers():
    found = 0
    for column, path in enumerate(
        ("/usr/include/x86_64-linux-gnu/asm/unistd_64.h", "/usr/include/asm-generic/unistd.h")
    ):
        text = Path(path).read_text() if Path(path).exists() else ""
        pattern = r"#define __NR(?:3264)?_(\w+)\s+(\d+)"
        for name, number in re.findall(pattern, text):
            if name in syscalls.TABLE:
                assert syscalls.TABLE[name][column] == int(number)
                found += 1
    if not found:
        pytest.skip("the system's headers are not installed")


# -- removal


def test_a_deep_sealed_tree_is_removed(tmp_path):
    root = tmp_path / "root"
    (root / "keep").mkdir(parents=True)
    here = os.open(root, os.O_RDONLY)
    for _ in range(1200):
        os.mkdir("d" * 200, dir_fd=here)
        deeper = os.open("d" * 200, os.O_RDONLY, dir_fd=here)
        os.close(here)
        here = deeper
    os.close(here)
    (root / "sealed").mkdir()
    (root / "sealed" / "file").write_text("x")
    (root / "sealed").chmod(0)
    outside = tmp_path / "outside"
    outside.write_text("stays")
    (root / "link").symlink_to(outside)
    (root / "folder-link").symlink_to(tmp_path)
    empty_folder(str(root), keep=["keep"])
    assert os.listdir(root) == ["keep"]
    remove_folder(str(root))
    assert os.listdir(tmp_path) == ["outside"]


def test_removal_that_takes_too_long_is_given_up(tmp_path):
    (tmp_path / "a" / "b").mkdir(parents=True)
    with pytest.raises(TimeoutError):
        empty_folder(str(tmp_path), seconds=-1)


def test_a_link_in_place_of_the_folder_is_not_followed(tmp_path):
    (tmp_path / "real").mkdir()
    (tmp_path / "real" / "file").write_text("stays")
    (tmp_path / "link").symlink_to(tmp_path / "real")
    with pytest.raises(OSError):
        empty_folder(str(tmp_path / "link"))
    assert (tmp_path / "real" / "file").exists()


# -- processes


def test_descendants_are_found_and_only_they_are_ended():
    told, tell = os.pipe()
    child = os.fork()
    if child == 0:
        grandchild = os.fork()
        if grandchild:
            os.write(tell, str(grandchild).encode())
        time.sleep(60)
        os._exit(0)
    grandchild = int(os.read(told, 20))
    try:
        assert processes.descendants(child) == [grandchild]
        assert {child, grandchild} <= set(processes.descendants(os.getpid()))
        assert not processes.end_if_descendant(os.getppid(), child)
        assert processes.end_if_descendant(grandchild, child)
        assert processes.wait_gone(grandchild, 5)
        assert not processes.wait_gone(child, 0)
        assert processes.count_of_user(os.getuid()) >= 2
    finally:
        os.kill(child, 9)
        os.waitpid(child, 0)
        os.close(told)
        os.close(tell)
