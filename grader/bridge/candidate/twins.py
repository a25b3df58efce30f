"""Containers that both sides hold: what one side changes, the other sees at the next message.

Theory of operation. A list, dict, set, bytearray or deque that crosses gets a number, and so do
objects of given dataclasses. As long as both sides hold on to it, `["@", number]` names it in
either direction: it comes back as the same object. Before each message a side looks through what
it holds for changes and sends the new contents, so that both see what one object would show. The
examiner gives even numbers, the candidate odd ones. What the candidate sends is decoded like any
other value, and can name only containers that have crossed in the same test; how many there can
be, and how much is looked through, is bounded.
"""

from __future__ import annotations

import collections
import operator
import sys
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from .codec import CodecError, Decoder, Encoder, Node, empty_like, is_tracked
from .given import Given

MAX_TWINS = 50_000
MAX_LOOKED_THROUGH = 100_000  # items in all, newest containers first
_PLAIN = frozenset({type(None), bool, int, float, str, bytes, complex})
_NOT_SEEN: Any = object()
Changes = list[list[Any]]


class _Twin:
    """One container, and its items when the sides last agreed."""

    __slots__ = ("seen", "value")

    def __init__(self, value: Any) -> None:
        self.value = value
        self.seen: Any = _NOT_SEEN


class Twins:
    """What has crossed between one copy of the candidate and the examiner."""

    # How often a value is counted that nothing else holds: where it lies, and by the counting.
    _alone = 0
    _within = 0

    def __init__(self, given: Given, first: int) -> None:
        self.numbers: dict[int, int] = {}  # by id(): what an Encoder takes
        self.values: dict[int, Any] = {}  # by number: what a Decoder takes
        self._given = given
        self._next = self._first = first
        self._twins: dict[int, _Twin] = {}

    # -- what crosses

    def add(self, values: Iterable[Any]) -> list[Any]:
        """Give numbers to all containers within some values, outermost first; returns them."""
        queue = collections.deque(values)
        seen: set[int] = set()
        found: list[Any] = []
        while queue:
            value = queue.popleft()
            if id(value) in seen or type(value) in _PLAIN:
                continue
            seen.add(id(value))
            if self._is_kept_in_step(value):
                found.append(value)
                if id(value) not in self.numbers and len(self._twins) < MAX_TWINS:
                    self._add(self._next, value)
                    self._next += 2
            queue.extend(_parts(value, self._given))
        return found

    def add_parts(self, value: Any) -> None:
        """Give numbers to the containers within a value, but not to itself."""
        self.add(_parts(value, self._given))

    def _add(self, number: int, value: Any) -> None:
        self.numbers[id(value)] = number
        self.values[number] = value
        self._twins[number] = _Twin(value)

    def _is_kept_in_step(self, value: Any) -> bool:
        return is_tracked(value) or self._given.has_fields(value)

    def held_in(self, box: list[Any]) -> list[Any]:
        """The containers within `box[0]` that are held elsewhere too, or more than once in there.

        Nobody else may hold the value in the box while this looks.
        """
        held = [
            one for one, in_here, more in self._counted(box) if in_here > 1 or more > self._within
        ]
        found: dict[int, Any] = {}
        for one in held:  # what is within is held by that
            if id(one) not in found:
                found[id(one)] = one
                held.extend(_parts(one, self._given))
        return [one for one in found.values() if self._is_kept_in_step(one)]

    def _counted(self, box: list[Any]) -> list[tuple[Any, int, int]]:
        """All that is within a box, how often each lies in there, and how often elsewhere."""
        inside: collections.Counter[int] = collections.Counter()
        order: list[Any] = []
        queue: collections.deque[Any] = collections.deque([box])
        while queue:
            for part in _parts(queue.popleft(), self._given):
                inside[id(part)] += 1
                if inside[id(part)] == 1:
                    order.append(part)
                    queue.append(part)
                del part
        return [(one, inside[id(one)], sys.getrefcount(one) - inside[id(one)]) for one in order]

    # -- staying in step

    def changes(self, encoder: Callable[[], Encoder], always: Iterable[Any] = ()) -> Changes:
        """New contents of what has changed since the last message, and of what is in `always`."""
        sent: Changes = []
        again = {self.numbers[i] for i in map(id, always) if i in self.numbers}
        waiting = list(self._looked_through(again))
        while waiting:
            number = waiting.pop()
            twin = self._twins[number]
            now = _look(twin.value, self._given)
            if number not in again and _is_same(twin.seen, now):
                continue
            again.discard(number)
            newest = self._next
            self.add_parts(twin.value)
            waiting += range(newest, self._next, 2)
            twin.seen = now
            sent.append([number, encoder().body(twin.value)])
        return sent

    def _looked_through(self, wanted: set[int]) -> Iterator[int]:
        left = MAX_LOOKED_THROUGH
        for number in reversed(list(self._twins)):
            twin = self._twins[number]
            left -= _size(twin.value)
            if left >= 0 or twin.seen is _NOT_SEEN or number in wanted:
                yield number

    def take(self, changes: Any, decoder: Decoder) -> list[int]:
        """Bring this side's containers up to date; the numbers that the other side gave up."""
        if type(changes) is not list:
            raise CodecError("malformed changes")
        given_up: list[int] = []
        filled: list[tuple[int, Node]] = []
        for change in changes:
            if type(change) is not list or len(change) != 2 or type(change[0]) is not int:
                raise CodecError("malformed change")
            number, body = change
            if body is None:
                given_up.append(number)
                continue
            if number not in self._twins:
                self._take_new(number, body)
            filled.append((number, body))
        for number, body in filled:
            twin = self._twins[number]
            if type(body) is list and body and str(body[0]).startswith("given-"):
                self._given.fill(twin.value, body, decoder.value)
            else:
                decoder.fill(twin.value, body)
            twin.seen = _look(twin.value, self._given)
        return given_up

    def _take_new(self, number: int, body: Node) -> None:
        if number < 0 or number % 2 == self._first or len(self._twins) >= MAX_TWINS:
            raise CodecError("a change of an unknown container")
        if type(body) is list and body and str(body[0]).startswith("given-"):
            self._add(number, self._given.empty(body))
        else:
            self._add(number, empty_like(body))

    def give_up(self, numbers: Iterable[int]) -> None:
        """The other side holds these no more."""
        for number in numbers:
            twin = self._twins.pop(number, None)
            if twin is not None:
                del self.numbers[id(twin.value)], self.values[number]

    def let_go(self) -> Changes:
        """Give up what nothing on this side holds any more; as changes for the other side."""
        gone: Changes = []
        for number in list(self._twins):
            if self._references(number) == self._alone:
                self.give_up([number])
                gone.append([number, None])
        return gone

    def _references(self, number: int) -> int:
        return sys.getrefcount(self._twins[number].value)


def _parts(value: Any, given: Given) -> Iterable[Any]:
    """What a container holds that may be a container itself."""
    kind = type(value)
    if kind in (list, tuple, collections.deque):
        return [part for part in value if type(part) not in _PLAIN]
    if isinstance(value, dict) and is_tracked(value):
        return [part for part in dict.values(value) if type(part) not in _PLAIN]
    return given.fields_of(value) or ()


def _look(value: Any, given: Given) -> Any:
    """The items of a container as they are now, to be compared with the next time."""
    kind = type(value)
    if kind is bytearray:
        return bytes(value)
    if isinstance(value, dict):
        # An OrderedDict keeps an order of its own.
        items: Any = (
            collections.OrderedDict.items if kind is collections.OrderedDict else dict.items
        )
        return [part for pair in items(value) for part in pair]
    if kind in (list, set, collections.deque):
        return list(value)
    return given.fields_of(value)


def _size(value: Any) -> int:
    return len(value) + 1 if is_tracked(value) else 1


def _is_same(before: Any, now: Any) -> bool:
    if type(now) is bytes:
        return bool(before == now)
    if before is _NOT_SEEN or len(before) != len(now):
        return False
    return all(map(operator.is_, before, now))


_sample = Twins(Given({}), 0)
_sample.add([[]])
Twins._alone = _sample._references(0)
Twins._within = _sample._counted([[]])[0][2]
