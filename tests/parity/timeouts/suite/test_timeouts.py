import queue

import pytest
from program import Mailbox, late, wait_for, within


def test_mailbox():
    box = Mailbox()
    box.post("a")
    box.post("b")
    with pytest.raises(queue.Full):
        box.post("c")
    assert (box.take(), box.take()) == ("a", "b")
    with pytest.raises(TimeoutError, match="no letter in time"):
        box.take()


def test_in_time():
    assert within(5, lambda: "done") == "done"


def test_late():
    assert late() == "late"


def test_events():
    assert wait_for(5) is True
    assert wait_for(0) is False
