"""Names that a learner's tests may use: what every correct program has."""

from __future__ import annotations

from grader.checks.promised_names import promised_names

ONE = b"""
from __future__ import annotations
import os.path as paths, json
from datetime import date
A, (B, _C) = 1, (2, 3)
for I in range(3):
    INNER = 1
if A:
    def f(x): y = x
class K:
    inside = 1
def _g(): pass
"""


def test_all_public_names_of_a_module() -> None:
    names = {"A", "B", "I", "INNER", "K", "date", "f", "json", "paths"}
    assert set(promised_names([{"a.py": ONE}])["a"]) == names


def test_only_what_all_programs_have() -> None:
    other = {"a.py": b"A = 1\ndef helper(): pass\n", "b/c.py": b"x = 1\n"}
    assert promised_names([{"a.py": ONE, "b/c.py": b"x = y = 1\n"}, other]) == {
        "a": ("A",),
        "b.c": ("x",),
    }
