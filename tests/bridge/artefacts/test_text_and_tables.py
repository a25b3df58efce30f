"""Text, CSV, TOML and JSON: what they give, and what a learner reads when they can't be read."""

from __future__ import annotations

import datetime

import msgspec
import pytest

from grader.bridge.artefacts.csv_table import table_of
from grader.bridge.artefacts.malformed import Malformed
from grader.bridge.artefacts.nested import json_of, shaped, toml_of
from grader.bridge.artefacts.plain_text import text_of


def test_text_has_plain_line_ends():
    assert text_of(b"\xef\xbb\xbfone\r\ntwo\rthree\n") == "one\ntwo\nthree\n"


def test_csv_tells_where_rows_start():
    table = table_of(b'name,note\r\n\r\nA,"two\r\nlines"\r\nB,"say ""hi"""\r\n')
    assert table.header == ("name", "note")
    assert [(row.line, dict(row)) for row in table.rows] == [
        (3, {"name": "A", "note": "two\r\nlines"}),
        (5, {"name": "B", "note": 'say "hi"'}),
    ]
    assert (table.newline, table.bom, table.column("name")) == ("\r\n", False, ["A", "B"])


@pytest.mark.parametrize(
    ("data", "newline"),
    [(b"a,b", ""), (b"a,b\n1,2", "\n"), (b"a\r\n1\n", "mixed"), (b"a\r1", "\r")],
)
def test_csv_tells_its_line_ends(data, newline):
    assert table_of(data).newline == newline


def test_csv_may_use_another_delimiter():
    assert table_of(b"a;b\n1;2\n", delimiter=";").rows[0] == {"a": "1", "b": "2"}


class Story(msgspec.Struct):
    role: str
    points: int


class Stories(msgspec.Struct):
    story: tuple[Story, ...]


def test_toml_keeps_dates_and_fits_a_shape():
    found = toml_of(b'day = 2026-04-01\n[[story]]\nrole = "farmer"\npoints = 3\n')
    assert found["day"] == datetime.date(2026, 4, 1)
    assert shaped({"story": found["story"]}, Stories).story[0].role == "farmer"
    with pytest.raises(Malformed, match=r"`points`: expected a whole number, found the text"):
        shaped({"story": [{"role": "x", "points": "3"}]}, Stories)
    with pytest.raises(Malformed, match="must hold one table"):
        shaped([1], Stories)
    with pytest.raises(Malformed, match="and 2 more like this"):
        shaped({"story": [], "a": 1, "b": 2, "c": 3, "d": 4, "e": 5}, Stories)


def test_json_keeps_whole_numbers():
    assert json_of(b'{"a": [1, 2.5, null, true, "\\u00e9", 123456789012345678901]}') == {
        "a": [1, 2.5, None, True, "é", 123456789012345678901]
    }


DEEP = 100_000
WRONG = [
    (text_of, b"a\nb\xff\n", "work.txt, line 2: the line holds a byte that isn't UTF-8; save"),
    (text_of, "hello".encode("utf-16"), "work.txt is saved as UTF-16; save it with the encoding"),
    (text_of, b"a\nb\0\n", "work.txt, line 2: the line holds a NUL character; save"),
    (text_of, b"PK\x03\x04zip", "work.txt isn't a text file; save your work as plain text"),
    (text_of, b"a" * 2_000_001, "work.txt is 2,000,001 bytes long and at most 2,000,000 are"),
    (text_of, b"\n" * 100_001, "work.txt has 100,002 lines and at most 100,000 are read"),
    (text_of, b"a\n" + b"b" * 30_000, "work.txt, line 2: the line is 30,000 characters long"),
    (table_of, b" \n".strip(), "work.txt is empty; its first line must name the columns"),
    (table_of, b"a,b\n1,2\n3\n", "work.txt, line 3: the row has 1 cell and the header has 2; a"),
    (table_of, b"a,b\n1,2\n3,4,5\n", "work.txt, line 3: the row has 3 cells and the header has 2"),
    (table_of, b'a\n1\n"b\nc', 'work.txt, line 3: a cell that begins with " here is never closed'),
    (table_of, b'a\n"b"c\n', 'work.txt, line 2: a closing " must be followed by a comma'),
    (table_of, b"a;b\n1;2\n", "work.txt, line 1: the columns are separated by semicolons; use"),
    (table_of, b"a,b,a\n", "work.txt, line 1: the column `a` is there twice; name it once"),
    (table_of, b"a\nx\0y\n", "work.txt, line 2: the line holds a NUL character; save"),
    (table_of, b"a\n" + b"x" * 20_001, "work.txt, line 2: a cell is longer than the 20,000 char"),
    (table_of, b"a\n" + b"x\n" * 20_001, "work.txt is longer than the 20,000 rows that are read"),
    (table_of, b"a," * 300, "work.txt, line 1: the row has more than 200 cells"),
    (lambda d: table_of(d, ["b"]), b"a,c\n", "work.txt, line 1: the column `b` is missing; found"),
    (toml_of, b"a = 1\nb = yes\n", "work.txt, line 2: this isn't TOML (Invalid value); text"),
    (toml_of, b'a = "b\n', "work.txt, line 1: this isn't TOML (Illegal character '\\n')"),
    (toml_of, b"[a", "work.txt, line 1: this isn't TOML (Expected ']' at the end of a table"),
    (toml_of, b"a = " + b"[" * DEEP, "work.txt is too large or too deeply nested to be read"),
    (toml_of, b"a" + b".a" * 500 + b" = 1", "work.txt is nested more than 40 levels deep; make"),
    (toml_of, b"a = 2026-02-30", "work.txt, line 1: this isn't TOML (Invalid date or datetime)"),
    (json_of, b'{"a": 1,}', "work.txt, line 1: this isn't JSON (Illegal trailing comma|Expecting"),
    (json_of, b'{"a": 1,\n"a": 2}', "work.txt holds the key `a` twice in one object; keep one"),
    (json_of, b"[NaN]", "work.txt holds NaN, which is no JSON; write a number or null"),
    (json_of, b"[1e999]", "work.txt holds a number that is too large; write a smaller one"),
    (json_of, b"[" + b"9" * 5_000 + b"]", "work.txt holds a number that is too long; shorten it"),
    (json_of, b'["\\ud800"]', "work.txt holds half a character in `\\ud800`; write the whole"),
    (json_of, b"[" * DEEP, "work.txt is too large or too deeply nested to be read"),
    (json_of, b"[" * 60 + b"]" * 60, "work.txt is nested more than 40 levels deep; make it flat"),
    (json_of, b"[" + b"1," * 100_000 + b"1]", "work.txt holds more than 100,000 values; make it"),
    (json_of, b"\xff\xfe[\0", "work.txt is saved as UTF-16; save it with the encoding UTF-8"),
]


@pytest.mark.parametrize(("parse", "data", "sentence"), WRONG, ids=range(len(WRONG)))
def test_what_a_learner_reads(parse, data, sentence, told):
    start, _, other = sentence.partition("|")
    said = told(parse, data)
    assert said.startswith(start) or (other and other in said), said
