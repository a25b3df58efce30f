"""The worked examples of the ticket. Read them and run them, but leave them as they are."""

import pytest
from program import NumberError, answer


@pytest.mark.clause("1.1")
def test_answer_to_21() -> None:
    """The answer to 21 is 42."""  # TODO: an example for each clause, none of them a hidden input
    assert answer(21) == 42


@pytest.mark.clause("1.2")
def test_number_below_0() -> None:
    """There is no answer to -1."""
    with pytest.raises(NumberError):
        answer(-1)
