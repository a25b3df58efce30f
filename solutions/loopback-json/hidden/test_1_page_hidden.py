"""Hidden suite for `read_page`: section 1 of feed-api.md. No network is needed here."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any

import pytest
from feed import FeedError, FeedTimeout, Page, Train
from hypothesis import example, given
from hypothesis import strategies as st
from status_client import read_page

AT = "2026-10-24T21:07:05Z"
BUS = {"id": "NX-7", "to": "Cawl Bridge", "state": "late", "minutes_late": 61}
TRAM = {"id": "NX-8", "to": "Ō – Pier 2", "state": "on time", "minutes_late": 0}
GONE = {"id": "NX-9", "to": "", "state": "cancelled", "minutes_late": 12}
PLAIN_ERRORS = (ArithmeticError, AttributeError, LookupError, TypeError, ValueError)


def body(*trains: Any, **changes: Any) -> bytes:
    """Return a page with these trains; other fields as they are named."""
    content = {"generated_at": AT, "trains": [*trains], "next": None, **changes}
    return json.dumps(content, ensure_ascii=False).encode()


def without(content: dict[str, Any], name: str) -> dict[str, Any]:
    """Return an object without one of its fields."""
    return {key: value for key, value in content.items() if key != name}


def message(content: bytes) -> str:
    """Return the message of the FeedError that a page ends in."""
    with pytest.raises(FeedError) as caught:
        read_page(content)
    assert not isinstance(caught.value, FeedTimeout)
    return str(caught.value)


# 1.1 and 1.6: what a page says --------------------------------------------------------------------


@pytest.mark.behaviour("reads-a-page")
def test_page_with_all_it_says() -> None:
    """A page gives its time, every train in the feed's order, and its link."""
    found = read_page(body(BUS, TRAM, GONE, next="?page=9"))
    assert isinstance(found, Page)
    assert found.generated_at == datetime(2026, 10, 24, 21, 7, 5, tzinfo=UTC)
    assert list(found.trains) == [Train(**BUS), Train(**TRAM), Train(**GONE)]
    assert found.next == "?page=9"


@pytest.mark.clause("1.3")
@pytest.mark.behaviour("reads-a-page")
def test_last_page_without_trains() -> None:
    """A page may have no trains at all, and the last page has no link."""
    found = read_page(body())
    assert list(found.trains) == []
    assert found.next is None


@pytest.mark.behaviour("reads-a-page")
@pytest.mark.hint("Try a page with many trains, and one with the same train twice.")
@given(
    trains=st.lists(
        st.builds(
            Train,
            st.text(max_size=8),
            st.text(max_size=8),
            st.sampled_from(["on time", "late", "cancelled"]),
            st.integers(0, 2000),
        ),
        max_size=8,
    )
)
@example(trains=[Train(**BUS), Train(**TRAM), Train(**BUS)])
def test_any_trains(trains: list[Train]) -> None:
    """Whatever trains a page has, they come out as they went in, none left out or joined."""
    found = read_page(body(*(vars(train) for train in trains)))
    assert list(found.trains) == trains


@pytest.mark.behaviour("ignores-what-it-does-not-know")
def test_further_fields() -> None:
    """Fields that the client does not know are ignored, in the page and in a train."""
    found = read_page(body({"platform": None, **BUS, "crew": [1, 2]}, version=3, links={}))
    assert list(found.trains) == [Train(**BUS)]


# 1.2: no JSON -------------------------------------------------------------------------------------


@pytest.mark.behaviour("no-json")
def test_no_json() -> None:
    """A body that is not JSON is a FeedError: HTML, half a page, nothing."""
    whole = body(BUS, TRAM)
    for content in (b"<!DOCTYPE html>", whole[:-1], whole[:25], b"", b"   ", whole + b"}"):
        message(content)


@pytest.mark.behaviour("no-json")
@pytest.mark.hint("Which error does `b'\\xe9'.decode()` raise? Is it on the list of your `except`?")
def test_no_utf_8() -> None:
    """A body that is not UTF-8 is a FeedError."""
    message(body(BUS).replace(b"Cawl", b"C\xe9wl"))


# 1.3 and 1.5: missing fields ----------------------------------------------------------------------


@pytest.mark.behaviour("field-missing")
@pytest.mark.feedback("loopback-json.4")
def test_missing_field_is_no_plain_error() -> None:
    """A page that lacks a field does not end in a plain KeyError or TypeError."""
    read_page(body(BUS))
    pages = [without(json.loads(body(BUS)), name) for name in ("generated_at", "trains", "next")]
    pages += [json.loads(body(without(BUS, name))) for name in BUS]
    ends = []
    for content in pages:
        try:
            read_page(json.dumps(content).encode())
        except FeedError:
            continue
        except PLAIN_ERRORS as error:
            ends.append(error)
    assert ends == []


@pytest.mark.behaviour("field-missing")
def test_field_of_the_page_is_missing() -> None:
    """A page that lacks a field is a FeedError that names the field."""
    for name in ("generated_at", "trains", "next"):
        content = without(json.loads(body(BUS)), name)
        assert name in message(json.dumps(content).encode())


@pytest.mark.clause("1.5")
@pytest.mark.behaviour("field-missing")
def test_field_of_a_train_is_missing() -> None:
    """A train that lacks a field is a FeedError that names the train's place and the field."""
    for name in BUS:
        assert f"trains[2].{name}" in message(body(BUS, TRAM, without(GONE, name)))
        assert f"trains[0].{name}" in message(body(without(BUS, name), TRAM))


# 1.4 and 1.5: fields of another type --------------------------------------------------------------


@pytest.mark.behaviour("field-of-another-type")
def test_page_is_no_object() -> None:
    """A page must be a JSON object."""
    for content in (b"[]", b"null", b'"generated_at"', b"3"):
        message(content)


@pytest.mark.behaviour("field-of-another-type")
def test_field_of_the_page_has_another_type() -> None:
    """A field of the page that has another type is a FeedError that names the field."""
    wrong: dict[str, list[Any]] = {
        "trains": [{}, None, "NX-7", 0],
        "next": [2, False, ["?page=2"], {}],
        "generated_at": [None, 1_772_000_000, [AT]],
    }
    for name, values in wrong.items():
        for value in values:
            assert name in message(body(**{name: value}))


@pytest.mark.behaviour("field-of-another-type")
def test_train_is_no_object() -> None:
    """A train must be a JSON object; the message names its place."""
    for value in (None, "NX-7", ["NX-7", "Cawl Bridge", "late", 61], 7):
        assert "trains[1]" in message(body(BUS, value))


@pytest.mark.behaviour("field-of-another-type")
def test_text_of_a_train_has_another_type() -> None:
    """A train's `id` or `to` that is no text is a FeedError that names its place."""
    for name, value in (("id", 7), ("id", None), ("to", None), ("to", ["Cawl Bridge"])):
        assert f"trains[1].{name}" in message(body(BUS, {**TRAM, name: value}))


@pytest.mark.behaviour("field-of-another-type")
@pytest.mark.hint("There are three words, and nothing else is a state: no capital, no space more.")
def test_state_that_is_none() -> None:
    """A `state` that is not one of the three words is a FeedError that names its place."""
    for value in ("Late", "late ", "delayed", "", None, ["late"], {}, 1):
        assert "trains[1].state" in message(body(BUS, {**TRAM, "state": value}))


@pytest.mark.behaviour("field-of-another-type")
@pytest.mark.hint("Which values that are no whole number does Python take for one all the same?")
def test_minutes_that_are_none() -> None:
    """Minutes that are no whole number from 0 up are a FeedError that names their place."""
    for value in ("61", "", 61.5, 61.0, True, False, None, -1, [61]):
        assert "trains[1].minutes_late" in message(body(BUS, {**TRAM, "minutes_late": value}))


# 1.4: times ---------------------------------------------------------------------------------------


@pytest.mark.behaviour("times")
@pytest.mark.feedback("loopback-json.5")
def test_time_zone_counts() -> None:
    """A time is read with its zone: the same moment may be written in many ways."""
    for text in ("22:07:05+01:00", "16:37:05-04:30", "21:07:05+00:00"):
        found = read_page(body(BUS, generated_at=f"2026-10-24T{text}")).generated_at
        assert found == datetime(2026, 10, 24, 21, 7, 5, tzinfo=UTC)


@pytest.mark.behaviour("times")
def test_no_time() -> None:
    """Text that is no time with a zone is a FeedError that names the field."""
    for text in ("2026-10-24T21:07:05", "2026-10-24", "2026-10-32T21:07:05Z", "just now", ""):
        assert "generated_at" in message(body(BUS, generated_at=text))
