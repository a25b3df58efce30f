"""Classes of the standard library that may be named by the other side: exceptions only."""

from __future__ import annotations

import builtins
import collections
import datetime
import decimal
import fractions
import importlib
import pathlib
import types
import uuid
import zoneinfo

_MODULES = frozenset(
    "_csv _queue array ast asyncio.exceptions asyncio.queues bdb binascii bz2 "
    "concurrent.futures._base configparser copy csv dataclasses decimal email.errors enum "
    "html.parser http.client "
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


_VALUE_CLASSES: dict[tuple[str, str], type] = {
    (kind.__module__, kind.__qualname__): kind
    for kind in (
        datetime.date,
        datetime.datetime,
        datetime.time,
        datetime.timedelta,
        datetime.timezone,
        zoneinfo.ZoneInfo,
        decimal.Decimal,
        fractions.Fraction,
        uuid.UUID,
        pathlib.Path,
        pathlib.PosixPath,
        pathlib.PurePosixPath,
        collections.deque,
        collections.OrderedDict,
        collections.defaultdict,
        collections.Counter,
    )
}


def value_class(module: str, name: str) -> type | None:
    """The class of the standard library of that name, if its objects cross by value."""
    return _VALUE_CLASSES.get((module, name))


# Objects of these classes stay where they are; `isinstance` says here what it says there.
_SHOWN = (
    "argparse.ArgumentParser argparse.Namespace concurrent.futures._base.Future "
    "concurrent.futures.thread.ThreadPoolExecutor configparser.ConfigParser csv.DictReader "
    "csv.DictWriter http.server.HTTPServer http.server.ThreadingHTTPServer _io.BufferedReader "
    "_io.BufferedWriter _io.BytesIO _io.StringIO _io.TextIOWrapper logging.Handler logging.Logger "
    "logging.FileHandler logging.StreamHandler queue.Queue random.Random re.Match re.Pattern "
    "sqlite3.Connection sqlite3.Cursor sqlite3.Row string.Template threading.Event "
    "threading.Thread zipfile.ZipFile builtins.property"
).split()
_SHOWN_TYPES: dict[tuple[str, str], type] = {
    ("builtins", str(kind.__name__)): kind
    for kind in (
        types.FunctionType,
        types.MethodType,
        types.BuiltinFunctionType,
        types.GeneratorType,
        types.CoroutineType,
        types.AsyncGeneratorType,
    )
}


def shown_class(module: str, name: str) -> type | None:
    """The class of the standard library that an object which stays there is shown as."""
    if f"{module}.{name}" not in _SHOWN:
        return _SHOWN_TYPES.get((module, name))
    found = getattr(importlib.import_module(module), name, None)
    return found if isinstance(found, type) else None


# What a class of the standard library is underneath, when instances are values.
VALUE_BASES: dict[tuple[str, str], type] = {
    ("enum", "IntEnum"): int,
    ("enum", "IntFlag"): int,
    ("enum", "StrEnum"): str,
    ("collections", "OrderedDict"): dict,
    ("collections", "defaultdict"): dict,
    ("collections", "Counter"): dict,
    **{
        ("builtins", str(kind.__name__)): kind
        for kind in (int, float, complex, str, bytes, tuple, frozenset, list, dict, set, bytearray)
    },
}
