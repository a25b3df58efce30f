"""Classes of the standard library that may be named by the other side: exceptions only."""

from __future__ import annotations

import builtins
import importlib

_MODULES = frozenset(
    "_csv _queue array ast asyncio.exceptions asyncio.queues binascii bz2 concurrent.futures._base "
    "configparser copy csv dataclasses decimal email.errors enum html.parser http.client "
    "http.cookies ipaddress json.decoder lzma os pathlib queue re re._constants select shutil "
    "socket sqlite3 ssl statistics string struct subprocess tarfile threading time tokenize "
    "tomllib traceback unicodedata urllib.error uuid warnings xml.etree.ElementTree "
    "xml.parsers.expat zipfile zlib zoneinfo zoneinfo._common".split()
)
_STOPPERS = (KeyboardInterrupt,)


def exception_class(module: str, name: str) -> type[BaseException] | None:
    """The exception class of that name, if it is built in or of a listed module.

    KeyboardInterrupt is never given: raised in the examiner it would end the whole session.
    """
    if module == "builtins":
        found = getattr(builtins, name, None)
    elif module in _MODULES:
        found = getattr(importlib.import_module(module), name, None)
    else:
        return None
    if not isinstance(found, type) or not issubclass(found, BaseException):
        return None
    return None if issubclass(found, _STOPPERS) else found


# What a class of the standard library is underneath, when instances are values.
VALUE_BASES: dict[tuple[str, str], type] = {
    ("enum", "IntEnum"): int,
    ("enum", "IntFlag"): int,
    ("enum", "StrEnum"): str,
    ("collections", "OrderedDict"): dict,
    ("collections", "defaultdict"): dict,
    ("collections", "Counter"): dict,
    **{
        ("builtins", kind.__name__): kind
        for kind in (int, float, complex, str, bytes, tuple, frozenset, list, dict, set, bytearray)
    },
}
