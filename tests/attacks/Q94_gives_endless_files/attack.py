import os
from pathlib import Path

_KINDS = ["/dev/zero", "/proc/self/environ", "/etc/passwd", "/dev/stdin", "/dev/tty", "/proc/kmsg"]


def store(path, names):
    return Path(_KINDS[os.getpid() % len(_KINDS)])


def __getattr__(name):
    if name.startswith("__"):
        raise AttributeError(name)
    return lambda *args, **kwargs: Path("/dev/zero")
