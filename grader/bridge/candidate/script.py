"""Runs a learner's shell script: its own process, nothing but what the exercise lends it."""

from __future__ import annotations

import os
from typing import Any


def main(arguments: Any, fds: list[int]) -> None:
    """Entry point in the sandbox.

    `fds`: stdin, stdout, stderr. `arguments`: `argv` (the first is the program that runs it),
    `folder`, `environ`.
    """
    for target, fd in enumerate(fds):
        os.dup2(fd, target)
    for fd in fds:
        if fd > 2:
            os.close(fd)
    os.chdir(arguments["folder"])
    argv = [str(word) for word in arguments["argv"]]
    try:
        os.execve(argv[0], argv, {**os.environ, **arguments["environ"]})
    except OSError as error:
        os.write(2, f"{argv[0]} can't be started: {error.strerror}\n".encode())
        os._exit(126)
