"""Makes sockets of this sandbox's own loopback for a process that runs in another one.

A learner's tests and the program under trial have no network in common. What the tests open is
made here, so that a server in a test and the program find each other as on one machine.
"""

from __future__ import annotations

import socket
from typing import Any

MOST = 20_000


def main(_arguments: Any, fds: list[int]) -> None:
    """Entry point in the sandbox: for each byte on `fds[0]` one TCP socket comes back."""
    asking = socket.socket(fileno=fds[0])
    for _ in range(MOST):
        if not asking.recv(1):
            return
        with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as made:
            socket.send_fds(asking, [b"s"], [made.fileno()])
