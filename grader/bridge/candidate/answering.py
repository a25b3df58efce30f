"""How a reader in the sandbox answers: one JSON object, written to one pipe."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from typing import Any


class Refused(Exception):  # noqa: N818 - it is said of a file
    """What was handed in can't be read; the text follows the file's name in a sentence."""


def answer(make: Callable[[], Any], fd: int) -> None:
    """Write `{"found": …}`, or `{"problem": …}` when `make` could not read what it was given."""
    try:
        told = {"found": make()}
    except Refused as refused:
        told = {"problem": str(refused)}
    except (MemoryError, RecursionError):
        told = {"problem": "is too large or too deeply nested to be read; make it smaller"}
    except Exception as error:  # noqa: BLE001 - a library gave up on hostile bytes
        told = {"problem": "", "detail": f"{type(error).__name__}: {error}"[:300]}
    data = memoryview(json.dumps(told).encode())
    while data:
        data = data[os.write(fd, data) :]
    os.close(fd)
