"""Layer 5: a process gives up files, TCP and signals beyond a named few, and can't undo it.

Figures: the kernel's `include/uapi/linux/landlock.h`. What Landlock doesn't hold: it lets a
process change folder, ask for a file's facts, and change modes, owners and times by path.
"""

from __future__ import annotations

import os
import stat
import struct
from collections.abc import Iterable

from . import kernel

EXECUTE, WRITE_FILE, READ_FILE, READ_DIR = 1, 2, 4, 8
REMOVE_DIR, REMOVE_FILE = 1 << 4, 1 << 5
MAKE_CHAR, MAKE_DIR, MAKE_REG, MAKE_SOCK = 1 << 6, 1 << 7, 1 << 8, 1 << 9
MAKE_FIFO, MAKE_BLOCK, MAKE_SYM = 1 << 10, 1 << 11, 1 << 12
REFER, TRUNCATE, IOCTL_DEV = 1 << 13, 1 << 14, 1 << 15

_FIRST_WITH = {REFER: 2, TRUNCATE: 3, IOCTL_DEV: 5}
_TCP = 3  # bind and connect, from version 4
_SCOPES = 3  # abstract sockets and signals, from version 6
_FOR_FILES = EXECUTE | WRITE_FILE | READ_FILE | TRUNCATE | IOCTL_DEV
_READ = EXECUTE | READ_FILE | READ_DIR
_NOT_IN_WORK = EXECUTE | MAKE_CHAR | MAKE_BLOCK | IOCTL_DEV
_DEVICES = ("/dev/null", "/dev/zero", "/dev/random", "/dev/urandom")
_RULE_PATH_BENEATH = 1


def _handled(version: int) -> int:
    rights = (1 << 16) - 1
    for right, first in _FIRST_WITH.items():
        if version < first:
            rights &= ~right
    return rights


def _allow(ruleset: int, path: str, rights: int) -> None:
    try:
        fd = os.open(path, os.O_PATH | os.O_CLOEXEC)
    except FileNotFoundError:
        return  # what isn't there needs no permission
    try:
        if not stat.S_ISDIR(os.fstat(fd).st_mode):
            rights &= _FOR_FILES
        rule = struct.pack("=Qi", rights, fd)
        kernel.syscall("landlock_add_rule", ruleset, _RULE_PATH_BENEATH, rule, 0)
    finally:
        os.close(fd)


def ruleset(
    readable: Iterable[str],
    writable: Iterable[str],
    *,
    tcp: bool,
    scoped: bool = True,
    devices: Iterable[str] = _DEVICES,
) -> int:
    """Return a descriptor of rules: read and run `readable`, read and write the others.

    `tcp`: TCP ports stay usable. `scoped`: signals and abstract sockets reach only processes
    under the same rules. The folder itself is remembered, not its path.
    """
    version = kernel.landlock_version()
    if version < 1:
        raise OSError("this kernel has no Landlock")
    handled = _handled(version)
    fields = [handled]
    if version >= 4:
        fields.append(0 if tcp else _TCP)
    if version >= 6:
        fields.append(_SCOPES if scoped else 0)
    attributes = struct.pack(f"={len(fields)}Q", *fields)
    made = kernel.syscall("landlock_create_ruleset", attributes, len(attributes), 0)
    os.set_inheritable(made, False)
    for path in readable:
        _allow(made, path, _READ & handled)
    for path in devices:
        _allow(made, path, (READ_FILE | WRITE_FILE) & handled)
    for path in writable:
        _allow(made, path, handled & ~_NOT_IN_WORK)
    return made


def restrict(made: int) -> None:
    """Put this process, and all that it starts, under the rules of `made` for good."""
    kernel.prctl(kernel.PR_SET_NO_NEW_PRIVS, 1)
    kernel.syscall("landlock_restrict_self", made, 0)
