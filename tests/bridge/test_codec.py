"""The codec: what it sends it reads back exactly, and what it reads can't hurt the reader."""

from __future__ import annotations

import builtins
import collections
import datetime
import decimal
import fractions
import pathlib
import time
import uuid
import zoneinfo
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from grader.bridge.candidate import codec, frames
from grader.bridge.candidate.codec import (
    MAX_COLLISIONS,
    MAX_DEPTH,
    MAX_NODES,
    MAX_PARTS,
    MAX_RANGE,
    CodecError,
    Decoder,
    Encoder,
    empty_like,
    is_builtin,
)
from grader.bridge.candidate.given import Given
from grader.bridge.candidate.twins import Twins

ZONES = ["Europe/London", "UTC", "America/St_Johns", "Asia/Kathmandu"]


VIEWS: tuple[type, ...] = (type({}.keys()), type({}.values()), type({}.items()))


def refuse(value: object) -> Any:
    raise CodecError(f"{type(value).__name__} is no value")


def there_and_back(value: Any) -> Any:
    """Through nodes and through the bytes of a frame."""
    body = frames.pack(["ok", Encoder(refuse).node(value)])[4:]
    return Decoder(refuse).value(frames.unpack(body)[1])


def exact(value: Any) -> Any:
    """A form in which two values are equal only if they are the same to the last detail."""
    kind = type(value)
    if kind in (list, tuple):
        return kind, tuple(map(exact, value))
    if kind in (set, frozenset):
        return kind, frozenset(map(exact, value))
    if kind is collections.deque:
        return kind, value.maxlen, tuple(map(exact, value))
    if kind in VIEWS:
        return kind, tuple(map(exact, value))
    if isinstance(value, dict):
        factory = getattr(value, "default_factory", None)
        return kind, factory, tuple((exact(k), exact(v)) for k, v in value.items())
    if kind is slice:
        return kind, exact(value.start), exact(value.stop), exact(value.step)
    if kind in (datetime.datetime, datetime.time):
        zone = value.tzinfo
        return kind, value.replace(tzinfo=None, fold=0), value.fold, type(zone), str(zone)
    if kind is int:
        return kind, hex(value)
    if kind is range:
        return kind, hex(value.start), hex(value.stop), hex(value.step)
    return kind, repr(value)


def zones() -> st.SearchStrategy[Any]:
    minutes = st.integers(-1439, 1439)
    offsets = minutes.map(lambda m: datetime.timezone(datetime.timedelta(minutes=m)))
    return st.none() | offsets | st.sampled_from(ZONES).map(zoneinfo.ZoneInfo)


def is_short(value: range) -> bool:
    return not value or abs(value[-1] - value[0]) // abs(value.step) <= MAX_RANGE


def decimals() -> st.SearchStrategy[decimal.Decimal]:
    rare = ["NaN", "-NaN", "sNaN", "sNaN123", "NaN42", "Infinity", "-Infinity", "-0", "0E+10"]
    return st.decimals() | st.sampled_from(rare).map(decimal.Decimal)


def folded(moment: Any) -> st.SearchStrategy[Any]:
    return st.builds(lambda m, f: m.replace(fold=f), moment, st.sampled_from([0, 1]))


WHOLE = (
    st.integers() | st.integers(-(1 << 4000), 1 << 4000) | st.sampled_from([1 << 63, -(1 << 63)])
)
KEYS = (
    st.none()
    | st.booleans()
    | WHOLE
    | st.floats(allow_nan=False)
    | st.text(st.characters(exclude_categories=[]))
    | st.binary()
    | st.dates()
    | st.uuids()
    | st.fractions()
)
LEAVES = (
    KEYS
    | st.floats()
    | st.complex_numbers()
    | st.binary().map(bytearray)
    | st.builds(range, WHOLE, WHOLE, WHOLE.filter(bool)).filter(is_short)
    | st.sampled_from([..., NotImplemented, int, dict, ValueError, len, sorted, type, object])
    | folded(st.datetimes(timezones=zones()))
    | folded(st.times(timezones=zones()))
    | st.timedeltas()
    | zones()
    | decimals()
    | st.sampled_from(["a", "/tmp/x", ".", "a/../b", "naïve"]).map(pathlib.Path)
    | st.sampled_from(["a", "/", "x/y"]).map(pathlib.PurePosixPath)
)


def nested(inner: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    mapping = st.dictionaries(KEYS, inner, max_size=4)
    several = st.lists(inner, max_size=4)
    keys = KEYS | st.lists(KEYS, max_size=3).map(tuple) | st.frozensets(KEYS, max_size=3)
    return (
        several
        | several.map(tuple)
        | st.sets(keys, max_size=4)
        | st.frozensets(keys, max_size=4)
        | st.builds(collections.deque, several, st.none() | st.integers(4, 9))
        | mapping
        | mapping.map(collections.OrderedDict)
        | mapping.map(collections.Counter)
        | st.builds(collections.defaultdict, st.sampled_from([None, int, list, dict]), mapping)
        | mapping.map(dict.keys)
        | mapping.map(dict.values)
        | mapping.map(dict.items)
        | st.builds(slice, inner, inner, inner)
    )


@settings(deadline=None, max_examples=150)
@given(st.recursive(LEAVES, nested, max_leaves=12))
@example("\ud800\udc00")
@example("\ud83d\ude00 and \U0001f600")
@example([-0.0, float("nan"), float("-inf"), 1e-320])
@example([1 << 63, -(1 << 63), (1 << 63) - 1, 10**5000])
@example({1: "a", "1": "b", b"1": "c"})
@example(collections.OrderedDict(b=1, a=2))
def test_a_value_comes_back_exactly_as_it_was(value: Any) -> None:
    assert exact(there_and_back(value)) == exact(value)


def test_a_nan_stays_one_among_equals() -> None:
    back = there_and_back([float("nan"), decimal.Decimal("sNaN")])
    assert back[0] != back[0]
    assert back[1].is_snan()


TAGS = st.sampled_from(
    "list tuple set frozenset dict ordereddict counter defaultdict deque bytearray slice @ int "
    "bytes complex range ellipsis notimplemented date datetime time timedelta timezone decimal "
    "dictkeys dictvalues dictitems fraction uuid path purepath builtin offset zone nonsense".split()
)


JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text(max_size=8)
    | st.sampled_from(
        ["9" * 400, "NaN", "2020-01-01", "Europe/London", "../../etc/passwd", "eval"]
    ),
    lambda inner: (
        st.lists(inner, max_size=5)
        | st.dictionaries(st.text(max_size=3), inner, max_size=2)
        | st.builds(lambda tag, rest: [tag, *rest], TAGS, st.lists(inner, max_size=4))
    ),
    max_leaves=12,
)


@settings(deadline=None, max_examples=150)
@given(JSON)
@example(["@"])
@example(["@", -1])
@example(["@", True])
@example(["deque"])
@example(["defaultdict"])
@example(["bytearray"])
@example(["int"])
@example(["timezone", []])
@example(["timezone", ["zone"]])
@example(["timezone", ["zone", "/etc/passwd"]])
@example(["datetime", "2020-01-01", 0, ["offset", 1 << 80, 0, 0]])
@example(["range", 0, 1, 0])
@example(["fraction", 1, 0])
@example(["decimal", "sNaN"])
@example(["set", ["list"]])
@example(["frozenset", ["decimal", "sNaN"]])
@example(["deque", -1, 1, 2])
@example(["deque", ["int", "f" * 40]])
@example(["uuid", "z"])
@example(["path", "\x00"])
@example(["bytes", "\u2603"])
@example([["list"], 1])
@example([])
@example({"list": 1})
def test_a_reader_survives_any_json(node: Any) -> None:
    try:
        Decoder(refuse, {0: [], 1: {}}).value(node)
    except CodecError:
        pass


@settings(deadline=None, max_examples=150)
@given(JSON, st.sampled_from([list, dict, set, bytearray]))
@example(["bytearray"], bytearray)
@example(["dict", 1], dict)
@example(["set", ["list"]], set)
@example(None, list)
def test_contents_of_a_shared_container_survive_any_json(node: Any, kind: type) -> None:
    container = kind()
    try:
        Decoder(refuse).fill(container, node)
    except CodecError:
        pass
    assert type(container) is kind


def test_what_is_nested_too_deep_is_refused_by_both_sides() -> None:
    value: Any = 1
    node: Any = 1
    for _ in range(MAX_DEPTH + 10):
        value, node = [value], ["list", node]
    with pytest.raises(CodecError, match="nested more than 100 levels"):
        Encoder(refuse).node(value)
    with pytest.raises(CodecError, match="too large or too deep"):
        Decoder(refuse).value(node)


def test_what_is_as_deep_as_may_be_sent_can_be_read() -> None:
    value: Any = ()
    for _ in range(MAX_DEPTH):
        value = [value]
    assert there_and_back(value) == value


def test_a_reader_that_refers_to_itself_without_end_stops() -> None:
    def again(node: list[Any]) -> Any:
        return Decoder(again).value(node)

    with pytest.raises(CodecError):
        Decoder(again).value(["nonsense"])


@pytest.mark.slow
def test_too_many_objects_are_refused_by_both_sides() -> None:
    with pytest.raises(CodecError, match="holds more than 500,000 objects"):
        Encoder(refuse).node([()] * (MAX_NODES + 1))
    with pytest.raises(CodecError, match="holds more than 2,000,000 values"):
        Encoder(refuse).node([0] * (MAX_PARTS + 1))
    shared = [0] * 10_000
    with pytest.raises(CodecError, match="holds more than"):
        Encoder(refuse).node([[shared] * 100, [shared] * 100, [shared] * 100])
    with pytest.raises(CodecError, match="too large"):
        Decoder(refuse).value(["list", *[["list"]] * MAX_NODES])
    with pytest.raises(CodecError, match="too many parts"):
        Decoder(refuse).value(["list", *[0] * (MAX_PARTS + 1)])


def test_a_container_that_holds_itself_cannot_be_a_value() -> None:
    value: list[Any] = []
    value.append(value)
    with pytest.raises(CodecError, match="nested more than"):
        Encoder(refuse).node(value)


TAGS_WITH_KEYS = "set frozenset dict counter ordereddict dictkeys dictitems".split()


@pytest.mark.parametrize("tag", TAGS_WITH_KEYS)
def test_keys_that_all_have_one_hash_are_refused_before_they_cost_time(tag: str) -> None:
    same = [["int", format(k * ((1 << 61) - 1), "x")] for k in range(1, 40_001)]
    nodes: list[Any] = [part for key in same for part in (key, 0)]
    if tag in ("set", "frozenset", "dictkeys"):
        nodes = same
    if tag == "dictitems":
        nodes = [["tuple", key, 0] for key in same]
    began = time.process_time()
    with pytest.raises(CodecError, match="same hash"):
        Decoder(refuse).value([tag, *nodes])
    assert time.process_time() - began < 20  # of the processor; square time is over a minute


def test_a_few_colliding_keys_are_no_attack() -> None:
    keys = {k * ((1 << 61) - 1) for k in range(MAX_COLLISIONS)}
    assert there_and_back(keys) == keys


def test_an_odd_number_of_parts_is_no_dict() -> None:
    with pytest.raises(CodecError, match="a key without a value"):
        Decoder(refuse).value(["dict", 1])


def test_decimals_of_absurd_length_are_refused() -> None:
    with pytest.raises(CodecError, match="Decimal of this length"):
        Decoder(refuse).value(["decimal", "9" * 30_000])


class OddZone(datetime.tzinfo):
    def utcoffset(self, _moment: Any) -> datetime.timedelta:
        return datetime.timedelta(hours=1)

    dst = utcoffset

    def tzname(self, _moment: Any) -> str:
        return "odd"


def test_a_time_zone_of_ones_own_making_is_not_sent_as_a_value() -> None:
    with pytest.raises(CodecError, match="time zone of this kind"):
        Encoder(refuse).node(datetime.datetime(2024, 1, 1, tzinfo=OddZone()))


# -- built-in types and functions


def test_built_ins_that_cross_as_themselves_are_a_closed_set() -> None:
    assert is_builtin(int)
    assert is_builtin(KeyError)
    assert is_builtin(sorted)
    assert not is_builtin(decimal.Decimal)
    assert not is_builtin(time.time)
    assert not is_builtin([].append)
    assert not is_builtin(lambda: 0)
    assert not is_builtin(5)


@pytest.mark.parametrize(
    "name",
    ["eval", "exec", "compile", "open", "input", "__import__", "breakpoint", "globals", "locals",
     "vars", "getattr", "setattr", "delattr", "exit", "quit", "help"],
)  # fmt: skip
def test_built_ins_that_reach_further_than_their_arguments_never_arrive(name: str) -> None:
    assert not is_builtin(getattr(builtins, name))
    for node in (["builtin", name], ["defaultdict", name]):
        with pytest.raises(CodecError):
            Decoder(refuse).value(node)


@pytest.mark.parametrize(
    "name", ["__build_class__", "__loader__", "__name__", "True", "nothing", ""]
)
def test_other_names_of_the_builtins_module_are_refused(name: str) -> None:
    with pytest.raises(CodecError, match="not a built-in"):
        Decoder(refuse).value(["builtin", name])


def test_a_defaultdict_makes_only_plain_values() -> None:
    assert there_and_back(collections.defaultdict(list)).default_factory is list
    for factory in ("list", ["list"], ["bytes", "x"], 5):
        with pytest.raises(CodecError):
            Decoder(refuse).value(["defaultdict", factory])


def test_a_class_in_disguise_is_no_built_in() -> None:
    fake = type("int", (int,), {})
    assert not is_builtin(fake)


# -- containers that both sides hold


def write_and_read(values: list[Any]) -> list[Any]:
    """What the other side holds once values have crossed."""
    ours, theirs = Twins(Given({}), 0), Twins(Given({}), 1)
    ours.add(values)
    node = Encoder(refuse, ours.numbers).node([*values])
    changes = ours.changes(lambda: Encoder(refuse, ours.numbers))
    decoder = Decoder(refuse, theirs.values)
    theirs.take(changes, decoder)
    return decoder.value(node)  # type: ignore[no-any-return]


def test_one_list_passed_twice_is_one_list() -> None:
    row = [1]
    one, two, grid = write_and_read([row, row, {"rows": [row, (row,)]}])
    assert one is two is grid["rows"][0] is grid["rows"][1][0]


def test_equal_lists_stay_apart() -> None:
    one, two = write_and_read([[1], [1]])
    assert one == two
    assert one is not two


def test_arguments_may_hold_themselves() -> None:
    loop: list[Any] = [1]
    table: dict[str, Any] = {"loop": loop}
    loop.append(table)
    (got,) = write_and_read([loop])
    assert got[1]["loop"] is got
    assert got[0] == 1


def test_only_changeable_containers_are_shared() -> None:
    values = [[1], {2: 3}, {4}, bytearray(b"5"), (6,), frozenset({7}), collections.deque([8]), "9"]
    shared = Twins(Given({}), 0).add(values)
    assert [type(found).__name__ for found in shared] == [
        "list", "dict", "set", "bytearray", "deque",
    ]  # fmt: skip


def test_contents_of_another_kind_are_refused() -> None:
    container = [1]
    with pytest.raises(CodecError, match="another kind"):
        Decoder(refuse).fill(container, ["dict"])
    assert container == [1]


def test_contents_that_refer_to_other_shared_containers() -> None:
    one: list[Any] = []
    two = {"a": 1}
    Decoder(refuse, {0: one, 1: two}).fill(one, ["list", ["@", 1], ["@", 0]])
    assert one[0] is two
    assert one[1] is one


@pytest.mark.parametrize("node", [None, [], ["tuple"], ["builtin", "int"], "list", {}])
def test_only_containers_can_be_made_empty(node: Any) -> None:
    with pytest.raises(CodecError, match="not a container"):
        empty_like(node)


def test_ids_are_not_mixed_up_with_uuids() -> None:
    value = uuid.UUID(int=5)
    assert there_and_back([value, fractions.Fraction(1, 3)]) == [value, fractions.Fraction(1, 3)]


@pytest.mark.parametrize(
    "value",
    [
        range(10**18),
        decimal.Decimal("1E+999999"),
        decimal.Decimal("1E-999999"),
        1 << 1_000_001,
        fractions.Fraction(1, 1 << 20_001),
    ],
    ids=["range", "decimal", "tiny", "int", "fraction"],
)
def test_small_values_that_are_endless_to_compute_with_are_refused(value: Any) -> None:
    with pytest.raises(CodecError, match="cannot be sent"):
        Encoder(refuse).node(value)


@pytest.mark.parametrize(
    "node",
    [
        ["range", 0, 10**18, 1],
        ["decimal", "1E+999999"],
        ["int", "f" * 250_001],
        ["fraction", ["int", "f" * 5_001], 7],
    ],
)
def test_such_values_are_refused_on_arrival_too(node: Any) -> None:
    with pytest.raises(CodecError):
        Decoder(refuse).value(node)


def test_many_time_zones_cost_one_look_at_the_system(monkeypatch: pytest.MonkeyPatch) -> None:
    looks: list[set[str]] = []
    every = zoneinfo.available_timezones()
    monkeypatch.setattr(zoneinfo, "available_timezones", lambda: looks.append(every) or every)
    codec._zones.cache_clear()
    zone = ["timezone", ["zone", "Europe/London"]]
    found = Decoder(refuse).value(["list", *[zone] * 20_000])
    assert len(found) == 20_000
    assert len(looks) == 1
