"""Listens on the sandbox's own loopback for a service that the examiner runs.

For each connection of the learner's program it asks for a socket with one byte, and pipes bytes
between the two until both sides have said all they had to say.
"""

from __future__ import annotations

import asyncio
import contextlib
import os
import socket
import struct
from typing import Any

_PIECE = 1 << 16


def main(arguments: Any, fds: list[int]) -> None:
    """Entry point in the sandbox.

    `fds`: the examiner's end. `arguments`: `port` to listen on, or 0 for any; another one is taken
    when it is in use. The port taken is sent first, two bytes.
    """
    control = socket.socket(fileno=fds[0])
    with _listener(arguments["port"]) as listener:
        control.sendall(struct.pack(">H", listener.getsockname()[1]))
        asyncio.run(_serve(listener, control))


def _listener(port: int) -> socket.socket:
    try:
        return socket.create_server(("127.0.0.1", port))
    except OSError:
        return socket.create_server(("127.0.0.1", 0))


async def _serve(listener: socket.socket, control: socket.socket) -> None:
    async def connected(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        far_reader, far_writer = await asyncio.open_connection(sock=_fetch(control))
        await asyncio.gather(_pump(reader, far_writer), _pump(far_reader, writer))
        for end in (writer, far_writer):
            end.close()

    server = await asyncio.start_server(connected, sock=listener)
    await server.serve_forever()


def _fetch(control: socket.socket) -> socket.socket:
    """A socket that the examiner's service answers on; ends this process when there is none."""
    control.sendall(b"c")
    _, passed, _, _ = socket.recv_fds(control, 1, 1)
    if not passed:
        os._exit(0)
    return socket.socket(fileno=passed[0])


async def _pump(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    with contextlib.suppress(OSError):
        while piece := await reader.read(_PIECE):
            writer.write(piece)
            await writer.drain()
    with contextlib.suppress(OSError):
        writer.write_eof()
