"""What a candidate may send in place of an honest answer: nothing of it gets through as code."""

from __future__ import annotations

import itertools
import socket
import threading
from collections.abc import Callable, Iterator
from types import ModuleType
from typing import Any, cast

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from grader.bridge.candidate import frames
from grader.bridge.candidate.codec import CodecError
from grader.bridge.candidate.given import Given
from grader.bridge.channel import Channel
from grader.bridge.crossing import Capability
from grader.bridge.incidents import AuthorFault, Cause, Incident
from grader.bridge.lineage import Work
from grader.bridge.session import Deadlines, Session
from grader.sandbox import Cell


class NoCell:
    """A cell in which nothing runs."""

    folder = "/nowhere"

    def put(self, files: dict[str, bytes]) -> None: ...

    def spawn(self, entry: str, arguments: object, fds: tuple[int, ...]) -> int:
        return 0

    def kill(self, pid: int | None = None) -> None: ...

    def wait(self, pid: int, timeout: float) -> None: ...


class Puppet:
    """A session whose candidate says exactly what a test tells it to."""

    def __init__(self, call: float = 0.2) -> None:
        deadlines = Deadlines(start=0.3, call=call, test=2.0, session=10.0)
        work = Work(("fares",), {"fares.py": b""}, package="none", seal="")
        given_module = ModuleType("tariff")
        exec("class Mode:\n    pass\n", given_module.__dict__)
        self.session = Session(
            cast("Cell", NoCell()), work, deadlines, Given({"tariff": given_module})
        )
        ours, self.peer = socket.socketpair()
        self.session._copy = Channel(ours)
        self.session._in_test = True
        self._threads: list[threading.Thread] = []

    def say(self, *messages: list[Any]) -> None:
        data = b"".join(map(frames.pack, messages))
        thread = threading.Thread(target=self._send, args=(data,))
        thread.start()
        self._threads.append(thread)

    def _send(self, data: bytes) -> None:
        try:
            self.peer.sendall(data)
        except OSError:
            pass  # hung up before all was read

    def number(self) -> int:
        """The sequence number of the next question."""
        found = next(self.session._numbers)
        self.session._numbers = itertools.count(found)
        return found

    def close(self) -> None:
        if self.session._copy is not None:
            self.session._copy.close()
        for thread in self._threads:
            thread.join(5)
        self.peer.close()


@pytest.fixture
def puppet() -> Iterator[Puppet]:
    made = Puppet()
    yield made
    made.close()


WORDS = st.sampled_from(
    "ok raise refused object class kind std cb module given given-enum given-fields given-tuple "
    "given-error ref builtin list tuple dict set builtins ValueError KeyError SystemExit fares "
    "Money tariff Mode os system enum IntEnum int __init__ KeyboardInterrupt 0".split()
)
LEAF = st.none() | st.booleans() | st.integers(-5, 50) | st.floats() | WORDS
NODE = st.recursive(
    LEAF,
    lambda inner: (
        st.lists(inner, max_size=5)
        | st.builds(lambda tag, rest: [tag, *rest], WORDS, st.lists(inner, max_size=7))
        | st.builds(lambda *parts: ["object", *parts], LEAF, inner, inner)
        | st.builds(lambda *parts: ["kind", *parts], WORDS, WORDS, st.lists(WORDS, max_size=2))
    ),
    max_leaves=12,
)
ERROR = st.lists(NODE, min_size=7, max_size=7)


@settings(deadline=None, max_examples=100)
@given(st.sampled_from(["ok", "raise", "refused", "nonsense", None]), NODE | ERROR, NODE)
@example("ok", ["class", ["fares", "Money"]], [])
@example("ok", ["object", 1, ["kind", "builtins", "int", []], "text"], [])
@example("ok", ["object", 1, ["kind", "enum", "IntEnum", []], None], [])
@example("ok", ["object", [1, 2], ["kind", "a", "b", []], None], [])
@example("ok", ["object", 1, None, None], [])
@example("ok", ["object", 1, ["kind", "a", "b", None], None], [])
@example("ok", ["std", None, None], [])
@example("ok", ["std", "os", "system"], [])
@example("ok", ["module", ["os"]], [])
@example("ok", ["module", "os"], [])
@example("ok", ["cb", 0], [])
@example("ok", ["given", "tariff", "__builtins__"], [])
@example("ok", ["given-error", "tariff", "Mode", ["list"]], [])
@example("raise", [None, None, None, None, None, None, None], [])
@example("raise", [[], ["list"], "", [], None, None, False], [])
@example("raise", [["object"], ["list"], "", [], None, None, False], [])
@example("raise", [["object", 1, 5, None], ["list"], "", [], None, None, False], [])
@example("raise", [["std", "os", "x"], ["list"], "", [], None, None, False], [])
@example("ok", None, [[0, ["list"]]])
@example("ok", None, [[True, ["list"]]])
@example("ok", None, {"a": 1})
def test_any_answer_is_a_value_or_an_incident(head: Any, node: Any, changed: Any) -> None:
    """An exception of the learner's is marked; nothing else may come out."""
    puppet = Puppet(call=0.02)
    session = puppet.session
    try:
        number = puppet.number()
        try:
            puppet.say([head, number, node, changed, "", ""])
        except frames.FrameError:
            return
        session.ask("op", "len", 0)
    except (Incident, AuthorFault):
        pass
    except BaseException as error:
        assert "_where" in error.__dict__, repr(error)  # noqa: PT017
        assert not isinstance(error, KeyboardInterrupt)  # noqa: PT017
    finally:
        puppet.close()


@settings(deadline=None, max_examples=120)
@given(NODE, NODE, NODE, NODE, NODE, NODE, NODE)
@example(0, "", ["list", 5], ["dict"], [], "", "")
@example(0, "__class__", ["list"], ["dict"], [], "", "")
@example(0, "", "ab", ["dict"], [], "", "")
@example(0, "", ["list"], ["list"], [], "", "")
@example(1, "read", ["list"], ["dict"], [], "", "")
@example(1, "__init__", ["list"], ["dict"], [], "", "")
@example(1, "secret", ["list"], ["dict"], [], "", "")
@example(-1, "", ["list"], ["dict"], [], "", "")
@example(True, "", ["list"], ["dict"], [], "", "")
@example(0, "", ["list"], ["dict"], [], None, 5)
def test_any_callback_is_answered_or_an_incident(
    number: Any, method: Any, args: Any, kwargs: Any, changed: Any, out: Any, err: Any
) -> None:
    class File:
        def read(self) -> str:
            return ""

        def secret(self) -> None:
            raise AssertionError("reached")

    puppet = Puppet(call=0.02)
    crossing = puppet.session.crossing
    crossing.node(len)
    crossing.node(lambda *args: None)
    crossing.node(Capability(File(), ("read",)))
    try:
        answer = crossing.run_callback(
            ["callback", number, method, args, kwargs, changed, out, err]
        )
    except (CodecError, Incident, AuthorFault):
        pass
    else:
        assert answer[0] in ("return", "throw")
    finally:
        puppet.close()


def test_a_wrong_number_is_an_incident(puppet: Puppet) -> None:
    puppet.say(["ok", 999, 1, [], "", ""])
    with pytest.raises(Incident) as caught:
        puppet.session.ask("op", "len", 0)
    assert caught.value.cause is Cause.PROTOCOL


@pytest.mark.parametrize(
    "message",
    [
        ["ok"],
        ["ok", 1],
        [["ok"], 1, 2, [], "", "", 7],
        ["importing", "fares"],
        ["callback", 0, "", ["list"], ["dict"], "", ""],
        [None],
    ],
)
def test_a_message_of_the_wrong_shape_is_an_incident(puppet: Puppet, message: Any) -> None:
    puppet.say(message)
    with pytest.raises(Incident) as caught:
        puppet.session.ask("op", "len", 0)
    assert caught.value.cause is Cause.PROTOCOL
    assert "not an answer" in caught.value.text


@pytest.mark.parametrize(
    ("sent", "cause"),
    [
        (b"\x00\x00\x00\x05hello", Cause.PROTOCOL),
        (b"\xff\xff\xff\xff", Cause.PROTOCOL),
        (b"\x00\x00", Cause.TIME),
        (b"", Cause.TIME),
    ],
)
def test_bytes_that_are_no_frame_are_an_incident(puppet: Puppet, sent: bytes, cause: Cause) -> None:
    puppet.peer.sendall(sent)
    with pytest.raises(Incident) as caught:
        puppet.session.ask("op", "len", 0)
    assert caught.value.cause is cause


def test_an_incident_is_repeated_for_the_rest_of_the_test(puppet: Puppet) -> None:
    puppet.say(["ok", 999, 1, [], "", ""])
    with pytest.raises(Incident) as first:
        puppet.session.ask("op", "len", 0)
    with pytest.raises(Incident) as second:
        puppet.session.ask("op", "len", 0)
    assert first.value is second.value


def test_a_refusal_is_a_value_too_large_to_be_read(puppet: Puppet) -> None:
    puppet.say(["refused", puppet.number(), "secret text of the program", [], "", ""])
    with pytest.raises(Incident) as caught:
        puppet.session.ask("op", "len", 0)
    assert caught.value.cause is Cause.TOO_LARGE
    assert "secret" not in caught.value.text


def test_callbacks_without_end_are_an_incident(learner: Callable[..., Any]) -> None:
    program = learner("def again(f):\n    return f()\n")
    depth = 0

    def once_more() -> Any:
        nonlocal depth
        depth += 1
        return program.fares.again(once_more)

    with pytest.raises(Incident) as caught:
        program.fares.again(once_more)
    assert "back and forth" in caught.value.text
    assert depth < 100


@pytest.mark.parametrize(
    "change", [[2, ["list", 2]], [-1, ["list", 2]], [0, ["dict"]], [True, ["list"]], [1, ["tuple"]]]
)
def test_changes_cannot_reach_other_containers(puppet: Puppet, change: Any) -> None:
    mine: list[int] = [1]
    puppet.say(["ok", puppet.number(), None, [change], "", ""])
    with pytest.raises(Incident):
        puppet.session.crossing.call(len, (mine,), {})
    assert mine == [1]


def test_output_is_echoed_and_nothing_more(
    puppet: Puppet, capsys: pytest.CaptureFixture[str]
) -> None:
    puppet.say(["ok", puppet.number(), 5, [], "out \ud800", "err"])
    assert puppet.session.ask("op", "len", 0) == 5
    assert capsys.readouterr() == ("out ?", "err")
    puppet.say(["ok", puppet.number(), 5, [], ["no", "text"], ""])
    with pytest.raises(Incident):
        puppet.session.ask("op", "len", 0)


def test_classes_that_describe_themselves_without_end_are_an_incident(puppet: Puppet) -> None:
    """A mirror whose base is itself would be asked for again and again."""
    first = puppet.number()
    bases = ["list", ["list", "class", 7]]
    described = ["list", "Loop", "fares", bases, ["list"], ["list"]]
    answers = [["ok", first + step, described, [], "", ""] for step in range(1, 400)]
    puppet.say(["ok", first, ["class", 7], [], "", ""], *answers)
    with pytest.raises(Incident):
        puppet.session.ask("op", "len", 0)


def test_many_classes_are_an_incident_in_time(puppet: Puppet) -> None:
    nodes = [["object", i, ["kind", "m", f"C{i}", []], None] for i in range(30_000)]
    puppet.say(["ok", puppet.number(), ["list", *nodes], [], "", ""])
    with pytest.raises(Incident):
        puppet.session.ask("op", "len", 0)


@pytest.mark.parametrize("name", ["__eq__", "__class__", "_named", "__radd__", "no name", ""])
def test_fields_never_become_special_methods(learner: Callable[..., Any], name: str) -> None:
    program = learner(f"""
        class Liar(tuple):
            _fields = ({name!r}, "plain")
        def price():
            return Liar((repr, 5))
    """)
    found = program.fares.price()
    assert found != 250
    assert found.plain == 5
    assert name not in vars(type(found)) or name == "_named"


def test_a_description_cannot_bring_comparing_to_the_program(learner: Callable[..., Any]) -> None:
    program = learner("""
        import sys
        objects = sys.modules["grader.bridge.candidate.objects"]
        plain = objects.protocols
        objects.protocols = lambda cls: [*plain(cls), "+__eq__", "+__add__", "__eq__", "__add__"]
        class Price(int):
            def __eq__(self, other): return True
            __hash__ = int.__hash__
        def price(): return Price(1)
    """)
    assert program.fares.Price is not None
    assert program.fares.price() != 250
    assert program.fares.price() + 1 == 2


def test_what_the_program_gave_and_cannot_go_back_is_not_the_suites_fault(
    learner: Callable[..., Any],
) -> None:
    program = learner("""
        def most(): return 2**1_000_000 - 1
        def apply(f): return f(2**1_000_000 - 1)
    """)
    with pytest.raises(Incident) as caught:
        program.fares.apply(lambda number: number + 1)
    assert caught.value.cause is Cause.TOO_LARGE
    program.again()
    largest = program.fares.most()
    with pytest.raises(Incident):
        program.fares.apply(largest + 1)
    program.again()
    with pytest.raises(AuthorFault):
        program.fares.apply(2**1_000_000)
