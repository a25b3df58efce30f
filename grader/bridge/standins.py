"""Stand-ins: what a suite holds in place of the learner's classes and objects.

Theory of operation. What the candidate computes is only its word. An object of a class of the
learner's is a `Handle`: attributes and calls go to the candidate and come back as values or as
more handles. A handle never equals or orders with a plain value. Whatever could turn a verdict on
the candidate's word (bool, len, operators, comparisons of two handles) works only on objects
whose class the suite has itself named; on others it ends the test. A comparison made in the
candidate is noted, and makes the test's evidence *reported*.

An instance of a subclass of a built-in is an instance of a mirror of that subclass here, holding
a snapshot of the built-in value: the built-in's operators run in the examiner, on the snapshot.
"""

from __future__ import annotations

import collections.abc
import copy
import inspect
import types
from typing import Any

from grader.bridge.incidents import Cause, Incident

__tracebackhide__ = True  # the suite's own lines are what a tutor wants to see

_LOCAL = frozenset({"_key", "_scope"})
_OPEN_DUNDERS = frozenset(
    "__doc__ __name__ __qualname__ __dict__ __annotations__ __wrapped__ __defaults__ "
    "__members__ __closure__ __kwdefaults__ __match_args__ __dataclass_fields__ __call__ "
    "__abstractmethods__ __signature__ __func__ __self__".split()
)


def _is_hidden(name: str) -> bool:
    return name.startswith("__") and name.endswith("__") and name not in _OPEN_DUNDERS


def _is_probe(session: Any, name: str) -> bool:
    """Whether a name is asked for by pytest or abc on its way, and by no suite."""
    if name.startswith("_abc_"):
        return True
    return name.startswith("_") and not name.startswith("__") and bool(session.collecting())


class Mirror(type):
    """The class of all mirrored classes: attributes and calls go to the learner's class."""

    _session: Any = None
    _key: Any = None
    _named: bool = False
    _methods: frozenset[str] = frozenset()
    _title: str = ""
    _plain: Any = None  # the built-in type that a class stands for, when it is nobody's own

    def __call__(cls, *args: Any, **kwargs: Any) -> Any:
        """Make an instance in the candidate."""
        if cls._plain is not None:
            return cls._plain(*args, **kwargs)
        return cls._session.call(cls, args, kwargs)

    def __getattr__(cls, name: str) -> Any:
        if _is_hidden(name) or cls._session is None or _is_probe(cls._session, name):
            raise AttributeError(name)
        if name.startswith("_") and type(cls._key) is tuple:  # somebody tries what it can do
            raise AttributeError(name)
        if name == "__dataclass_fields__":
            return cls._session.mirrors.dataclass_fields(cls)
        if name == "__signature__":
            return _signature(cls)
        return cls._session.get(cls, name)

    def __setattr__(cls, name: str, value: Any) -> None:
        if name == "_named" or _is_hidden(name):
            type.__setattr__(cls, name, value)
        else:
            cls._session.set(cls, name, value)

    def __delattr__(cls, name: str) -> None:
        cls._session.delete(cls, name)

    def __iter__(cls) -> Any:
        return cls._session.operate("iter", cls)

    def __len__(cls) -> Any:
        return cls._session.operate("len", cls)

    def __bool__(cls) -> bool:
        return True

    def __getitem__(cls, key: Any) -> Any:
        return cls._session.operate("getitem", cls, key)

    def __contains__(cls, item: Any) -> bool:
        return bool(cls._session.operate("contains", cls, item))

    def __instancecheck__(cls, instance: Any) -> bool:
        """Protocols are asked about what they did not make."""
        if type.__instancecheck__(cls, instance):
            return True
        if "_protocol" not in cls.__dict__ or not isinstance(type(instance), Mirror):
            return False
        cls._session.note_reported()
        return bool(cls._session.operate("isinstance", instance, cls))

    def __dir__(cls) -> Any:
        return type.__dir__(cls) if _is_foreign(cls) else cls._session.operate("dir", cls)

    @property
    def __flags__(cls) -> int:
        """What `inspect.isabstract` looks at."""
        flags: int = type.__dict__["__flags__"].__get__(cls)
        if not _is_foreign(cls) and cls._session.get(cls, "__abstractmethods__"):
            flags |= inspect.TPFLAGS_IS_ABSTRACT
        return flags

    def __repr__(cls) -> str:
        return f"<class '{cls._title or cls.__name__}'>"


def _is_foreign(cls: Any) -> bool:
    """Whether a class stands for one that is not the learner's."""
    return cls._session is None or cls._key is None or type(cls._key) is tuple


class EnumMirror(Mirror):
    """The class of mirrored enumerations: they count as derived from those of the library."""

    _above: type | None = None

    def mro(cls) -> list[type]:
        """The library's class comes last, so that what it defines is never used.

        Those that derive from a built-in, such as IntEnum, can't be in the line of another.
        """
        line = type.mro(cls)
        above = cls.__dict__.get("_above")
        kinds = [] if above is None else above.__mro__
        kinds = [kind for kind in kinds if not issubclass(kind, int | str) and kind not in line]
        return line[:-1] + kinds + line[-1:]


collections.abc.Sequence.register(EnumMirror)  # an ordered collection of its members


def is_named(cls: type) -> bool:
    """Whether the suite has itself named this class or one it derives from."""
    return any(vars(base).get("_named", False) for base in cls.__mro__ if isinstance(base, Mirror))


class Remote(metaclass=Mirror):
    """Attributes of an object that lives in the candidate."""

    def __getattr__(self, name: str) -> Any:
        hidden = _is_hidden(name) and name != "__code__"
        if name in _LOCAL or hidden or _is_probe(type(self)._session, name):
            raise AttributeError(name)
        if name == "__dataclass_fields__":
            return type(self).__dataclass_fields__
        if name == "__signature__":
            return _signature(self)
        if name == "__code__":
            return _code(self)
        return type(self)._session.get(self, name)

    def __setattr__(self, name: str, value: Any) -> None:
        if name in _LOCAL or _is_hidden(name):
            object.__setattr__(self, name, value)
        else:
            type(self)._session.set(self, name, value)

    def __delattr__(self, name: str) -> None:
        type(self)._session.delete(self, name)

    def __dir__(self) -> Any:
        return type(self)._session.operate("dir", self)

    def __copy__(self) -> Any:
        plain = type(self)._plain
        return plain(self) if plain else type(self)._session.operate("copy", self)

    def __deepcopy__(self, memo: Any) -> Any:
        plain = type(self)._plain
        if plain:
            return copy.deepcopy(plain(self), memo)
        return type(self)._session.operate("deepcopy", self)


def _signature(function: Any) -> inspect.Signature:
    """What `inspect.signature` says of a function of the learner's."""
    parts = []
    session = function._session if isinstance(function, Mirror) else type(function)._session
    for name, kind, default, annotation in session.operate("signature", function):
        given = {"default": default[0]} if default else {}
        given |= {"annotation": annotation[0]} if annotation else {}
        parts.append(inspect.Parameter(name, getattr(inspect.Parameter, kind), **given))
    return inspect.Signature(parts)


def _code(function: Any) -> types.SimpleNamespace:
    """What `inspect` looks at in the code of a function; whatever rests on it is reported."""
    session = type(function)._session
    session.note_reported()
    return types.SimpleNamespace(**session.operate("code", function))


class Docstring:
    """`__doc__` of a mirrored class, or of an object such as a function: the candidate's."""

    def __get__(self, instance: Any, owner: Any) -> Any:
        """Ask for it; classes that are not the learner's have none."""
        if instance is not None:
            return owner._session.get(instance, "__doc__")
        return None if type(owner._key) is tuple else owner._session.get(owner, "__doc__")


class Handle(Remote):
    """An object of the learner's that is no value."""

    @property
    def __dict__(self) -> Any:  # type: ignore[override]
        """What `vars()` gives: the attributes there, not those of the stand-in."""
        return type(self)._session.get(self, "__dict__")

    def __repr__(self) -> str:
        return str(type(self)._session.operate("repr", self))

    def __str__(self) -> str:
        return str(type(self)._session.operate("str", self))

    def __format__(self, spec: str) -> str:
        return str(type(self)._session.operate("format", self, spec))

    def __eq__(self, other: object) -> Any:
        if not isinstance(other, Handle):
            return NotImplemented
        if other is self or other._key == self._key:
            if was_given_again(self):
                type(self)._session.note_reported()
            return True
        if "__eq__" not in type(self)._methods:
            return False
        return _compare("eq", self, other)

    def __ne__(self, other: object) -> Any:
        equal = self.__eq__(other)
        return equal if equal is NotImplemented else not equal

    def __hash__(self) -> int:
        if "__eq__" not in type(self)._methods:
            if was_given_again(self):
                type(self)._session.note_reported()
            return hash(str(self._key))
        type(self)._session.note_reported()
        need_named(self, "a value that can be looked up")
        return hash(type(self)._session.operate("hash", self))

    def __bool__(self) -> bool:
        methods = type(self)._methods
        if "__call__" in methods and "__bool__" not in methods:
            return True
        need_named(self, "True or False")
        if "__bool__" in methods or "__len__" in methods:
            return reported(self, "bool", self)
        return True


def was_given_again(found: object) -> bool:
    """Whether the program has given this object more than once: that it is one is its word."""
    try:
        return isinstance(found, Handle) and bool(object.__getattribute__(found, "_again"))
    except AttributeError:
        return False


def need_named(handle: Any, wanted: str) -> None:
    """End the test unless the suite has named the class of an object; `wanted` is for people."""
    session = type(handle)._session
    if not is_named(type(handle)) and not session.honest:
        title = type(handle).__name__
        what = f"an object of class {title}" if session.may_tell(title) else "an object"
        text = f"your program gave {what} where {wanted} is needed"
        raise session.stop(Incident(Cause.WRONG_TYPE, text))


def reported(handle: Any, operation: str, *operands: Any) -> bool:
    """What the candidate says of a condition; the evidence of this test rests on its word."""
    session = type(handle)._session
    session.note_reported()
    return bool(session.operate(operation, *operands))


def _compare(operation: str, left: Any, right: Any) -> bool:
    need_named(left, "a plain value")
    need_named(right, "a plain value")
    return reported(left, operation, left, right)


def _add_orderings() -> None:
    def ordering(name: str) -> Any:
        def method(self: Any, other: object) -> Any:
            if not isinstance(other, Handle):
                need_named(self, "a number or text")
                return NotImplemented
            return _compare(name, self, other)

        return method

    for name in ("lt", "le", "gt", "ge"):
        type.__setattr__(Handle, f"__{name}__", ordering(name))


_BINARY = "add sub mul truediv floordiv mod pow matmul and_ or_ xor lshift rshift divmod".split()
_UNARY = "neg pos invert abs int float complex index round trunc floor ceil bytes".split()
_IN_PLACE = "iadd isub imul itruediv ifloordiv imod ipow iand ior ixor ilshift irshift".split()


def _add_operators() -> None:
    def binary(name: str, swapped: bool) -> Any:
        def method(self: Any, other: Any, *rest: Any) -> Any:
            need_named(self, "a number or text")
            pair = (other, self) if swapped else (self, other)
            return type(self)._session.operate(name, *pair, *rest)

        return method

    def unary(name: str) -> Any:
        def method(self: Any, *rest: Any) -> Any:
            need_named(self, "a number")
            return type(self)._session.operate(name, self, *rest)

        return method

    for name in _BINARY:
        plain = name.rstrip("_")
        type.__setattr__(Handle, f"__{plain}__", binary(name, swapped=False))
        type.__setattr__(Handle, f"__r{plain}__", binary(name, swapped=True))
    for name in _IN_PLACE:
        type.__setattr__(Handle, f"__{name}__", binary(name, swapped=False))
    for name in _UNARY:
        type.__setattr__(Handle, f"__{name}__", unary(name))


_add_orderings()
_add_operators()
# What these give is a new object, unless a class has but one.
MAKING = frozenset({*(name.rstrip("_") for name in _BINARY), *_BINARY, *_UNARY, "copy", "deepcopy"})


class ErrorHandle(Remote):
    """Comes before the built-in ancestor of a mirrored exception."""

    _text: str | None = None  # both are known of an exception that was raised,
    _args: tuple[Any, ...] | None = None  # and asked for when it was only made or given

    @property
    def args(self) -> tuple[Any, ...]:
        """What it was made with."""
        if self._args is None:
            found = type(self)._session.get(self, "args")
            self._args = found if type(found) is tuple else ()
        return self._args

    def __setattr__(self, name: str, value: Any) -> None:
        if name in ("_text", "_args") or name in _LOCAL or name.startswith("__"):
            BaseException.__setattr__(self, name, value)
        else:
            type(self)._session.set(self, name, value)

    def __str__(self) -> str:
        if self._text is None:
            self._text = str(type(self)._session.operate("str", self))
        return self._text

    def __repr__(self) -> str:
        inside = ", ".join(map(repr, self.args))
        return f"{type(self).__name__}({inside})"


class _Missing(type):
    """Class of the stand-ins for names that the learner has not written."""

    _reason = ""
    _session: Any = None

    def _fail(cls, *_args: Any, **_kwargs: Any) -> Any:
        raise cls._session.stop(Incident(Cause.MISSING, cls._reason))

    __call__ = __iter__ = __len__ = __getitem__ = __contains__ = _fail
    __add__ = __radd__ = __sub__ = __rsub__ = __mul__ = __rmul__ = _fail
    __lt__ = __le__ = __gt__ = __ge__ = __bool__ = _fail
    __enter__ = __exit__ = _fail

    def __getattr__(cls, name: str) -> Any:
        if name.startswith("_") or name == "pytestmark":  # pytest looks for its own marks
            raise AttributeError(name)
        return cls._fail()

    def __repr__(cls) -> str:
        return f"<missing: {cls.__name__}>"


def missing(session: Any, name: str, reason: str) -> type:
    """A stand-in for a name that isn't there: a class, so that `pytest.raises` takes it."""
    return _Missing(name, (Exception,), {"_reason": reason, "_session": session})


def is_missing(value: object) -> bool:
    """Whether a value is a stand-in for a name that isn't there."""
    return isinstance(value, _Missing)
