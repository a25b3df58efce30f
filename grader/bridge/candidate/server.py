"""Answers the examiner's questions, one at a time, over one socket."""

from __future__ import annotations

import builtins
import importlib
import os
import re
import socket
import sys
import threading
import traceback
import types
from typing import Any

from . import files, hints
from .codec import CodecError, Decoder, Encoder, Node
from .frames import FrameError, length, pack, unpack
from .given import Given
from .lent import Lent, lent
from .notices import Notices
from .objects import (
    Callback,
    Capability,
    Function,
    LostError,
    Objects,
    RemoteAwaitable,
    RemoteIterator,
    contents,
    is_living,
    std_exception,
)
from .operations import OPERATORS
from .streams import Streams
from .twins import Changes, Twins

ORIGINALS = {name: getattr(builtins, name) for name in ("input", "open", "print")}
_NOTHING: Any = object()
_LENT = (Callback, Capability, Lent, RemoteIterator, RemoteAwaitable)  # what lives with the suite


class Closed(BaseException):
    """The examiner hung up: this process has nothing left to do."""


class SuiteError(Exception):
    """An exception of the suite's own that passes through the learner's code."""


class Server:
    """One conversation with the examiner.

    `own` names the learner's modules; `folder` is where their files lie.
    """

    def __init__(
        self, sock: socket.socket, objects: Objects, streams: Streams, own: frozenset[str]
    ) -> None:
        self.sock = sock
        self.objects = objects
        self.streams = streams
        self.own = own
        self.folder = os.getcwd()  # noqa: PTH109
        self._callbacks: dict[int, Any] = {}
        self._given = Given({})
        self._living: set[int] = set()  # by id(): containers that were shown where they are
        self._turn = threading.RLock()
        self._outbox = files.Outbox()
        self._buffer = bytearray()
        self._passed: list[int] = []
        self._replaced: dict[tuple[int, str], Any] = {}
        self.notices: Notices | None = None
        self.reach: Any = None  # a Reach, when an author's program is measured
        self.answering = 0
        self.begin_copy()

    def begin_copy(self) -> None:
        """From here on this process is another one: nothing has crossed yet."""
        self.twins = Twins(self._given, 1)

    def know_given(self, names: list[str]) -> None:
        """Import the author's given modules, whose objects cross by value."""
        self._given = Given({name: importlib.import_module(name) for name in names})
        self.begin_copy()

    def imported(self) -> None:
        """All modules of the program's have been imported."""

    # -- frames

    def send(self, message: list[Any]) -> None:
        """Send one frame."""
        self.sock.sendall(pack(message))

    def receive(self) -> list[Any]:
        """Wait for one frame; Closed when the examiner hung up."""
        return self.receive_with_descriptors()[0]

    def receive_with_descriptors(self) -> tuple[list[Any], list[int]]:
        """Wait for one frame and the descriptors that came with it."""
        size = length(self._take(4))
        message = unpack(self._take(size))
        passed, self._passed = self._passed, []
        return message, passed

    def _take(self, size: int) -> bytes:
        while len(self._buffer) < size:
            piece, passed, _, _ = socket.recv_fds(self.sock, 1 << 16, 1)
            if not piece:
                raise Closed
            self._buffer += piece
            self._passed += passed
        taken = bytes(self._buffer[:size])
        del self._buffer[:size]
        return taken

    # -- values

    def encode(self, value: Any, encoder: Encoder | None = None) -> Node:
        """A value or object as a node."""
        return (encoder or self._encoder()).node(value)

    def _encoder(self) -> Encoder:
        return Encoder(self._refer, self.twins.numbers)

    def _decoder(self) -> Decoder:
        return Decoder(self._resolve, self.twins.values)

    def _take_changes(self, changes: Any) -> None:
        self.twins.give_up(self.twins.take(changes, self._decoder()))

    def _refer(self, value: Any) -> Node:
        if isinstance(value, _LENT):
            return ["cb", value._number]
        if isinstance(value, types.ModuleType) and value.__name__ in self.own:
            return ["module", value.__name__]
        name = self._given.name_of(value)
        if name is not None:
            return name
        hint = hints.node(value, self.encode)
        if hint is not None:
            return hint
        if isinstance(value, type):
            return self.objects.class_node(value, self.own)
        given = self._given.node(value, self.encode)
        if given is not None:
            return given
        return self._object_node(value)

    def _object_node(self, value: Any) -> Node:
        """How an object that stays here is named, with the built-in value inside it if any."""
        node = self.objects.kind_node(type(value), self.own)
        inner = contents(value)
        if inner is not None:
            self.twins.add_parts(inner)
            encoder = self._encoder()
            inner = (encoder.body if is_living(inner) else encoder.node)(inner, 1)
        return ["object", self.objects.key_of(value), node, inner]

    def _resolve(self, node: Node) -> Any:
        tag = node[0]
        if tag == "ref":
            return self.objects.find(node[1])
        if tag == "mod":
            return importlib.import_module(node[1])
        if tag in ("cb", "cap", "iter", "aw", "lent"):
            return self._proxy(tag, *node[1:])
        if tag == "exc":
            return self._exception(node)
        if tag == "pattern":
            return re.compile(self._decoder().value(node[1]), node[2])
        if tag == "given":
            return self._given.named(node)
        if str(tag).startswith("given-"):
            return self._given.value(node, self._decoder().value)
        raise CodecError("unknown tag")

    def _proxy(self, tag: str, number: int, extra: Any = None, binds: Any = False) -> Any:
        if number not in self._callbacks:
            if tag == "cb":
                kind = Function if binds else Callback
                made: Any = kind(self, number, str(extra or "callback"))
            elif tag == "cap":
                made = Capability(self, number, tuple(extra))
            elif tag == "aw":
                made = RemoteAwaitable(self, number)
            elif tag == "lent":
                made = lent(self, number, str(extra), binds)
            else:
                made = RemoteIterator(self, number)
            self._callbacks[number] = made
        return self._callbacks[number]

    def _exception(self, node: Node) -> BaseException:
        _, origin, module, name, args, key = node
        if key is not None:
            found = self.objects.find(key)
            if isinstance(found, BaseException):
                return found
        values = self._decoder().value(args)
        cls = std_exception(module, name)
        try:
            made: BaseException = cls(*values) if cls else SuiteError(name)
        except Exception:  # noqa: BLE001 - any class may refuse these arguments
            made = SuiteError(name)
        made._origin = origin  # type: ignore[attr-defined]
        return made

    # -- the other direction

    def call_back(self, number: int, method: str, args: Any, kwargs: Any) -> Any:
        """Ask the examiner to run a function of the suite; serves its questions meanwhile."""
        with self._turn:
            out, err = self.streams.take()
            self.twins.add([args, *kwargs.values()])
            encoder = self._encoder()
            nodes = [self.encode(list(args), encoder), self.encode(dict(kwargs), encoder)]
            changed = self.twins.changes(self._encoder)
            self.send(["callback", number, method, *nodes, changed, out, err])
            answer = self.serve()
            self._take_changes(answer[2])
            found = self._decoder().value(answer[1])
        if answer[0] == "return":
            return found
        raise found

    # -- serving

    def serve(self) -> list[Any]:
        """Answer questions until the answer to a callback arrives, and return that."""
        while True:
            message = self.receive()
            if message[0] in ("return", "throw"):
                return message
            self.answer(message)

    def answer(self, message: list[Any]) -> None:
        """Answer one question, whatever the learner's code does."""
        op, number, *rest = message
        self.answering += 1
        try:
            head: list[Any] = ["ok", number, self._answer_node(op, rest)]
        except Closed:
            raise
        except LostError:
            head = ["lost", number, None]
        except CodecError as error:
            head = [self.refusal(error), number, str(error)]
        except BaseException as error:  # noqa: BLE001 - SystemExit is an answer like others
            head = ["raise", number, self._describe_exception(error)]
            traceback.clear_frames(error.__traceback__)  # they hold what the call was given
        self._reply(head, op)

    def _answer_node(self, op: str, rest: list[Any]) -> Node:
        if op == "call":
            self._take_changes(rest[1])
        box = [self._do(op, rest)]
        if op == "snapshot":
            self.twins.add_parts(box[0])
            return (self._encoder().body if is_living(box[0]) else self.encode)(box[0])
        known = id(box[0]) in self.twins.numbers
        if is_living(box[0]) and not known and (op == "get" or id(box[0]) in self._living):
            self._living.add(id(box[0]))
            return self._object_node(box[0])
        self.twins.add(self.twins.held_in(box))
        return self.encode(box[0])

    def refusal(self, error: CodecError) -> str:  # noqa: ARG002
        """How a question that can't be answered is answered."""
        return "refused"

    def _reply(self, head: list[Any], op: str) -> None:
        if self.notices is not None:
            self.notices.flush()
        self.answering -= 1
        changed: Changes = []
        try:
            changed = self.twins.changes(self._encoder)
            if op != "sync":  # what has just come is for the next question
                changed += self.twins.let_go()
        except CodecError as error:
            head = ["refused", head[1], str(error)]
        out, err = self.streams.take()
        with self._turn:
            try:
                self.send([*head, changed, out, err])
            except FrameError as error:
                self.send(["refused", head[1], str(error), [], "", ""])

    def _do(self, op: str, rest: list[Any]) -> Any:
        decoder = self._decoder()
        if op == "call":
            target, _, args, kwargs = rest
            function = decoder.value(target)
            return function(*decoder.value(args), **decoder.value(kwargs))
        if op == "get":
            return getattr(decoder.value(rest[0]), rest[1])
        if op == "op":
            return OPERATORS[rest[0]](*[decoder.value(node) for node in rest[1:]])
        return self._do_rarer(op, rest, decoder)

    def _do_rarer(self, op: str, rest: list[Any], decoder: Decoder) -> Any:
        if op == "set":
            return self._set(decoder.value(rest[0]), rest[1], decoder.value(rest[2]))
        if op == "del":
            return delattr(decoder.value(rest[0]), rest[1])
        if op == "restore":
            return self._restore(decoder.value(rest[0]), rest[1])
        if op == "levels" and self.notices is not None:
            return self.notices.set_levels(decoder.value(rest[0]))
        if op == "describe":
            return self.objects.describe(rest[0], self.own)
        if op == "snapshot":
            return contents(decoder.value(rest[0]))
        if op == "sync":
            return self._take_changes(rest[0])
        if op == "make":
            return _Made(decoder.value(rest[0]))
        if op == "swap":
            return self._swap(rest[0], rest[1], decoder.value(rest[2]))
        return self._do_process(op, rest, decoder)

    def _do_process(self, op: str, rest: list[Any], decoder: Decoder) -> Any:
        if op == "handlers" and self.notices is not None:
            return self.notices.set_handlers(rest[0])
        if op == "stdin":
            return self.streams.give(rest[0])
        if op == "environ":
            return _set_environment(decoder.value(rest[0]))
        if op == "chdir":
            return os.chdir(rest[0])
        if op == "restore":
            return setattr(builtins, rest[0], ORIGINALS[rest[0]])
        if op == "argv":
            sys.argv[:] = decoder.value(rest[0])
            return None
        if op == "put":
            return files.put(rest[0], decoder.value(rest[1]), decoder.value(rest[2]))
        if op == "fetch":
            return self._outbox.changed(rest[0])
        if op == "arcs" and self.reach is not None:
            return self.reach.all()
        raise CodecError("unknown question")

    def _set(self, target: Any, name: str, value: Any) -> None:
        if isinstance(target, type | types.ModuleType):
            self._replaced.setdefault((id(target), name), vars(target).get(name, _NOTHING))
        setattr(target, name, value)

    def _restore(self, target: Any, name: str) -> None:
        """Bring back what the suite had replaced in a module or class; delete what is new."""
        before = self._replaced.pop((id(target), name), _NOTHING)
        if before is _NOTHING:
            delattr(target, name)
        else:
            setattr(target, name, before)

    @staticmethod
    def _swap(module: str, name: str, value: Any) -> None:
        holder: Any = builtins
        if module != "builtins":
            holder, names = None, module.split(".")
            for count in range(len(names), 0, -1):
                try:
                    holder = importlib.import_module(".".join(names[:count]))
                except ModuleNotFoundError:
                    if count == 1:
                        raise
                    continue
                for part in names[count:]:
                    holder = getattr(holder, part)
                break
        setattr(holder, name, value)

    # -- exceptions

    def _describe_exception(self, error: BaseException, depth: int = 0) -> Node:
        cause = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
        return [
            self._refer(error),
            self._safely(lambda: self.encode(_arguments(error)), ["list"]),
            self._safely(lambda: str(error)[:20_000], ""),
            self._frames(error),
            _origin_of(error),
            None if cause is None or depth >= 2 else self._describe_exception(cause, depth + 1),
            error.__suppress_context__,
            self._safely(lambda: [str(note)[:2000] for note in error.__notes__[:20]], []),
        ]

    def told_at_import(self, error: BaseException) -> list[Any]:
        """Name and text of an exception that ended an import, and where; all of it plain."""
        text: Any = lambda: (error.msg or "") if isinstance(error, SyntaxError) else str(error)  # noqa: E731
        frames = self._safely(lambda: self._frames(error), [])
        return [type(error).__name__[:200], str(self._safely(text, ""))[:2000], frames[-1:]]

    @staticmethod
    def _safely(make: Any, otherwise: Any) -> Any:
        try:
            return make()
        except BaseException:  # noqa: BLE001 - the learner's own __str__ may do anything
            return otherwise

    def _frames(self, error: BaseException) -> list[Node]:
        """Where it happened, outermost first: [file, line, function], learner's files only."""
        prefix = self.folder + os.sep
        found = [
            [frame.f_code.co_filename[len(prefix) :], line, frame.f_code.co_name]
            for frame, line in traceback.walk_tb(error.__traceback__)
            if frame.f_code.co_filename.startswith(prefix)
        ]
        if isinstance(error, SyntaxError) and (error.filename or "").startswith(prefix):
            found.append([str(error.filename)[len(prefix) :], int(error.lineno or 0), ""])
        return found[-8:]


def _arguments(error: BaseException) -> list[Any]:
    """What an exception was made with; errors of the system leave their file names out."""
    args = list(error.args)
    if isinstance(error, OSError) and len(args) == 2 and error.filename is not None:
        args.append(error.filename)
        if error.filename2 is not None:
            args += [None, error.filename2]
    return args


def _set_environment(variables: dict[str, str | None]) -> None:
    for name, value in variables.items():
        if value is None:
            os.environ.pop(name, None)
        else:
            os.environ[name] = value


class _Made(list):  # type: ignore[type-arg]
    """A list that stays here: crosses as an object, since its class is not exactly `list`."""


_Made.__module__, _Made.__qualname__ = "builtins", "list"  # the examiner shows it as a list


def _origin_of(error: BaseException) -> int | None:
    """The number of an exception that came from the suite, whatever a `__getattr__` answers."""
    origin = BaseException.__getattribute__(error, "__dict__").get("_origin")
    return origin if type(origin) is int else None
