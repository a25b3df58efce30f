"""Values and objects on their way between a suite and the candidate."""

from __future__ import annotations

import asyncio
import collections
import re
import sys
from collections.abc import Awaitable, Callable, Iterable, Iterator
from types import BuiltinMethodType, FunctionType, ModuleType
from typing import Any

from grader.bridge import lending
from grader.bridge.candidate import hints
from grader.bridge.candidate.codec import (
    CodecError,
    Decoder,
    Encoder,
    LimitError,
    Node,
)
from grader.bridge.candidate.notices import NUMBER
from grader.bridge.candidate.twins import Changes
from grader.bridge.incidents import AuthorFault, Cause, GraderFault, Incident
from grader.bridge.known import exception_class, value_class
from grader.bridge.lending import can_be_lent, special_methods
from grader.bridge.mirrors import Mirrors
from grader.bridge.notices import notice
from grader.bridge.passing_through import is_step, not_an_end
from grader.bridge.places import place
from grader.bridge.standins import ErrorHandle, Handle, Mirror, Remote, is_missing

__tracebackhide__ = True  # the suite's own lines are what a tutor wants to see

_MAX_DEPTH = 40
_KEPT_CALLS = 20
_KEPT_SIZE = 100_000  # bytes of a question or an answer
_MOST_RAISED = 10_000
WITHOUT_END = "your program called back and forth without end"
LOST = "your program does not know an object any more that it gave before"
TOO_LARGE = "your program gave back a value that is too large or too deeply nested to be read"


class Capability:
    """An object of the suite handed to the learner's code: only the named methods can be used."""

    def __init__(self, target: Any, names: tuple[str, ...]) -> None:
        self.target = target
        self.names = names


class ClosedOffError(AttributeError):
    """A question that looks at a program which may only be called."""


class Crossing:
    """Encodes what the suite sends and decodes what comes back; keeps the suite's callbacks."""

    def __init__(self, session: Any) -> None:
        self._session = session
        self._mirrors: Mirrors = session.mirrors
        self._callbacks: list[Any] = []
        self._numbers: dict[Any, int] = {}
        self._raised: list[BaseException] = []
        self._depth = 0
        self.holds_value = False  # whether the last answer was more than a bare object
        self.printed = ""  # by the last call
        self.calls: collections.deque[list[Any]] = collections.deque(maxlen=_KEPT_CALLS)

    # -- outward

    def node(self, value: Any) -> Node:
        """A value or stand-in as a node; containers in it are kept in step from now on."""
        self._session.twins.add([value])
        return self.copied(value)

    def copied(self, value: Any) -> Node:
        """The same for a value of ours, of which nobody holds the containers later."""
        try:
            return self._encoder().node(value)
        except CodecError as error:
            raise self._unsendable(error) from None

    def _encoder(self) -> Encoder:
        return Encoder(self._refer, self._session.twins.numbers)

    def _decoder(self) -> Decoder:
        return Decoder(self.resolve, self._session.twins.values)

    def changes(self, always: Iterable[Any] = ()) -> Changes:
        """What the suite has changed of containers that the candidate holds too."""
        try:
            found: Changes = self._session.twins.changes(self._encoder, always)
        except CodecError as error:
            raise self._unsendable(error) from None
        return found

    def _unsendable(self, error: CodecError) -> BaseException:
        """The suite's fault, unless it got what is too large from the program in this test."""
        if isinstance(error, LimitError) and self._session.log.given:
            found: BaseException = self._session.stop(Incident(Cause.TOO_LARGE, TOO_LARGE))
            return found
        return AuthorFault(f"the suite sends a value that cannot cross: {error}")

    def _refer(self, value: Any) -> Node:
        if isinstance(value, Mirror):
            return ["ref", _named_key(value)]
        if isinstance(value, Remote):
            return ["ref", self._checked_key(value)]
        if is_missing(value):
            return value._fail()
        given = self._session.given.name_of(value) or self._session.given.node(value, self.copied)
        if given is not None:
            return given
        if isinstance(value, BaseException):
            return self._error_node(value)
        if isinstance(value, ModuleType) and value.__name__ in self._session.modules:
            return ["mod", value.__name__]
        return self._callback_node(value)

    def _checked_key(self, value: Any) -> Any:
        scope = value._scope
        if scope is not None and scope != self._mirrors.scope and not self._is_template(scope):
            raise AuthorFault(
                "an object of the learner's from an earlier test is used again: each test has a "
                'fresh copy of the program. Make the object in the test, or set fresh = "module" '
                "under [sandbox] in exercise.toml"
            )
        return value._key

    def _is_template(self, scope: Any) -> bool:
        return bool(scope == ("template", self._session.epoch))

    def _callback_node(self, value: Any) -> Node:
        if isinstance(value, Capability):
            return ["cap", self._number(value), list(value.names)]
        if can_be_lent(value):
            return ["lent", self._number(value), type(value).__name__, special_methods(value)]
        if callable(value) and not isinstance(value, type):
            name, binds = str(getattr(value, "__name__", "callback")), type(value) is FunctionType
            return ["cb", self._number(value), name, binds]
        if isinstance(value, Iterator):
            return ["iter", self._number(value)]
        if isinstance(value, Awaitable):
            return ["aw", self._number(value)]
        if isinstance(value, re.Pattern):
            return ["pattern", self.node(value.pattern), value.flags]
        if callable(value):
            return ["cb", self._number(value), value.__name__]
        raise AuthorFault(
            f"a {type(value).__name__} object of the suite cannot be passed to the learner's "
            "code; pass built-in values, a function, or candidate.lend(object, 'method', …)"
        )

    def _number(self, value: Any) -> int:
        # A bound method is a new object each time: known by its parts, so that it stays one.
        owner, function = getattr(value, "__self__", None), getattr(value, "__func__", None)
        same: Any = id(value) if function is None else (id(owner), id(function))
        if type(value) is BuiltinMethodType and not isinstance(owner, ModuleType):
            same = (id(owner), value.__name__)
        if same not in self._numbers:
            self._numbers[same] = len(self._callbacks)
            self._callbacks.append(value)
        return self._numbers[same]

    def _error_node(self, error: BaseException) -> Node:
        if len(self._raised) >= _MOST_RAISED:
            raise self._session.stop(Incident(Cause.PROTOCOL, WITHOUT_END))
        self._raised.append(error)
        key = self._checked_key(error) if isinstance(error, Remote) else None
        try:
            args = self._encoder().node(list(error.args))
        except (CodecError, AuthorFault):
            args = ["list"]
        kind = type(error)
        if not isinstance(error, Exception) and kind.__module__ != "builtins":
            kind = BaseException  # such as pytest's: no `except Exception` may see it there
        return ["exc", len(self._raised) - 1, kind.__module__, kind.__name__, args, key]

    def call(self, target: Any, args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
        """Call something of the learner's; containers that it changed are changed here too."""
        always = self._session.twins.add([*args, *kwargs.values()])
        nodes = self.copied(target), self.copied(list(args)), self.copied(kwargs)
        changes = self.changes(always)
        record = [_title(target), changes, *nodes[1:], None, None, []]
        self.calls.append(record)
        self.printed = ""
        try:
            sent = [*changes, *self._session.twins.let_go()]
            ends = is_step(target)
            parts = nodes[0], sent, *nodes[1:]
            return self._session.ask("call", *parts, ends=ends, record=record)
        finally:
            # What is large is no use to a tutor, and twenty of it would fill the memory.
            record[1:4] = record[1:4] if self._session.sizes[0] < _KEPT_SIZE else [None] * 3

    # -- inward

    def answer(
        self, message: list[Any], *, ends: bool = False, record: list[Any] | None = None
    ) -> Any:
        """The value of an answer, or the exception that it tells of.

        `ends` says that a step of an iterator was asked for, which StopIteration may end;
        `record` is of the call that is answered.
        """
        size = self._session.sizes[1]
        head, _, node, changed, out, err = message
        self._session.allowance.echo(out, err)
        if head == "lost":
            raise Incident(Cause.STOPPED, LOST)
        if head == "refused":
            raise Incident(Cause.TOO_LARGE, TOO_LARGE)
        if head == "closed" and self._session.honest:
            self._session.log.looked = True
            raise ClosedOffError(f"a test in another process can't look at {node}")
        if head not in ("ok", "raise"):
            raise CodecError("unknown answer")
        self.holds_value = head == "raise" or changed != [] or not _is_bare(node)
        decoder, repeats = self._decoder(), self._mirrors.repeats
        given_up = self._session.twins.take(changed, decoder)
        found = decoder.value(node) if head == "ok" else self.error(node)
        self._session.twins.give_up(given_up)
        if self._mirrors.repeats > repeats:
            self._session.note_again(alone=isinstance(found, Handle) and not changed)
        if record is not None:
            self.printed = out
            record[4:] = (head, node, changed) if size < _KEPT_SIZE else ("large", None, [])
        if head == "raise":
            raise found if ends else not_an_end(found)
        return found

    def resolve(self, node: list[Any]) -> Any:
        """What a node stands for that is no value."""
        tag = node[0]
        if tag == "object" and len(node) == 4:
            value = self._decoder().value(node[3])
            return self._mirrors.instance(node[1], node[2], value)
        if tag == "hint":
            return hints.value(node, self._decoder().value)
        if tag == "class" and len(node) == 2:
            return self._mirrors.learners(node[1])
        if tag == "std" and len(node) == 3:
            found = exception_class(node[1], node[2]) or value_class(node[1], node[2])
            return found or self._mirrors.kind(["kind", *node[1:], []])
        if tag == "cb" and type(node[1]) is int and 0 <= node[1] < len(self._callbacks):
            return self._callbacks[node[1]]
        if tag == "module" and node[1] in self._session.modules:
            return sys.modules[node[1]]
        if tag == "given" and len(node) == 3:
            return self._session.given.named(node)
        if tag.startswith("given-") and len(node) == 4:
            return self._session.given.value(node, self._decoder().value)
        raise CodecError("unknown tag")

    def name_class(self, found: Any) -> None:
        """The suite has reached for this: if it is a class, its objects may be judged."""
        if isinstance(found, Mirror):
            type.__setattr__(found, "_named", True)

    # -- exceptions

    def error(self, node: Any) -> BaseException:
        """The exception that a node describes, with where it was raised in `_where`."""
        try:
            return self._harmless(self._error(node, 0))
        except CodecError:
            raise
        except Exception as fault:  # noqa: BLE001 - no honest description makes this fail
            raise CodecError(f"malformed exception: {type(fault).__name__}") from None

    def _harmless(self, error: BaseException) -> BaseException:
        """An exception that can't end pytest: at collection SystemExit would."""
        if isinstance(error, Exception) or not self._session.collecting():
            return error
        return _UnclassifiedError(type(error).__name__)

    def _error(self, node: Any, depth: int) -> BaseException:
        if type(node) is not list or len(node) != 8 or type(node[7]) is not list:
            raise CodecError("malformed exception")
        what, args, text, frames, origin, cause, explicit, notes = node
        if type(origin) is int and 0 <= origin < len(self._raised):
            return self._raised[origin]
        made = self._made_error(what, args, str(text))
        if cause is not None and depth < 3:
            under = self._error(cause, depth + 1)
            made.__context__ = under
            if explicit:
                made.__cause__ = under
        made.__suppress_context__ = explicit is True
        for note in notes:
            made.add_note(str(note))
        _mark(made, "_where", self._where(frames))
        _mark(made, "_frames", frames)
        return made

    def _made_error(self, what: Any, args: Any, text: str) -> BaseException:
        values = self._decoder().value(args)
        if type(values) is not list:
            raise CodecError("malformed arguments")
        if what[0] != "object":
            found = self.resolve(what)
            if not isinstance(found, BaseException):
                raise CodecError("not an exception")
            return found
        plain = exception_class(*what[2][1:3]) if what[2][0] == "kind" else None
        if plain is not None and plain.__module__ == "builtins":
            made = _constructed(plain, values)
            if made is not None and str(made) == text:
                return made
        return self._stand_in_error(what, values, text)

    def _stand_in_error(self, what: Any, values: list[Any], text: str) -> BaseException:
        made: Any = self._mirrors.instance(what[1], what[2], None)
        if not isinstance(made, BaseException):  # a BaseException of the learner's own
            made = _UnclassifiedError(f"{type(made).__name__}: {text}")
        error: BaseException = made
        if isinstance(error, ErrorHandle):
            of_system = isinstance(error, OSError) and len(values) > 2
            _mark(error, "_args", tuple(values[:2] if of_system else values))
        _mark(error, "_text", text)
        _set_members(error, values)
        return error

    def _where(self, frames: Any) -> str:
        if type(frames) is not list or not frames:
            return ""
        return place(frames[-1], self._session.files)

    # -- callbacks

    def run_callback(self, message: list[Any]) -> list[Any]:
        """Run a function of the suite for the candidate; the message to answer with."""
        _, number, method, args, kwargs, changed, out, err = message
        self._session.log.given = True
        self._session.allowance.echo(out, err)
        function = self._function(number, method)
        given_up = self._session.twins.take(changed, self._decoder())
        values = self._decoder().value(args)
        named = self._decoder().value(kwargs)
        self._session.twins.give_up(given_up)
        if method == ".set" and type(values) is list and _is_learners(values):
            self._session.note_reported()  # what the suite finds there is the program's word
        if number == NUMBER:
            values, named = [method, values], {}
        if self._depth >= _MAX_DEPTH:
            raise Incident(Cause.PROTOCOL, WITHOUT_END)
        self._depth += 1
        allowance, before = self._session.allowance, self._session.allowance.received
        try:
            found = function(*values, **named)
            if number == NUMBER:
                allowance.notice(self._session.sizes[1] + allowance.received - before)
            return ["return", self.node(found), self.changes()]
        except AuthorFault:
            if method != ".get":
                raise
            error = AttributeError("an attribute that cannot cross")
            return ["throw", self._error_node(error), self.changes()]
        except (Incident, GraderFault):
            raise
        except BaseException as error:  # noqa: BLE001 - the candidate gets to see it
            self._session.passing.note(error)
            return ["throw", self._error_node(error), self.changes()]
        finally:
            self._depth -= 1

    def _function(self, number: Any, method: Any) -> Callable[..., Any]:
        if number == NUMBER:
            return notice
        if type(number) is not int or not 0 <= number < len(self._callbacks):
            raise CodecError("a callback that nobody gave")
        target = self._callbacks[number]
        if isinstance(target, Capability):
            if method not in target.names:
                raise CodecError("a method that was not lent")
            return getattr(target.target, str(method))  # type: ignore[no-any-return]
        lent = lending.method(target, method) if can_be_lent(target) else None
        if lent is not None:
            return lent  # type: ignore[no-any-return]
        if method == "__next__" and isinstance(target, Iterator):
            return target.__next__
        if method == "__await__" and isinstance(target, Awaitable):
            return lambda: run_to_end(target)
        if method:
            raise CodecError("a method of a function")
        return target  # type: ignore[no-any-return]


def run_to_end(target: Awaitable[Any]) -> Any:
    """The result of a coroutine of the suite, even if a loop of the suite's runs already."""

    async def awaiting() -> Any:
        return await target

    outer = asyncio._get_running_loop()
    asyncio._set_running_loop(None)
    try:
        with asyncio.Runner() as runner:
            return runner.run(awaiting())
    finally:
        asyncio._set_running_loop(outer)


def _named_key(mirror: Any) -> Any:
    if type(mirror._key) is tuple:
        raise AuthorFault(
            f"the class {mirror.__name__} is not one of the learner's own: the suite can use its "
            "objects, but not the class"
        )
    return mirror._key


class _UnclassifiedError(Exception):
    """An exception of the learner's that derives from BaseException alone."""


# What these classes keep beside their arguments, in the order in which they take it.
_MEMBERS: dict[type[BaseException], tuple[str, ...]] = {
    OSError: ("errno", "strerror", "filename"),
    SystemExit: ("code",),
    StopIteration: ("value",),
    UnicodeDecodeError: ("encoding", "object", "start", "end", "reason"),
}


def _set_members(error: BaseException, values: list[Any]) -> None:
    for kind, names in _MEMBERS.items():
        if isinstance(error, kind) and (kind is not OSError or len(values) > 1):
            for name, value in zip(names, values, strict=False):
                getattr(kind, name).__set__(error, value)


def _constructed(kind: type[BaseException], values: list[Any]) -> BaseException | None:
    try:
        return kind(*values)
    except Exception:  # noqa: BLE001 - arguments that this class does not take
        return None


def _mark(error: BaseException, name: str, value: Any) -> None:
    error.__dict__[name] = value


def _is_bare(node: Node) -> bool:
    """Whether a node names an object or class, and no value."""
    if type(node) is not list or not node:
        return node is None
    return node[0] in ("class", "module", "std") or (node[0] == "object" and node[-1] is None)


def _is_learners(values: list[Any]) -> bool:
    return any(issubclass(type(value), Mirror | Remote) for value in values)


def _title(target: Any) -> str:
    key = target._key if isinstance(target, Mirror | Handle) else ""
    if type(key) is list:
        return str(key[1])
    return str(key) if isinstance(key, str) else type(target).__name__
