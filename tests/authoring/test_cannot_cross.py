"""What can't cross the boundary is found in the source of a suite; what can is left alone."""

from __future__ import annotations

import ast

import pytest

from grader.authoring.learners_names import LearnersNames
from grader.authoring.rules.cannot_cross import _LOOKS

HEAD = """
import os, time, inspect, asyncio, random
from random import seed
from unittest import mock
from unittest.mock import patch
import pytest
import fares
from fares import Total, price
"""


def found(body):
    lines = "\n    ".join(body.splitlines())
    tree = ast.parse(f"{HEAD}\ndef test(candidate, monkeypatch, tmp_path):\n    {lines}\n")
    names = LearnersNames(tree, {"fares"})
    return [text for node in ast.walk(tree) for look in _LOOKS if (text := look(node, names))]


@pytest.mark.parametrize(
    ("body", "words"),
    [
        ("class Mine(Total):\n    pass", "inherits"),
        ("class Mine(fares.Total):\n    pass", "inherits"),
        ("inspect.getsource(price)", "test what the function does"),
        ("vars(price(3))", "attributes"),
        ("made = price(3)\nvars(made)", "attributes"),
        ("monkeypatch.setattr('time.time', None)", "candidate.swap"),
        ("monkeypatch.setattr(time, 'time', None)", "candidate.swap"),
        ("with mock.patch('builtins.open'):\n    pass", "candidate.swap"),
        ("@patch('random.randint')\ndef inner(one):\n    pass", "candidate.swap"),
        ("with patch.object(time, 'sleep'):\n    pass", "candidate.swap"),
        ("time.sleep = print", "candidate.swap"),
        ("random.seed(4)", "random.Random"),
        ("seed(4)", "random.Random"),
        ("with monkeypatch.context() as inner:\n    pass", "candidate.swap"),
        ("os.chdir('/tmp')", "tmp_path"),
        ("assert os.stat(tmp_path / 'a').st_mode == 3", "contents"),
        ("price(range(20_000_000))", "smaller"),
        ("def inner(tmp_path_factory):\n    pass", "tmp_path"),
    ],
)
def test_what_can_not_cross(body, words):
    texts = found(body)
    assert len(texts) == 1
    assert words in texts[0]


@pytest.mark.parametrize(
    "body",
    [
        "class Mine(Exception):\n    pass",
        "assert type(price(3)) is int",
        "assert price(3) is None",
        "with pytest.raises(Total) as caught:\n    price(3)\nassert caught.type is Total",
        "monkeypatch.setattr(fares, 'rate', None)",
        "monkeypatch.setattr('fares.rate', None)",
        "monkeypatch.chdir(tmp_path)",
        "candidate.swap('time.time', None)",
        "chosen = random.Random(4).choice('ab')",
        "fares.rate = 3",
        "os.environ['A'] = 'b'",
        "price(range(10))",
        "vars(object())",
    ],
)
def test_what_can_cross(body):
    assert found(body) == []


def test_a_star_import_is_refused():
    tree = ast.parse("from fares import *\nfrom os.path import *\n")
    names = LearnersNames(tree, {"fares"})
    texts = [text for node in ast.walk(tree) for look in _LOOKS if (text := look(node, names))]
    assert len(texts) == 1
    assert "import each name" in texts[0]
