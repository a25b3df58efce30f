"""Reference tests of program.py. TODO: they catch every faulty variant, no sound one."""

import pytest
from program import NumberError, answer


@pytest.mark.parametrize(("number", "expected"), [(0, 0), (1, 2), (3, 6), (50, 100)])
def test_twice_the_number(number: int, expected: int) -> None:
    """Clause 1.1."""
    assert answer(number) == expected


def test_nothing_below_0_has_an_answer() -> None:
    """Clause 1.2."""
    with pytest.raises(NumberError):
        answer(-5)
