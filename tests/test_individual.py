"""Seeds: the same each time, different for each learner, exercise, attempt and key."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from grader.individual import BITS, Learner, seed_of

WHO = st.tuples(st.text(max_size=8), st.text(max_size=8), st.integers(1, 9), st.binary(max_size=8))


def _seed(who):
    learner, exercise, attempt, key = who
    return seed_of(Learner(learner, attempt), exercise, key)


def test_is_the_same_on_every_machine():
    assert _seed(("a7", "price-a-journey", 1, b"harrowdale-1")) == 6807423713007957599


@given(WHO)
def test_has_64_bits(who):
    assert 0 <= _seed(who) < 1 << BITS


@given(WHO, WHO)
def test_differs_when_anything_does(one, other):
    # A key is padded with zeros to the hash's block, so such keys are the same key.
    same = (*one[:3], one[3].rstrip(b"\0")) == (*other[:3], other[3].rstrip(b"\0"))
    assert (_seed(one) == _seed(other)) is same
