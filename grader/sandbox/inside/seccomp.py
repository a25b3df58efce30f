"""Layer 6: filters that refuse system calls a graded program has no business with.

Theory of operation. A list of refusals, not of permissions: a list of permissions would have to
follow every C library and every Python. Behind it stand Landlock and the namespaces; what the
list takes away is attack surface, and what those two don't hold (memory that no limit counts,
processes, other processes' priorities). Refused calls answer EPERM, so that a program sees an
ordinary PermissionError. clone3 answers ENOSYS, because its flags lie in memory where a filter
can't look: the C library then falls back to clone, whose flags can be checked. Calls newer than
our table also answer ENOSYS. Calls of another processor mode (32 bit, x32) kill the process.

A filter is a search tree over the calls' numbers: the kernel runs it for every number once when
it is installed, and a plain list of comparisons made that the dearest part of a spawn.

New sockets are refused, but a pair of connected ones is allowed: asyncio needs a pair to wake
itself, and a pair connects to nothing but itself.

Constants: `include/uapi/linux/seccomp.h`, `bpf_common.h`.
"""

from __future__ import annotations

import ctypes
import errno
import platform
import socket
import struct
from dataclasses import dataclass

from . import kernel
from .syscalls import ALLOWED_NEWER, AUDIT_ARCH, FIRST_NEWER, numbers

_LOAD, _AND, _RETURN = 0x20, 0x54, 0x06
_JUMP_EQUAL, _JUMP_NOT_LESS, _JUMP_ANY_BIT = 0x15, 0x35, 0x45
_ALLOW, _KILL_PROCESS, _ERRNO = 0x7FFF0000, 0x80000000, 0x00050000
_SET_MODE_FILTER, _ALL_THREADS = 1, 1

_NAMESPACE_FLAGS = 0x7E020000  # CLONE_NEW*: ns, cgroup, uts, ipc, user, pid, net
_THREAD_FLAG = 0x00010000  # CLONE_THREAD
_X32_BIT = 0x40000000
_TERMINAL_INPUT = (0x5412, 0x541C)  # TIOCSTI, TIOCLINUX: typing into somebody's terminal

ALWAYS_REFUSED = (
    # other processes: their memory, descriptors, priority
    "ptrace process_vm_readv process_vm_writev process_madvise process_mrelease kcmp "
    "pidfd_getfd get_robust_list migrate_pages move_pages setpriority ioprio_set "
    "sched_setscheduler sched_setparam sched_setattr mbind set_mempolicy set_mempolicy_home_node "
    # namespaces and mounts
    "unshare setns mount umount2 pivot_root chroot open_tree move_mount fsopen fsconfig fsmount "
    "fspick mount_setattr "
    # shared memory and queues that outlive a process, memory that no limit counts
    "shmget shmat shmctl shmdt semget semop semtimedop semctl msgget msgsnd msgrcv msgctl mq_open "
    "mq_unlink mq_timedsend mq_timedreceive mq_notify mq_getsetattr memfd_create memfd_secret "
    "vmsplice "
    # large attack surface that no exercise needs
    "io_uring_setup io_uring_enter io_uring_register bpf perf_event_open userfaultfd keyctl "
    "add_key request_key name_to_handle_at open_by_handle_at fanotify_init fanotify_mark "
    "personality modify_ldt uretprobe uprobe lookup_dcookie nfsservctl uselib ustat sysfs _sysctl "
    # the machine itself
    "init_module finit_module delete_module create_module query_module get_kernel_syms "
    "kexec_load kexec_file_load reboot swapon swapoff acct quotactl quotactl_fd syslog vhangup "
    "iopl ioperm sethostname setdomainname settimeofday clock_settime clock_adjtime adjtimex"
)
STARTING_PROGRAMS = "execve execveat"
STARTING_PROCESSES = "fork vfork"
#: Landlock doesn't hold these, so they are refused where the file system is shared.
CHANGING_FACTS = "chown lchown fchownat setxattr lsetxattr removexattr lremovexattr"
#: Likewise, but they pretend to work: copying a file with shutil ends with them.
PRETENDED = "chmod fchmodat fchmodat2 utime utimes utimensat futimesat"
SIGNALLING = "kill tkill tgkill rt_sigqueueinfo rt_tgsigqueueinfo pidfd_send_signal"


@dataclass(frozen=True)
class Rules:
    """What a filter leaves open."""

    programs: bool = False  # starting programs
    sockets: bool = False  # internet sockets
    shared_files: bool = False  # the file system isn't ours alone (no mount namespace)
    signals: bool = True  # signals to others (where Landlock or a pid namespace holds them)


def _step(code: int, value: int, yes: int = 0, no: int = 0) -> bytes:
    return struct.pack("=HBBI", code, yes, no, value)


_PERMIT = _step(_RETURN, _ALLOW)
_END = _step(_RETURN, _KILL_PROCESS)


def _refuse(code: int = errno.EPERM) -> bytes:
    """Answer with the error `code`; 0 pretends that the call worked."""
    return _step(_RETURN, _ERRNO | code)


def _unless(*tests: tuple[int, bytes]) -> bytes:
    """Refuse the call unless each (argument number, test) passes.

    A test is some steps after which a refusal is put: to pass is to jump over that one step.
    """
    checks = (_step(_LOAD, 16 + 8 * place) + test + _refuse() for place, test in tests)
    return b"".join(checks) + _PERMIT


def _is_one_of(*values: int) -> bytes:
    """Pass when the loaded argument is one of `values`."""
    count = len(values)
    return b"".join(
        _step(_JUMP_EQUAL, value, count - place, 0) for place, value in enumerate(values)
    )


def _is_none_of(*values: int) -> bytes:
    """Pass when the loaded argument is none of `values`."""
    last = len(values) - 1
    steps = [_step(_JUMP_EQUAL, value, last - place, 0) for place, value in enumerate(values[:-1])]
    return b"".join(steps) + _step(_JUMP_EQUAL, values[-1], 0, 1)


def _is_kind(*kinds: int) -> bytes:
    """Pass when the loaded argument is one of these kinds of socket, whatever its flags."""
    return _step(_AND, 0xF) + _is_one_of(*kinds)


def _has_none(bits: int) -> bytes:
    return _step(_JUMP_ANY_BIT, bits, 0, 1)


def _has_any(bits: int) -> bytes:
    return _step(_JUMP_ANY_BIT, bits, 1, 0)


def _answers(names: str, answer: bytes) -> dict[int, bytes]:
    return dict.fromkeys(numbers(tuple(names.split())), answer)


def _tree(ranges: list[tuple[int, bytes]]) -> bytes:
    """Return a search over ranges of numbers, each given by its first number and its answer."""
    if len(ranges) == 1:
        return ranges[0][1]
    middle = len(ranges) // 2
    low, high = _tree(ranges[:middle]), _tree(ranges[middle:])
    return _step(_JUMP_NOT_LESS, ranges[middle][0], 0, len(high) // 8) + high + low


def _filter(answers: dict[int, bytes], newer: bytes) -> bytes:
    """Return the filter that gives `answers`, `newer` from `FIRST_NEWER` on, else permits."""
    ranges: list[tuple[int, bytes]] = []
    for call in range(FIRST_NEWER + len(ALLOWED_NEWER) + 2):
        default = _PERMIT if call < FIRST_NEWER or call in ALLOWED_NEWER else newer
        answer = answers.get(call, default)
        if not ranges or ranges[-1][1] != answer:
            ranges.append((call, answer))
    if platform.machine() == "x86_64":
        ranges.append((_X32_BIT, _END))
    own_kind = _step(_LOAD, 4) + _step(_JUMP_EQUAL, AUDIT_ARCH[platform.machine()], 1, 0) + _END
    return own_kind + _step(_LOAD, 0) + _tree(ranges)


def main_filter(rules: Rules) -> bytes:
    """Return the filter that every spawned child is under: all but the denial of fork."""
    answers = _answers(ALWAYS_REFUSED, _refuse())
    answers |= _answers("clone3", _refuse(errno.ENOSYS))
    answers |= _answers("clone", _unless((0, _has_none(_NAMESPACE_FLAGS))))
    answers |= _answers("ioctl", _unless((1, _is_none_of(*_TERMINAL_INPUT))))
    # on oneself only: a program could else lower the limits of the process that watches it
    answers |= _answers("prlimit64 sched_setaffinity", _unless((0, _is_one_of(0))))
    answers |= _answers("socketpair", _unless((0, _is_one_of(socket.AF_UNIX))))
    answers |= _answers("socket", _internet_socket() if rules.sockets else _refuse())
    if not rules.programs:
        answers |= _answers(STARTING_PROGRAMS, _refuse())
    if rules.shared_files:
        answers |= _answers(CHANGING_FACTS, _refuse()) | _answers(PRETENDED, _refuse(0))
    if not rules.signals:
        answers |= _answers(SIGNALLING, _refuse())
    return _filter(answers, _refuse(errno.ENOSYS))


def _internet_socket() -> bytes:
    return _unless(
        (0, _is_one_of(socket.AF_INET, socket.AF_INET6)),
        (1, _is_kind(socket.SOCK_STREAM, socket.SOCK_DGRAM)),
        (2, _is_one_of(0, socket.IPPROTO_TCP, socket.IPPROTO_UDP)),
    )


def no_new_processes_filter() -> bytes:
    """Return the filter that refuses new processes; threads stay possible."""
    answers = _answers(STARTING_PROCESSES, _refuse())
    answers |= _answers("clone3", _refuse(errno.ENOSYS))
    answers |= _answers("clone", _unless((0, _has_any(_THREAD_FLAG))))
    return _filter(answers, _refuse(errno.ENOSYS))


def install(program: bytes) -> None:
    """Put this process, all its threads and all that it starts under `program` for good."""
    code = ctypes.create_string_buffer(program, len(program))
    described = struct.pack("HxxxxxxP", len(program) // 8, ctypes.addressof(code))
    kernel.prctl(kernel.PR_SET_NO_NEW_PRIVS, 1)
    if kernel.syscall("seccomp", _SET_MODE_FILTER, _ALL_THREADS, described):
        raise OSError("a thread of this process could not be put under the filter")
