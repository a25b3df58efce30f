"""Digests don't depend on order and never collide by moving bytes across a boundary."""

from __future__ import annotations

import hashlib

from hypothesis import given, settings
from hypothesis import strategies as st

from grader.catalogue import digest_of

# Few different bytes, so that hypothesis often finds sets whose plain joins are equal.
NAMES = st.text(alphabet="ab\0\udcff", max_size=3)
FILES = st.dictionaries(NAMES, st.text(alphabet="ab\0", max_size=3).map(str.encode), max_size=3)


def test_the_stream_is_each_part_after_its_length() -> None:
    """Digests are kept in gradebooks: the way they are made must not change."""
    stream = b"\0" * 7 + b"\x04a.py" + b"\0" * 7 + b"\x06x = 1\n"
    assert digest_of({"a.py": b"x = 1\n"}) == "sha256:" + hashlib.sha256(stream).hexdigest()


@settings(deadline=None, max_examples=300)
@given(FILES, FILES)
def test_two_sets_have_one_digest_only_when_they_are_equal(
    one: dict[str, bytes], two: dict[str, bytes]
) -> None:
    assert (digest_of(one) == digest_of(two)) == (one == two)


@settings(deadline=None)
@given(FILES)
def test_order_does_not_matter(files: dict[str, bytes]) -> None:
    assert digest_of(dict(reversed(files.items()))) == digest_of(files)


def test_bytes_do_not_move_between_names_and_contents() -> None:
    sets = [{"a": b"bc"}, {"ab": b"c"}, {"a": b"b", "c": b""}, {"abc": b""}, {}, {"": b""}]
    assert len({digest_of(files) for files in sets}) == len(sets)
