"""Encodings of Python source: the clean text stands for the same program, or it is refused."""

from __future__ import annotations

import ast
import io
import tokenize

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from grader.submission import clean_source

pytestmark = pytest.mark.interpreter


def refusal(data: bytes) -> str:
    clean = clean_source(data)
    assert clean.text is None
    assert clean.remarks[-1].level == "refused"
    return clean.remarks[-1].text


@pytest.mark.parametrize(
    ("data", "text", "remarks"),
    [
        (b"", b"", []),
        (b"x = 1\r\ny = 2\r\n", b"x = 1\ny = 2\n", []),
        ("# é\n".encode(), "# é\n".encode(), []),
        (b"#!/usr/bin/python\n# -*- coding: utf-8 -*-\n", None, []),
        (b"# coding=UTF_8\n", b"# coding=utf-8\n", []),
        (b"# vim: set fileencoding=utf8 :\n", b"# vim: set fileencoding=utf-8 :\n", []),
        (b"# coding: ascii\nx\n", b"# coding: utf-8\nx\n", []),
        (b"x = 1\n# coding: rot13\n", None, []),
        (b"\n\n# coding: rot13\n", None, []),
        (b"x = '# coding: rot13'\n", None, []),
        (b"# coding: utf-8\n# coding: latin-1\n", None, []),
        (b"\x0cx = 1\x0c\n\x1a\n", None, []),
        (
            b"\xef\xbb\xbfx = 1\n",
            b"x = 1\n",
            ["note: began with a byte order mark, which was taken off"],
        ),
        (
            b"# a\rprint(1)\rx = 1\r",
            b"# a\nprint(1)\nx = 1\n",
            ["notice: has line ends of an old kind (a lone carriage return); they were read as "
             "line ends"],
        ),
        (
            b"# coding: Latin_1\nx = '\xfc'\n",
            "# coding: utf-8\nx = 'ü'\n".encode(),
            ["notice: is saved as latin-1; it was read as that and turned into UTF-8"],
        ),
        (
            b"#!x\n# coding: windows-1252\nx = '\x80'",
            "#!x\n# coding: utf-8\nx = '€'".encode(),
            ["notice: is saved as windows-1252; it was read as that and turned into UTF-8"],
        ),
        (
            "a\n# \u202e b\n".encode(),
            None,
            [r"notice: has an invisible character on line 2 (\u202e) that changes the order in "
             "which the line is shown; delete it"],
        ),
    ],
)  # fmt: skip
def test_what_is_taken(data: bytes, text: bytes | None, remarks: list[str]) -> None:
    clean = clean_source(data)
    assert clean.text == (data if text is None else text)
    assert [f"{remark.level}: {remark.text}" for remark in clean.remarks] == remarks


SAVE = "save it with the encoding UTF-8 (in most editors: Save as, Encoding, UTF-8)"
WIDE = f"is saved as UTF-16, which Python can't read; {SAVE}"


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        ("x = 1\n".encode("utf-16"), WIDE),
        ("x = 1\n".encode("utf-16-le"), WIDE),
        ("x = 'hello'\n".encode("utf-16-be"), WIDE),
        ("x = 1\n".encode("utf-32"), WIDE.replace("16", "32")),
        (
            b"x = 1\n\0\nprint()\n",
            "has a zero byte on line 2, which isn't text; take it out",
        ),
        (b"x = 'M\xfcller'\n", f"has a byte on line 1 (0xFC) that isn't utf-8; {SAVE}"),
        (b"\n\rx = '\xed\xa0\x80'\n", f"has a byte on line 3 (0xED) that isn't utf-8; {SAVE}"),
        (
            b"# coding: unicode_escape\n# \\x0aprint()\n",
            f"asks for the encoding `unicode-escape` on line 1; delete that comment and {SAVE}",
        ),
        (
            b"\n# coding: no-such-codec\n",
            f"asks for the encoding `no-such-codec` on line 2; delete that comment and {SAVE}",
        ),
        (
            b"#\r#coding:utf-7\r",
            f"asks for the encoding `utf-7` on line 2; delete that comment and {SAVE}",
        ),
        (
            b"# coding: ascii\n# \xc3\xa9\n",
            "has a byte on line 2 (0xC3) that isn't ascii; delete the `coding` comment on line 1 "
            f"and {SAVE}",
        ),
        (
            b"# coding: cp1252\n# \x81\n",
            "has a byte on line 2 (0x81) that isn't cp1252; delete the `coding` comment on line 1 "
            f"and {SAVE}",
        ),
        (
            b"\xef\xbb\xbf# coding: latin-1\n",
            "begins as UTF-8 but says `coding: latin-1` on line 1; delete that line",
        ),
    ],
)
def test_what_is_refused(data: bytes, reason: str) -> None:
    assert refusal(data) == reason


@settings(deadline=None)
@given(st.binary(max_size=300))
def test_any_bytes_give_utf8_or_a_refusal(data: bytes) -> None:
    clean = clean_source(data)
    if clean.text is None:
        assert [remark.level for remark in clean.remarks].count("refused") == 1
    else:
        assert clean.text.decode("utf-8").encode("utf-8") == clean.text
        assert b"\r" not in clean.text
        assert b"\0" not in clean.text
        assert clean_source(clean.text).text == clean.text


FIRST = st.sampled_from(
    ["", "\n", "#!x\n", "# coding: latin-1\n", "\f # -*- coding: cp1252 -*-\r\n",
     "#\r# vim: fileencoding=iso-8859-1\r", "# coding:\n# coding= utf8\n", "'''\n", "x=1\n"]
)  # fmt: skip
PIECES = st.sampled_from(
    ["x = 1", "y = 'é¤'", "'''", "\r", "\n", "\r\n", "# coding: latin-1", "\\", "if x:", "  z",
     "\f", "  ", "b'\\xff'", "'ÿ'", "\x1a", "\u2028", "€"]
)  # fmt: skip


@settings(deadline=None, max_examples=300)
@given(FIRST, st.lists(PIECES, max_size=8), st.sampled_from(["utf-8", "latin-1", "utf-8-sig"]))
def test_clean_source_is_the_same_program(first: str, pieces: list[str], encoding: str) -> None:
    """Python gets the same tree from what was handed in and from what is graded."""
    data = (first + "".join(pieces)).encode(encoding, "replace")
    # Python 3.11 takes a last backslash before "\r\n" but not before "\n".
    assume(not data.rstrip(b"\r\n").endswith(b"\\"))
    clean = clean_source(data)
    if clean.text is not None:
        assert tokenize.detect_encoding(io.BytesIO(clean.text).readline)[0] == "utf-8"
    try:
        # `ast.parse` takes any bytes in a comment; an import does not.
        data.decode(tokenize.detect_encoding(io.BytesIO(data).readline)[0])
        tree = ast.dump(ast.parse(data), include_attributes=True)
    except (SyntaxError, ValueError):
        return
    assert clean.text is not None  # nothing that Python takes is refused, of these encodings
    assert ast.dump(ast.parse(clean.text), include_attributes=True) == tree


NAMES = st.sampled_from(["utf-8", "utf_8", "rot13", "unicode_escape", "utf-7", "", "-", "x.y"])
LINES = st.lists(
    st.builds(
        "{}{}{}{}{}".format,
        st.sampled_from(["", " ", "\f\t", "x", "'"]),
        st.sampled_from(["#", "# ", "", "#!"]),
        st.sampled_from(["coding", "encoding", "coding coding", "Coding"]),
        st.sampled_from([":", "=", ": ", " ="]),
        NAMES,
    ),
    max_size=3,
)


@settings(deadline=None, max_examples=300)
@given(LINES, st.sampled_from(["\n", "\r\n"]))
def test_no_encoding_comment_that_python_sees_is_overlooked(lines: list[str], end: str) -> None:
    data = end.join(lines).encode()
    try:
        seen = tokenize.detect_encoding(io.BytesIO(data).readline)[0]
    except (SyntaxError, LookupError):  # LookupError from Python 3.14 on, for `rot13`
        seen = "unknown"
    assert (clean_source(data).text is None) == (seen != "utf-8")
