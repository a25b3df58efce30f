"""Hidden suite. TODO: tests for each clause that keep clear of the other clauses.

A docstring is the one sentence that the learner reads when the test fails. What a behaviour is
worth stands in behaviours.toml.
"""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from program import NumberError, answer


@pytest.mark.behaviour("twice")
@pytest.mark.feedback("$id.1")
def test_larger_numbers() -> None:
    """The answer to a larger number is twice that number."""
    assert [answer(number) for number in (7, 30, 1000)] == [14, 60, 2000]


@pytest.mark.behaviour("twice")
@given(st.integers(0, 10**6))
@example(0)
@example(2)
def test_any_number(number: int) -> None:
    """The answer is twice the number, whichever it is."""
    assert answer(number) == number + number


@pytest.mark.behaviour("refused")
@pytest.mark.hint("What is the smallest number that has an answer?")
def test_numbers_below_0_are_refused() -> None:
    """A number below 0 raises NumberError, and 0 does not."""
    for number in (-1, -2, -900):
        with pytest.raises(NumberError):
            answer(number)
    assert answer(0) == 0
