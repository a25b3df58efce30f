"""Asks the inside something and checks the answer."""

from __future__ import annotations

import secrets
import time
from collections.abc import Callable, Mapping, Sequence

from .inside.channel import Channel, ChannelClosedError, ChannelFaultError


class UnansweredError(Exception):
    """No usable answer came: nobody is there, or it took too long, or it made no sense."""


class RefusedError(Exception):
    """The inside says that it could not do it, and why."""


Answer = dict[str, object]


def ask(
    channel: Channel,
    message: Mapping[str, object],
    fds: Sequence[int] = (),
    *,
    seconds: float,
    event: Callable[[Answer], None] | None = None,
) -> Answer:
    """Send a request and return its answer; give frames that come before it to `event`.

    Requests have random numbers, so that the answer to one that was given up (by a fork of the
    worker, say) can't be taken for the answer to another.
    """
    number = secrets.randbits(48)
    deadline = time.monotonic() + seconds
    try:
        channel.send({**message, "n": number}, fds, timeout=seconds)
    except (ChannelClosedError, ChannelFaultError, TimeoutError, OSError) as error:
        raise UnansweredError(why(error)) from error
    while True:
        answer = receive(channel, deadline - time.monotonic())
        if answer.get("re") == number:
            if "fault" in answer:
                raise RefusedError(str(answer["fault"])[:500])
            return answer
        if "re" not in answer and event is not None:
            event(answer)


def receive(channel: Channel, seconds: float) -> Answer:
    """Return the next frame; raise `UnansweredError`."""
    try:
        return channel.receive(timeout=max(seconds, 0.0))[0]
    except (ChannelClosedError, ChannelFaultError, TimeoutError, OSError) as error:
        raise UnansweredError(why(error)) from error


def why(error: Exception) -> str:
    """Say in plain words why there is no answer."""
    if isinstance(error, ChannelClosedError):
        return "it ended by itself"
    if isinstance(error, TimeoutError):
        return "it did not answer in time"
    return f"its answer made no sense ({error})"
