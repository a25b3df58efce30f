"""Files made to take long are refused in words."""

from __future__ import annotations

import signal
import threading
import time

import pytest

from grader.bridge.artefacts import bounded
from grader.bridge.artefacts.html_page import html_of
from grader.bridge.artefacts.malformed import Malformed
from grader.bridge.artefacts.markdown_page import page_of
from grader.bridge.artefacts.nested import json_of, toml_of


@pytest.mark.parametrize(
    ("reader", "data"),
    [(page_of, b"[" * 199_000), (page_of, b"*_" * 99_000), (html_of, b"<div>" * 59_000)],
    ids=["brackets", "stars", "depth"],
)
def test_a_file_that_takes_long_is_given_up(reader, data, monkeypatch):
    monkeypatch.setattr(bounded, "SECONDS", 0.2)
    began = time.process_time()
    with pytest.raises(Malformed, match="takes too long to read"):
        reader(data)
    assert time.process_time() - began < 3


@pytest.mark.parametrize("reader", [json_of, toml_of])
def test_depth_without_end_is_refused(reader):
    with pytest.raises(Malformed, match="nested more than 40 levels deep"):
        reader(b"a = " * (reader is toml_of) + b"[" * 400_000)


def test_a_key_of_very_many_parts_is_refused():
    with pytest.raises(Malformed, match="the line has more than 200 dots"):
        toml_of(b".".join([b"a"] * 400_000) + b" = 1")


def test_nothing_is_left_of_the_clock():
    before = signal.getsignal(signal.SIGVTALRM)
    assert page_of(b"# A\n").every("paragraphs") == []
    assert signal.getitimer(signal.ITIMER_VIRTUAL) == (0.0, 0.0)
    assert signal.getsignal(signal.SIGVTALRM) is before


def test_another_thread_reads_without_a_clock():
    found = []
    thread = threading.Thread(target=lambda: found.append(json_of(b"[1]")))
    thread.start()
    thread.join()
    assert found == [[1]]
