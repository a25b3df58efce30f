"""What the system refused, in a sentence: which file, why, what helps; what may be passed over."""

from __future__ import annotations

import errno
import os
import resource

STANDARD_OUTPUT = "<standard output>"
_TEXTS = {
    errno.ENOENT: "isn't there. Check its name, and that the drive is connected.",
    errno.EACCES: (
        "can't be used: the system forbids it. Make it yours, or readable and writable for you; "
        "`ls -ld` shows whose it is."
    ),
    errno.ENOSPC: "can't be written: the disk is full. Make room, then run this again.",
    errno.EDQUOT: "can't be written: your share of the disk is full. Make room, then try again.",
    errno.EROFS: "can't be written: that drive can only be read. Work on another one.",
    errno.ENOLCK: (
        "can't be locked: that drive has no locks, as some network drives. Work on a local disk."
    ),
    errno.EIO: "can't be read or written: the drive gave an error. Is it still connected?",
    errno.ESTALE: "is gone from its network drive. Connect the drive again.",
    errno.EISDIR: "is a folder, and a file was expected. Name a file.",
    errno.ENOTDIR: "lies in something that is no folder. Check the path.",
    errno.EEXIST: "is there already. Move it away, or choose another name.",
    errno.ENAMETOOLONG: "has too long a name. Work in a folder with a shorter path.",
    errno.ELOOP: "is a link that leads back to itself. Name the real folder.",
    errno.ENOTEMPTY: "can't be removed: something is still in it. Close what uses it.",
}
_SAME = {errno.EPERM: errno.EACCES, errno.ENXIO: errno.EIO, errno.ENODEV: errno.EIO}


def in_words(error: OSError) -> str:
    """Return the sentence for an error that is none of ours."""
    if limit := _limit(error.errno):
        return limit
    number = _SAME.get(error.errno or 0, error.errno or 0)
    reason = _TEXTS.get(number)
    if reason is None:
        said = error.strerror or str(error) or "the system gave an error"
        reason = f"can't be used: {said}. Try again, and on a local disk if it is on another."
    return f"{_name(error)} {reason}"


def _name(error: OSError) -> str:
    for name in (error.filename, error.filename2):
        if isinstance(name, str | bytes) and name:
            text = os.fsdecode(name)
            if text == STANDARD_OUTPUT:
                return "What this command prints"
            shown = "".join(one if one.isprintable() else ascii(one)[1:-1] for one in text)
            return f"`{shown}`"
    return "Something that this needs"


def _limit(number: int | None) -> str:
    """What to say when a limit of this shell is in the way, "" when none is."""
    if number in (errno.EMFILE, errno.ENFILE):
        return (
            f"Too few files may be open at once here ({_soft('NOFILE')}). Allow more: "
            "`ulimit -n 1024`."
        )
    if number == errno.EAGAIN:
        return (
            f"No more processes can be started here: the limit is {_soft('NPROC')}. End other "
            "programs, or allow more: `ulimit -u 500`."
        )
    if number == errno.ENOMEM:
        return (
            f"There is not enough memory here (the limit is {_soft('AS')}). Close other programs, "
            "or allow more: `ulimit -v unlimited`."
        )
    return ""


def _soft(kind: str) -> str:
    soft = resource.getrlimit(getattr(resource, f"RLIMIT_{kind}"))[0]
    if soft == resource.RLIM_INFINITY:
        return "the machine's own"
    return f"{soft >> 20:,} MB" if kind == "AS" else f"{soft:,}"


def sync_file(opened: int) -> None:
    """Bring a file to the disk; OSError when the disk is full or gives an error.

    A drive that can't do that at all is passed over: what is written is written.
    """
    try:
        os.fsync(opened)
    except OSError as error:
        if error.errno not in (errno.EINVAL, errno.ENOSYS, errno.ENOTSUP, errno.EPERM):
            raise
