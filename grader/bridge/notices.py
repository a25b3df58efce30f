"""Log records and warnings of the learner's program, as if they had come up here."""

from __future__ import annotations

import logging
import re
import warnings
from typing import Any

from grader.bridge.candidate.codec import CodecError
from grader.bridge.known import exception_class

# Small to send and endless to carry out: `%0999999999d`.
_WIDE = re.compile(r"%(\([^)]*\))?[-+ #0]*(\*|\d{4,}|\d*\.(\*|\d{4,}))")


_MOST_FORMATTED = 1 << 20  # characters, at the most, that arguments may add to a record


class Levels:
    """Which levels of loggers the suite has set, so that the candidate can have the same."""

    def __init__(self) -> None:
        self.changed = False
        self._before: dict[str, int] = {}

    def watch(self) -> None:
        """Note from now on what is set; for the rest of this process."""
        plain = logging.Logger.setLevel

        def set_level(logger: logging.Logger, level: int | str) -> None:
            self._before.setdefault(logger.name, logger.level)
            plain(logger, level)
            self.changed = True

        logging.Logger.setLevel = set_level  # type: ignore[method-assign, assignment]

    def again(self) -> None:
        """A fresh copy of the candidate has none of them."""
        self.changed = bool(self._before)

    def now(self) -> dict[str, int | None]:
        """The level of each logger whose level was set; None when it is back."""
        self.changed = False
        found = {name: logging.getLogger(name).level for name in self._before if name != "root"}
        if "root" in self._before:
            found["root"] = logging.getLogger().level
        return {n: None if level == self._before[n] else level for n, level in found.items()}


def notice(method: object, parts: list[Any]) -> None:
    """Give a record to `logging` or a warning to `warnings`."""
    try:
        if method == "log":
            _log(*parts)
        elif method == "warn":
            _warn(*parts)
        else:
            raise CodecError("an unknown notice")
    except (TypeError, IndexError) as error:
        raise CodecError(f"malformed notice: {type(error).__name__}") from None


def _log(name: Any, level: Any, text: Any, args: Any, place: Any, error: Any, extra: Any) -> None:
    kinds = (str, int, str, list, list, dict)
    sent = (name, level, text, args, place, extra)
    if tuple(map(type, sent)) != kinds or tuple(map(type, place)) != (str, int, str):
        raise CodecError("malformed record")
    args = [] if _WIDE.search(text) or text.count("%") * _size(args) > _MOST_FORMATTED else args
    told = error if isinstance(error, BaseException) else None
    plain = plain_error(told) if told is not None else None
    info = (type(plain), plain, None) if plain is not None else None
    record = logging.LogRecord(name, level, place[0], place[1], text, tuple(args), info, place[2])
    for key, value in extra.items():
        if type(key) is str and key not in record.__dict__:
            record.__dict__[key] = value
    logging.getLogger(name).handle(record)


def _size(value: Any) -> int:
    """About how many characters a value may take when it is written out."""
    if isinstance(value, str | bytes | bytearray):
        return 4 * len(value)
    if isinstance(value, dict):
        return _size([*value.keys(), *value.values()])
    if isinstance(value, list | tuple | set | frozenset):
        return 2 + sum(map(_size, value))
    return max(20, value.bit_length()) if isinstance(value, int) else 100


def _warn(message: Any, file: Any, line: Any) -> None:
    if not isinstance(message, Warning) or type(file) is not str or type(line) is not int:
        raise CodecError("malformed warning")
    warnings.warn_explicit(plain_error(message), type(message), file, line, registry={})


def plain_error(error: Any) -> Any:
    """An exception of a built-in class as one of that class; others as they are."""
    key = getattr(type(error), "_key", None)
    found = exception_class(key[1], key[2]) if type(key) is tuple else None
    if found is None:
        return error
    try:
        return found(*error.args)
    except Exception:  # noqa: BLE001 - arguments that this class does not take
        return error
