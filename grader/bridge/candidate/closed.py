"""A server for a program that may be called, and not looked at.

Theory of operation. Here the program is an author's and the one who asks is not trusted: a process
with a learner's tests. It may do what a test needs: call functions, make objects, read their public
attributes, replace a promised name, exchange files of the shared folder. Everything that tells how
the program is written is refused: its text, code objects, frames and lines, private and unpromised
names, signatures, docstrings, modules and their loaders, addresses. The text is removed from the
disk once it is imported, and is compiled as if it were one line long.
"""

from __future__ import annotations

import ast
import functools
import importlib.abc
import importlib.machinery
import importlib.util
import os
import re
import socket
import sys
import types
from collections.abc import Mapping, Sequence
from typing import Any

from .codec import CodecError, Decoder, Node
from .frames import pack
from .notices import NUMBER
from .objects import Key, Objects
from .server import ORIGINALS, Server
from .streams import Streams

FILES = "files"  # the folder beside the program's own that is shared with a test
_PLAIN = frozenset("call describe snapshot sync make levels handlers stdin environ argv".split())
_NAMED = frozenset("get set del".split())
_OPERATIONS = frozenset(  # what is new in operations.py is shut until it is named here
    "eq ne lt le gt ge add sub mul truediv floordiv mod pow matmul and_ or_ xor lshift rshift neg "
    "pos invert iadd isub imul itruediv ifloordiv imod ipow iand ior ixor ilshift irshift imatmul "
    "getitem setitem delitem contains index len iter next str repr bool hash int float complex abs "
    "round reversed divmod bytes format trunc floor ceil enter exit await aiter anext aenter aexit "
    "isinstance copy deepcopy fields".split()
)
_OPEN_NAMES = frozenset("__name__ __qualname__ __members__ __match_args__".split())
_OF_NAMED_TUPLES = frozenset("_asdict _replace _make _fields".split())
_FORMATTING = frozenset({"format", "format_map"})  # a text can ask for any attribute in it
_ADDRESS = re.compile(rb" at 0x[0-9a-f]{5,}")
_SHUT = (types.CodeType, types.FrameType, types.TracebackType)
_FUNCTIONS = (
    types.FunctionType,
    types.MethodType,
    types.BuiltinFunctionType,
    types.MethodWrapperType,
    functools.partial,
    type(functools.cache(len)),
    property,
    staticmethod,
    classmethod,
)
_FIELD = {"init": True, "repr": True, "hash": None, "compare": True, "kw_only": False}


class ClosedError(CodecError):
    """A question that looks at the program."""


class Names:
    """What may be named: `promised` names of each module of the program's."""

    def __init__(self, promised: Mapping[str, Sequence[str]]) -> None:
        self._promised = {module: frozenset(names) for module, names in promised.items()}

    def holds(self, module: str, name: str) -> bool:
        """Whether a module promises a name."""
        return name in self._promised.get(module, ())

    def check(self, op: str, target: Any, name: Any) -> None:
        """Raise AttributeError for what isn't there for a caller, ClosedError for a look inside."""
        if type(name) is not str:
            raise ClosedError("a name that is no text")
        if name.startswith("__") and name not in _OPEN_NAMES:
            raise ClosedError(f"{name} of something in the program")
        if isinstance(target, types.ModuleType):
            there = self.holds(target.__name__, name) or (op != "get" and name in ORIGINALS)
        elif isinstance(target, _FUNCTIONS):
            if name not in _OPEN_NAMES:
                raise ClosedError(f"{name} of a function")
            there = True
        elif isinstance(target, str) and name in _FORMATTING:
            raise ClosedError("formatting by a text of the caller's")
        else:
            there = not name.startswith("_") or name in _OPEN_NAMES | _OF_NAMED_TUPLES
        if not there:
            raise AttributeError(f"the program promises nothing called {name}")


class ClosedObjects(Objects):
    """A table in which only what was given out, or is promised, can be found."""

    def __init__(self, own: frozenset[str], names: Names) -> None:
        super().__init__()
        self._own = own
        self._names = names
        self._told: set[tuple[str, str]] = set()
        self.lenient = False  # whether what is shut may be named, to be put back

    def key_of(self, value: Any) -> Key:
        """As in `Objects`; from now on it may be named."""
        key = super().key_of(value)
        if type(key) is list:
            self._told.add((key[0], key[1]))
        return key

    def find(self, key: Key) -> Any:
        """As in `Objects`; ClosedError for what may not be named."""
        if type(key) is not int and not self._may_name(key):
            raise ClosedError("something that the program does not promise")
        found = super().find(key)
        if not self.lenient and self._is_shut(found):
            raise ClosedError("a module, or a function that is not the program's own")
        return found

    def _may_name(self, key: Any) -> bool:
        if type(key) is not list or [type(part) for part in key] != [str, str]:
            return False
        module, path = key
        if (module, path) in self._told:
            return True
        first, *rest = path.split(".")
        public = not any(part.startswith("_") for part in rest)
        return module in self._own and public and self._names.holds(module, first)

    def _is_shut(self, value: Any) -> bool:
        if isinstance(value, _SHUT):
            return True
        if isinstance(value, types.ModuleType):
            return value.__name__ not in self._own
        if isinstance(value, type):
            return value.__module__ not in self._own
        if isinstance(value, types.MethodType):
            return self._is_shut(value.__self__)
        if isinstance(value, types.BuiltinFunctionType):
            return value.__self__ is None or isinstance(value.__self__, types.ModuleType)
        return isinstance(value, types.FunctionType) and value.__module__ not in self._own


class ClosedServer(Server):
    """Answers what a caller asks; see the module."""

    def __init__(
        self,
        sock: socket.socket,
        streams: Streams,
        own: frozenset[str],
        promised: Mapping[str, Sequence[str]],
    ) -> None:
        self._names = Names(promised)
        self._closed_objects = ClosedObjects(own, self._names)
        super().__init__(sock, self._closed_objects, streams, own)
        self._importer = Importer(self.folder, own)
        sys.meta_path.insert(0, self._importer)
        self._shared = os.path.join(os.path.dirname(self.folder), FILES)  # noqa: PTH118, PTH120

    def imported(self) -> None:
        """From here on there is no text to be read, and no file can become a module."""
        self._importer.remove_texts()
        sys.path[:] = [one for one in sys.path if one != self.folder]

    def send(self, message: list[Any]) -> None:
        """Send one frame, in which addresses are no longer to be read."""
        data = pack(message)
        if b" at 0x" in data:
            body = _ADDRESS.sub(b" at 0x0", data[4:])
            data = len(body).to_bytes(4, "big") + body
        self.sock.sendall(data)

    def refusal(self, error: CodecError) -> str:
        """How a refused question is answered."""
        return "closed" if isinstance(error, ClosedError) else super().refusal(error)

    def call_back(self, number: int, method: str, args: Any, kwargs: Any) -> Any:
        """As in `Server`; a log record doesn't say where it was made."""
        if number == NUMBER:
            args = [["", 1, ""] if index == 4 else part for index, part in enumerate(args)]
        return super().call_back(number, method, args, kwargs)

    def _frames(self, error: BaseException) -> list[Node]:  # noqa: ARG002
        return []

    def _resolve(self, node: Node) -> Any:
        if node[0] == "mod" and node[1] not in self.own:
            raise ClosedError("a module that is not the program's own")
        return super()._resolve(node)

    def _do(self, op: str, rest: list[Any]) -> Any:
        if op in _NAMED or op == "call":
            target = self._target(rest[0])
            if op != "call":
                self._names.check(op, target, rest[1])
        elif op == "op":
            if rest[0] not in _OPERATIONS:
                raise ClosedError(f"{rest[0]} of something in the program")
        elif op not in _PLAIN and not self._is_fitting(op, rest):
            raise ClosedError("a question that a test has no need of")
        if op == "op" and rest[0] == "fields":
            return _bare_fields(self._decoder().value(rest[1]))
        return super()._do(op, rest)

    def _target(self, node: Node) -> Any:
        """What is asked about: something that lives here, and no value that was sent along."""
        if type(node) is not list or node[:1] not in (["ref"], ["mod"]):
            raise ClosedError("something that is not the program's")
        return self._decoder().value(node)

    def _is_fitting(self, op: str, rest: list[Any]) -> bool:
        if op == "restore" and len(rest) == 2:
            self._names.check(op, self._target(rest[0]), rest[1])
            return True
        if op == "restore":
            return rest[0] in ORIGINALS
        if op == "swap":
            return rest[0] == "builtins" and rest[1] in ORIGINALS
        if op == "chdir" and rest[0] == self.folder:
            return True
        if op == "put" and not all(map(_stays_inside, self._decoder().value(rest[1]))):
            return False
        return op in ("put", "fetch", "chdir") and self._is_shared(rest[0])

    def _is_shared(self, path: Any) -> bool:
        if type(path) is not str:
            return False
        real = os.path.realpath(path)
        return real == self._shared or real.startswith(self._shared + os.sep)

    def _do_rarer(self, op: str, rest: list[Any], decoder: Decoder) -> Any:
        self._closed_objects.lenient = op == "set"
        try:
            return super()._do_rarer(op, rest, decoder)
        finally:
            self._closed_objects.lenient = False


def _stays_inside(name: Any) -> bool:
    return type(name) is str and not name.startswith("/") and ".." not in name.split("/")


def _bare_fields(target: Any) -> list[Any]:
    """Names of a dataclass's fields, and nothing of how they were written."""
    cls: Any = target if isinstance(target, type) else type(target)
    found = cls.__dataclass_fields__
    return [[name, "", "_FIELD", dict(_FIELD), {}] for name in found if name[:1] != "_"]


# -- the program's text


class Importer(importlib.abc.MetaPathFinder):
    """Imports the modules `own` from `folder`, with nothing in their code that tells a line."""

    def __init__(self, folder: str, own: frozenset[str]) -> None:
        self._folder = folder
        self._own = own

    def find_spec(
        self,
        fullname: str,
        path: Sequence[str] | None = None,  # noqa: ARG002
        target: types.ModuleType | None = None,  # noqa: ARG002
    ) -> importlib.machinery.ModuleSpec | None:
        """A spec for a module of the program's."""
        if fullname not in self._own:
            return None
        base = os.path.join(self._folder, *fullname.split("."))  # noqa: PTH118
        inside = os.path.join(base, "__init__.py")  # noqa: PTH118
        package = os.path.isfile(inside)  # noqa: PTH113
        file = inside if package else f"{base}.py"
        return importlib.util.spec_from_file_location(
            fullname,
            file,
            loader=_Loader(fullname, file),
            submodule_search_locations=[base] if package else None,
        )

    def remove_texts(self) -> None:
        """Take away the files of what has been imported."""
        for name in self._own & sys.modules.keys():
            file = getattr(sys.modules[name], "__file__", None)
            if file and os.path.isfile(file):  # noqa: PTH113
                os.unlink(file)  # noqa: PTH108


class _Loader(importlib.machinery.SourceFileLoader):
    def source_to_code(self, data: Any, path: Any, *_: Any, **__: Any) -> types.CodeType:  # type: ignore[override]
        """Compile a module as if it stood on one line."""
        tree = ast.parse(data, path)
        for node in ast.walk(tree):
            if hasattr(node, "lineno"):
                node.lineno = node.end_lineno = 1  # type: ignore[attr-defined]
                node.col_offset = node.end_col_offset = 0  # type: ignore[attr-defined]
        return compile(tree, path, "exec", dont_inherit=True)
