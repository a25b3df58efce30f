import unittest
import warnings

import pytest
from program import OldWarning, area, quiet, save


def test_warns():
    with pytest.warns(DeprecationWarning, match="use size"):
        assert area(2, 3) == 6


def test_own_category():
    with pytest.warns(OldWarning) as caught:
        save("a")
    assert len(caught) == 1
    assert str(caught[0].message) == "format a is old"
    assert issubclass(caught[0].category, OldWarning)


def test_no_warning():
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert quiet(1) == 1


def test_turned_into_an_error():
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        with pytest.raises(DeprecationWarning):
            area(1, 1)


def test_deprecated_call():
    with pytest.deprecated_call():
        area(1, 1)


def test_recorded(recwarn):
    area(1, 2)
    assert recwarn.pop(DeprecationWarning).category is DeprecationWarning
    assert len(recwarn) == 0


def test_each_call_warns_again():
    for _ in range(2):
        with pytest.warns(UserWarning):
            quiet(-1)


class TestWarnings(unittest.TestCase):
    def test_assert_warns(self):
        with self.assertWarns(DeprecationWarning):
            area(1, 1)
        with self.assertWarnsRegex(OldWarning, "format b"):
            save("b")
