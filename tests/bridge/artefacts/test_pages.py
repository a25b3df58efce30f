"""Markdown and HTML as trees, and pages that are made to exhaust their readers."""

from __future__ import annotations

import pytest

from grader.bridge.artefacts.html_page import html_of
from grader.bridge.artefacts.markdown_page import Link, Point, page_of
from grader.bridge.incidents import AuthorFault

MARKDOWN = b"""Intro with a [link](a.md)
and ![a picture](p.png).

# One

Some *text*, `code` and <b>more</b>.

1. first
   - inner
2. second

| a | b |
|---|---|
| 1 | [x](y) |

## Two.

```py run
x = 1
```

# Three
"""


def test_markdown_is_a_tree_of_sections():
    page = page_of(MARKDOWN)
    assert page.headings == [(1, "One", 4), (2, "Two.", 16), (1, "Three", 22)]
    one = page.section("ONE")
    assert one.paragraphs == ["Some text, code and more."]
    assert one.points == [
        Point("first", numbered=True, level=1, line=8),
        Point("inner", numbered=False, level=2, line=9),
        Point("second", numbered=True, level=1, line=10),
    ]
    assert (one.tables[0].header, one.tables[0].rows) == (("a", "b"), (("1", "x"),))
    assert (one.tables[0].line, one.tables[0].lines) == (12, (14,))
    assert page.section("two") is one.sections[0]
    assert [(code.language, code.text, code.line) for code in page.every("code")] == [
        ("py", "x = 1\n", 18)
    ]
    assert page.every("links") == [
        Link("link", "a.md", 1),
        Link("a picture", "p.png", 2, picture=True),
        Link("x", "y", 14),
    ]
    assert page.section("Four") is None
    assert page.section("Three").words == 1
    assert page.words == 22


HTML = b"""<!doctype html>
<html lang="en"><head><title>A &amp; B</title>
<style>p { color: red }</style></head>
<body><h1 class="big top">Levels <b>now</b></h1>
<p onclick="x()">One<br>two<script>bad()</script><img src=a alt="An eye"></p>
<table><tr><th scope="col">Name<th>Level</table>
<svg><title>drawn</title><text x="1">3.2</text></svg>
"""


def test_html_is_read_as_browsers_do():
    page = html_of(HTML)
    assert (page.language, page.title, page.doctype) == ("en", "A & B", True)
    assert page.headings == [(1, "Levels now", 4)]
    header = page.select("th[scope=col]")[0]
    assert (header.text, header.line, header.parent.name) == ("Name", 6, "tr")
    assert page.select("h1")[0].attributes == {"class": "big top"}
    assert [one.name for one in page.select("body")[0].children] == ["h1", "p", "table", "svg"]
    assert page.select("p")[0].text == "One two"
    assert page.select("svg text")[0].attributes == {"x": "1"}
    assert page.select("html") == [page.root]
    assert page.root.parent is None
    assert not page.faults
    with pytest.raises(AuthorFault):
        page.select("th[")


def test_html_faults_are_named_with_their_line():
    page = html_of(b"<p>one</div>\n<b>two")
    assert not page.doctype
    assert any("doctype" in fault for _, fault in page.faults)


HOSTILE = [
    (html_of, b"<div>" * 5_000, "has elements more than 100 deep in each other; make it flatter"),
    (html_of, b"<b>" * 20_000, "has elements more than 100 deep in each other; make it flatter"),
    (html_of, b"<p>" * 25_000, "holds more than 5,000 elements; make it smaller"),
    (html_of, b"<p>" * 200_000, "is 600,000 bytes long and at most 150,000 are read; shorten it"),
    (html_of, b" \n", "is empty; write the page into it"),
    (html_of, b"<br>" * 30_000, "elements"),
    (page_of, b">" * 100_001, "is 100,001 bytes long and at most 100,000 are read; shorten it"),
    (page_of, b"a\n\n" * 20_000, "holds too many paragraphs, lists and tables; make it shorter"),
]


@pytest.mark.parametrize(("parse", "data", "sentence"), HOSTILE, ids=range(len(HOSTILE)))
def test_a_page_that_is_too_much(parse, data, sentence, told):
    assert any(part in told(parse, data) for part in sentence.split("|"))


@pytest.mark.parametrize(
    "data",
    [
        b">" * 100_000,
        b"- " * 75_000,
        b"* a\n" + b"  * a\n" * 10_000,
        b"`" * 100_000,
        b"|a" * 60_000 + b"\n" + b"|-" * 30_000,
        b'<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;">]><p>&b;',
    ],
    ids=range(6),
)
def test_odd_pages_end_in_time(data, told):
    """Whether they can be read or not: what matters is that it ends, and in words."""
    for parse in (page_of, html_of):
        assert isinstance(told(parse, data), str)
