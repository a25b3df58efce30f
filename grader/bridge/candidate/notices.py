"""Log records and warnings of the learner's program, told to the examiner as they come up.

The examiner gives them to its own `logging` and `warnings`, so that what a suite asks for there
(`caplog`, `assertLogs`, `pytest.warns`) sees them. In exchange it tells which levels the suite
has set. What other threads say waits for the next answer.
"""

from __future__ import annotations

import collections
import logging
import os
import threading
import warnings
from typing import Any

NUMBER = -1  # the callback that these go to
_MOST = 1000
_USUAL = frozenset(vars(logging.LogRecord("", 0, "", 0, "", (), None))) | {"message", "asctime"}


class Notices(logging.Handler):
    """A handler for all loggers, and what shows warnings, in this process."""

    def __init__(self, server: Any) -> None:
        super().__init__()
        self._server = server
        self._waiting: collections.deque[tuple[str, list[Any]]] = collections.deque(maxlen=_MOST)
        self._levels: dict[str, int] = {}
        self._plain: list[tuple[logging.Logger, list[logging.Handler], int, bool]] = []

    def watch_warnings(self) -> None:
        """Have every warning shown here; whether it counts is for the examiner's filters."""
        warnings.simplefilter("always")
        warnings.showwarning = self._warned  # type: ignore[assignment]

    def begin(self) -> None:
        """A test begins: from now on the root logger has this handler, as it has pytest's."""
        self._waiting.clear()
        logging.getLogger().addHandler(self)

    def emit(self, record: logging.LogRecord) -> None:
        """Pass a record on."""
        extra = {name: found for name, found in vars(record).items() if name not in _USUAL}
        args = [record.args] if isinstance(record.args, dict) else list(record.args or ())
        error = record.exc_info[1] if record.exc_info else None
        place = [os.path.basename(record.pathname), record.lineno, record.funcName]  # noqa: PTH119
        self._tell("log", [record.name, record.levelno, str(record.msg), args, place, error, extra])

    def _warned(self, message: Any, _category: Any, filename: str, lineno: int, *_: Any) -> None:
        self._tell("warn", [message, os.path.basename(filename), lineno])  # noqa: PTH119

    def _tell(self, method: str, parts: list[Any]) -> None:
        here = threading.current_thread() is threading.main_thread()
        if here and self._server.answering:
            self._server.call_back(NUMBER, method, parts, {})
        else:
            self._waiting.append((method, parts))

    def flush(self) -> None:
        """Pass on what had to wait."""
        while self._waiting and self._server.answering:
            method, parts = self._waiting.popleft()
            try:
                self._server.call_back(NUMBER, method, parts, {})
            except Exception:  # noqa: BLE001 - the thread that it was meant for went on
                continue

    def set_handlers(self, there: bool) -> None:
        """Leave the root logger without handlers, as in a program that has just begun.

        With `there`, all of logging is again as it was before that.
        """
        if not there:
            self._plain = [(one, [*one.handlers], one.level, one.propagate) for one in _loggers()]
            logging.getLogger().handlers = []
            return
        if not self._plain:
            return
        known = {one: (handlers, level, on) for one, handlers, level, on in self._plain}
        for logger in _loggers():
            handlers, level, on = known.get(logger, ([], logging.NOTSET, True))
            for handler in set(logger.handlers) - set(handlers):
                handler.close()
            logger.handlers, logger.propagate = handlers, on
            logger.setLevel(level)

    def set_levels(self, levels: dict[str, int | None]) -> None:
        """Set levels of loggers, by name, or back to what they were with None."""
        for name, level in levels.items():
            logger = logging.getLogger(None if name == "root" else name)
            if level is not None:
                self._levels.setdefault(name, logger.level)
                logger.setLevel(level)
            elif name in self._levels:
                logger.setLevel(self._levels.pop(name))


def _loggers() -> list[logging.Logger]:
    made = logging.getLogger().manager.loggerDict.values()
    return [logging.getLogger(), *(one for one in made if isinstance(one, logging.Logger))]
