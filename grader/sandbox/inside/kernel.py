"""The few kernel calls that Python has no function for, through the C library."""

from __future__ import annotations

import ctypes
import errno
import fcntl
import os
import socket
import struct

from . import syscalls

PR_SET_PDEATHSIG, PR_SET_DUMPABLE = 1, 4
PR_CAPBSET_DROP, PR_SET_CHILD_SUBREAPER, PR_SET_NO_NEW_PRIVS = 24, 36, 38

CLONE_NEWNS, CLONE_NEWIPC = 0x00020000, 0x08000000
CLONE_NEWUSER, CLONE_NEWPID, CLONE_NEWNET = 0x10000000, 0x20000000, 0x40000000

MS_RDONLY, MS_NOSUID, MS_NODEV, MS_NOEXEC = 1, 2, 4, 8

_libc = ctypes.CDLL(None, use_errno=True)


def _check(result: int, what: str) -> int:
    if result < 0:
        code = ctypes.get_errno()
        raise OSError(code, f"{what}: {os.strerror(code)}")
    return result


def prctl(option: int, value: int = 0) -> int:
    """Call prctl(2) with one argument."""
    words = [ctypes.c_ulong(word) for word in (value, 0, 0, 0)]
    return _check(_libc.prctl(ctypes.c_int(option), *words), f"prctl {option}")


def syscall(name: str, *arguments: object) -> int:
    """Call a system call of `syscalls.TABLE` by name; integers are passed as longs."""
    words = [ctypes.c_long(a) if isinstance(a, int) else a for a in arguments]
    return _check(_libc.syscall(ctypes.c_long(syscalls.number(name)), *words), name)


def unshare(flags: int) -> None:
    """Leave the namespaces that `flags` names for new ones."""
    _check(_libc.unshare(ctypes.c_int(flags)), "unshare")


def mount_tmpfs(target: str, flags: int, options: str) -> None:
    """Mount an empty file system that lives in memory on `target`."""
    code = _libc.mount(
        b"tmpfs", os.fsencode(target), b"tmpfs", ctypes.c_ulong(flags), options.encode()
    )
    _check(code, f"mount {target}")


def drop_bounding_set() -> None:
    """Rule out that any program started from here gains a capability; needs CAP_SETPCAP."""
    for capability in range(64):
        try:
            prctl(PR_CAPBSET_DROP, capability)
        except OSError as error:
            if error.errno == errno.EINVAL:  # the kernel knows no more of them
                return
            raise


def drop_capabilities() -> None:
    """Give up every capability of this process."""
    version_3 = 0x20080522  # include/uapi/linux/capability.h
    header = struct.pack("=Ii", version_3, 0)
    syscall("capset", header, bytes(24))


def loopback_up() -> None:
    """Switch on the loopback interface of the network namespace we are in."""
    siocgifflags, siocsifflags, iff_up = 0x8913, 0x8914, 1
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        request = struct.pack("16sH22x", b"lo", 0)
        flags = struct.unpack("16sH22x", fcntl.ioctl(probe, siocgifflags, request))[1]
        fcntl.ioctl(probe, siocsifflags, struct.pack("16sH22x", b"lo", flags | iff_up))


def few_arenas() -> None:
    """Let threads share memory pools.

    The C library sets 64 MB or more of address space aside for each thread's own pool, so that
    a limit on address space would stop a program at some twenty threads.
    """
    m_arena_max = -8  # glibc's malloc.h
    if hasattr(_libc, "mallopt"):
        _libc.mallopt(m_arena_max, 2)


def landlock_version() -> int:
    """Return the version of Landlock that the kernel has, 0 for none."""
    try:
        return syscall("landlock_create_ruleset", None, 0, 1)
    except (OSError, KeyError, ValueError, AttributeError):
        return 0
