import logging
import unittest

import pytest
from program import load, process


def test_messages(caplog):
    with caplog.at_level(logging.INFO):
        process([1, -2])
    assert caplog.messages == ["processing 2 items", "skipped -2"]
    assert "skipped" in caplog.text


def test_levels(caplog):
    caplog.set_level("DEBUG")
    process([-1])
    assert [record.levelname for record in caplog.records] == ["INFO", "WARNING"]
    assert caplog.records[1].name == "shop.items"
    assert caplog.record_tuples[1] == ("shop.items", logging.WARNING, "skipped -1")


def test_only_warnings_by_default(caplog):
    process([1, -2])
    assert [record.getMessage() for record in caplog.records] == ["skipped -2"]


def test_exception_is_logged(caplog):
    assert load("x") is None
    record = caplog.records[-1]
    assert record.levelno == logging.ERROR
    assert record.exc_info is not None
    assert "ValueError" in caplog.text


def test_arguments(caplog):
    process([-5])
    assert caplog.records[0].args == (-5,)
    assert caplog.records[0].msg == "skipped %s"
    caplog.clear()
    assert caplog.records == []


class TestLogs(unittest.TestCase):
    def test_assert_logs(self):
        with self.assertLogs("shop.items", level="WARNING") as logs:
            process([-7])
        self.assertEqual(logs.output, ["WARNING:shop.items:skipped -7"])

    def test_assert_no_logs(self):
        with self.assertNoLogs("shop.items", level="WARNING"):
            process([7])


def test_nothing_logged_fails_assert_logs():
    with pytest.raises(AssertionError):
        with unittest.TestCase().assertLogs("shop.items", level="ERROR"):
            process([1])
