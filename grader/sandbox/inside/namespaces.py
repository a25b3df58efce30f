"""Layer 7: a cell's own namespaces, nested in the zygote's, and its own sized file system.

Theory of operation. The zygote has no rights. A process that makes a user namespace has all
rights inside it, over what that namespace owns: enough to mount the cell's work root and to
cover /proc, and nothing else. These rights are given up before anything is spawned.
"""

# ruff: noqa: PTH123 - pathlib is not imported inside, to start faster
from __future__ import annotations

import os

from . import kernel
from .plan import MB, CellPlan

MOST_FILES = 8192  # files and folders in a cell's work root


def enter(plan: CellPlan) -> int:
    """Move this process into new namespaces; what it forks next is their PID 1.

    Returns a descriptor of /proc, which nothing can open afterwards. Raises `OSError`.
    """
    uid, gid = os.getuid(), os.getgid()
    kernel.prctl(kernel.PR_SET_DUMPABLE, 1)  # or the files below belong to root
    flags = kernel.CLONE_NEWUSER | kernel.CLONE_NEWNS | kernel.CLONE_NEWPID | kernel.CLONE_NEWIPC
    kernel.unshare(flags | (kernel.CLONE_NEWNET if plan.loopback else 0))
    for name, text in (
        ("setgroups", "deny"),
        ("uid_map", f"{uid} {uid} 1"),
        ("gid_map", f"{gid} {gid} 1"),
    ):
        with open(f"/proc/self/{name}", "w") as file:
            file.write(text)
    if plan.loopback:
        kernel.loopback_up()
    proc = os.open("/proc", os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    no_programs = kernel.MS_NOSUID | kernel.MS_NODEV | kernel.MS_NOEXEC
    size = plan.limits.disk_mb * MB
    kernel.mount_tmpfs(plan.root, no_programs, f"mode=0700,size={size},nr_inodes={MOST_FILES}")
    kernel.mount_tmpfs("/proc", no_programs | kernel.MS_RDONLY, "mode=0555,size=4096,nr_inodes=1")
    kernel.drop_bounding_set()
    kernel.drop_capabilities()
    kernel.prctl(kernel.PR_SET_DUMPABLE, 0)
    return proc
