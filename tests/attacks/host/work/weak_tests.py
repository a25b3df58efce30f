"""A test that passes with most programs and shows little."""

import solution


def test_there_is_a_program():
    assert solution.__name__ == "solution"
