"""A law: whatever the bytes, a reader gives its data or one sentence, and nothing else."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from grader.bridge.artefacts.csv_table import table_of
from grader.bridge.artefacts.debugging import commands_of
from grader.bridge.artefacts.html_page import html_of
from grader.bridge.artefacts.malformed import Malformed
from grader.bridge.artefacts.markdown_page import page_of
from grader.bridge.artefacts.mermaid_text import diagram_of
from grader.bridge.artefacts.nested import json_of, toml_of
from grader.bridge.artefacts.plain_text import text_of
from grader.bridge.artefacts.sql_script import statements_of
from grader.bridge.artefacts.trying import UNREADABLE, read

HEADS = {
    text_of: ["", "a\r\nb"],
    table_of: ["a,b\n", '"a","b"\r\n1,'],
    toml_of: ["a = ", "[a]\n[[b]]\nc = 2026-04-01T"],
    json_of: ['{"a": ', '[1.5e3, "'],
    page_of: ["# a\n", "| a | b |\n|--|--|\n| ", "1. a\n   - b\n"],
    html_of: ["<p>", "<!doctype html><table><tr>", "<svg><![CDATA["],
    diagram_of: ["graph LR\n", "sequenceDiagram\n", "classDiagram\nclass A {\n", "erDiagram\n"],
    statements_of: ["select ", "create trigger a begin ", "-- name: Q1\n"],
    commands_of: ["b a.py:1, ", "p ", "c\n"],
}
CHARACTERS = "\"'`[]{}()<>|,;:=#*-_+.!&\\/\n\r\t x1"
PIECES = st.sampled_from([*CHARACTERS, "--", "-->", "end\n", "\0", "é", "</", "\ud800"])
TEXTS = st.lists(PIECES, max_size=40).map("".join)


@pytest.mark.parametrize("parse", HEADS, ids=lambda parse: parse.__module__.rpartition(".")[2])
def test_text_like_its_own(parse):
    @settings(max_examples=60, database=None, deadline=None, derandomize=True)
    @given(st.sampled_from(HEADS[parse]), TEXTS)
    def holds(head, text):
        _gives_or_says(parse, (head + text).encode("utf-8", "surrogatepass"))

    holds()


@settings(max_examples=80, database=None, deadline=None, derandomize=True)
@given(st.binary(max_size=60), st.sampled_from(list(HEADS)))
@example(b"\x00", text_of)
@example(b"\xef\xbb\xbf", table_of)
def test_any_bytes(data, parse):
    _gives_or_says(parse, data)


def _gives_or_says(parse, data):
    try:
        parse(data)
    except Malformed as problem:
        said = problem.sentence("work.txt")
        assert said.startswith("work.txt")
        assert said.isprintable()


@settings(
    max_examples=20,
    database=None,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(st.binary(max_size=60), st.sampled_from(list(HEADS)))
def test_tried_out_first_says_the_same(data, parse):
    def result(function):
        try:
            return True, repr(function()) if parse is not html_of else ""
        except Malformed as problem:
            return False, problem.sentence("a")

    assert result(lambda: read(parse, data)) == result(lambda: parse(data))


def test_a_parser_that_gives_up_is_told_as_the_file_and_noted():
    def parse(_data):
        return [][0]

    notes = []
    with pytest.raises(Malformed) as caught:
        read(parse, b"x", notes.append)
    assert caught.value.text == UNREADABLE
    assert "IndexError" in notes[0]
