"""What a suite reaches of an author's program: imports, calls in tests, commands."""

from __future__ import annotations

import textwrap
from pathlib import Path

import pytest

from grader.bridge import Examiner, Run
from grader.bridge.coverable import assess
from grader.sandbox import best_level

pytestmark = pytest.mark.interpreter

PROGRAM = textwrap.dedent(
    """\
    import sys

    TABLE = {1: "one"}


    def name(number):
        if number in TABLE:
            return TABLE[number]
        return "many"


    def main(words):
        if not words:
            return 2
        print(name(int(words[0])))
        return 0


    if __name__ == "__main__":
        sys.exit(main(sys.argv[1:]))
    """
).encode()


@pytest.fixture(scope="module")
def examiner():
    with Examiner(best_level()) as made:
        yield made


def gaps(examiner, folder: Path, suite: str, **more):
    (folder / "test_it.py").write_text("from names import name\n" + textwrap.dedent(suite))
    run = Run(folder, ("names",), {"names.py": PROGRAM}, folder, measured=("names.py",), **more)
    examined = examiner.run(run)
    assert [record.outcome for record in examined.tests] == ["passed"] * len(examined.tests)
    assert not examined.faults
    return [gap.words for gap in assess(PROGRAM, examined.arcs["names.py"]).gaps]


CALLS = (
    "def test_a():\n    assert name(1) == 'one'\n\ndef test_b():\n    assert name(2) == 'many'\n"
)
COMMAND = """
def test_command(candidate):
    assert candidate.run(["names.py", "7"]).stdout == "many\\n"
    assert candidate.run(["names.py"]).returncode == 2
"""


def test_calls_of_several_tests_count_together(examiner, tmp_path):
    left = gaps(examiner, tmp_path, CALLS)
    assert left == ["lines 13 to 16 never run", "the condition in line 19 is never true"] or left[
        0
    ].startswith("line")
    assert not [words for words in left if "line 7" in words or "line 9" in words]


def test_commands_count_too(examiner, tmp_path):
    assert gaps(examiner, tmp_path, CALLS + COMMAND) == []


def test_one_candidate_for_all_tests(examiner, tmp_path):
    left = gaps(examiner, tmp_path, CALLS, keep=True)
    assert not [words for words in left if "line 7" in words or "line 9" in words]


def test_nothing_is_measured_unless_it_is_asked_for(examiner, tmp_path):
    (tmp_path / "test_it.py").write_text("from names import name\n" + CALLS)
    examined = examiner.run(Run(tmp_path, ("names",), {"names.py": PROGRAM}, tmp_path))
    assert examined.arcs == {}


def test_a_run_may_end_at_its_first_failure(examiner, tmp_path):
    suite = "from names import name\n" + "".join(
        f"def test_{n}():\n    assert name(1) == '{word}'\n"
        for n, word in enumerate("one two x".split())
    )
    (tmp_path / "test_it.py").write_text(suite)
    run = Run(tmp_path, ("names",), {"names.py": PROGRAM}, tmp_path, to_first=True)
    assert [record.outcome for record in examiner.run(run).tests] == ["passed", "failed"]


def test_a_suite_names_what_it_imports(examiner, tmp_path):
    """Else a program could put names of its own in the place of the suite's."""
    (tmp_path / "test_it.py").write_text("from names import *\n\n\ndef test_it():\n    pass\n")
    examined = examiner.run(Run(tmp_path, ("names",), {"names.py": PROGRAM}, tmp_path))
    assert not examined.tests
    assert "import each name that it uses" in "".join(examined.faults)
