"""A disk that takes no more: what doesn't fit is refused whole, and everything else stays."""

from __future__ import annotations

import pytest

from grader.errors import UsageError


@pytest.fixture
def fill(book):
    """Let the file grow no further, as on a full disk; call what is returned to make room."""

    def do():
        (pages,) = next(iter(book._db.execute("pragma page_count")))
        book._db.execute(f"pragma max_page_count = {pages}")
        return lambda: book._db.execute("pragma max_page_count = 100000")

    return do


def test_what_does_not_fit_is_refused_whole(book, hand_in, key, result, fill):
    kept = book.attempt(hand_in()).id
    book.save(kept, key, result())
    make_room = fill()
    large = hand_in("heron-2", text=bytes(range(256)) * 400)
    with pytest.raises(UsageError, match=r"gradebook.db. can't be written: .* full"):
        book.attempt(large)
    assert book.apprentices() == ("heron-1",)
    with pytest.raises(UsageError, match="full"):
        _save_for_long(book, kept, key, result())
    (standing,) = book.results()
    assert standing.result == result()
    make_room()
    book.save(book.attempt(large).id, key, result())
    assert len(list(book.results())) == 2


def _save_for_long(book, attempt, key, result):
    for _ in range(100):
        book.save(attempt, key, result)
