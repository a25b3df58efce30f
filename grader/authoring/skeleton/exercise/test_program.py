"""Your own tests of program.py. One is here to start with: add what you want to be sure of."""

from program import answer


def test_answer_to_one() -> None:
    """Clause 1.1. TODO: an example that catches no faulty variant, if own tests decide."""
    assert answer(1) == 2
