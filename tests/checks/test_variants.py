"""Variants are edits of the reference, of any kind of file, or programs of their own."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from grader.catalogue import Exercise
from grader.checks.variants import Variants, read_variants

REFERENCE = {
    "shop.py": b"def total(pence):\n    return sum(pence)\n\n"
    b"\ndef half(pence):\n    return pence // 2\n",
    "test_shop.py": b"def test_it():\n    assert True\n",
    "queries.sql": b"-- names first\nSELECT name FROM stop ORDER BY name;\n",
    "stops.csv": b"code,zone\r\nCE,1\r\nML,2\r\n",
    "rules.toml": b"[limits]\nzones = 5\n",
    "notes.md": b"# Notes\n\n- one\n- two",
    "plan.mmd": b"graph TD\n  a --> b\n",
    "page.html": b'<p class="price">1.85</p>\n',
    "run.sh": b'set -e\ngrep "x\\n" "$1"\n',
    "repository.bundle": b"# v2 git bundle\n\0\1",
}
HEAD = 'format = 1\n\n[gone]\nwhat = "Wrong."\nwhy = "People do."\n'


@pytest.fixture
def solution(tmp_path: Path) -> Path:
    for name, content in REFERENCE.items():
        (tmp_path / name).write_bytes(content)
    return tmp_path


def read(
    solution: Path, toml: str = "", takes: Callable[[str], bool] = lambda _name: True
) -> Variants:
    exercise = Exercise(
        id="shop",
        folder=solution,
        title="Shop",
        client="Tapline",
        track="build",
        difficulty=1,
        minutes=30,
        duties=("D1",),
        ksbs=("S5",),
        work=tuple(REFERENCE),
    )
    if toml:
        (solution / "faulty.toml").write_text(toml, "utf-8")
    return read_variants(exercise, solution, takes)


def edit(file: str, find: str, put: str) -> str:
    return f"[[gone.edits]]\nfile = '{file}'\nfind = '''{find}'''\nput = '''{put}'''\n"


@pytest.mark.parametrize(
    ("file", "find", "put", "made"),
    [
        ("shop.py", "pence // 2", "-(-pence // 2)", b"return -(-pence // 2)\n"),
        ("queries.sql", " ORDER BY name", "", b"-- names first\nSELECT name FROM stop;\n"),
        ("stops.csv", "\nML,2\n", "\nML,2\nML,2\n", b"CE,1\r\nML,2\r\nML,2\r\n"),
        ("rules.toml", "zones = 5", "zones = 6", b"[limits]\nzones = 6\n"),
        ("notes.md", "- two\n", "- three\n", b"# Notes\n\n- one\n- three"),
        ("notes.md", "- two\n", "", b"# Notes\n\n- one\n"),
        ("plan.mmd", "a --> b", "b --> a", b"graph TD\n  b --> a\n"),
        ("page.html", '<p class="price">', "<p>", b"<p>1.85</p>\n"),
        ("run.sh", '"x\\n"', '"x"', b'set -e\ngrep "x" "$1"\n'),
    ],
)
def test_a_file_of_any_kind_is_edited(
    solution: Path, file: str, find: str, put: str, made: bytes
) -> None:
    found = read(solution, HEAD + edit(file, find, put))
    assert not found.problems
    (variant,) = found.faulty
    assert list(variant.files) == [file]
    assert variant.files[file].endswith(made)
    assert (variant.name, variant.what, variant.why) == ("gone", "Wrong.", "People do.")
    assert (variant.path, variant.line) == ("faulty.toml", 3)


def test_all_edits_are_made_in_the_reference_as_it_is(solution: Path) -> None:
    """The text that one edit puts there is not what another one finds."""
    edits = edit("shop.py", "def half", "def total_half") + edit(
        "shop.py", "total(pence)", "all(x)"
    )
    found = read(solution, HEAD + edits + edit("rules.toml", "5", "4"))
    assert not found.problems
    assert found.faulty[0].files["shop.py"].startswith(b"def all(x):")
    assert b"def total_half" in found.faulty[0].files["shop.py"]
    assert found.faulty[0].files["rules.toml"] == b"[limits]\nzones = 4\n"


def test_the_one_program_need_not_be_named(solution: Path) -> None:
    found = read(solution, HEAD + '[[gone.edits]]\nfind = "sum(pence)"\nput = "0"\n')
    assert not found.problems
    assert b"return 0\n" in found.faulty[0].files["shop.py"]


@pytest.mark.parametrize(
    ("edits", "line", "words"),
    [
        (
            edit("shop.py", "return pense // 2", "return 0"),
            6,
            ["`gone`, edit 1", "is not in shop.py", "(its line 6 is now `return pence // 2`)"],
        ),
        (edit("shop.py", "pence)", "p)"), 6, ["3 times", "in lines 1, 2, 5", "take in more"]),
        (edit("stops.csv", "XX", "YY"), 6, ["is not in stops.csv of the reference; copy it"]),
        (edit("shop.py", "total", "total"), 6, ["puts `total` in the place of itself"]),
        (
            edit("rules.toml", "5", "6") + edit("shop.py", "def half(", "def half"),
            3,
            ["Python can't read line 5 of shop.py"],
        ),
        (
            edit("shop.py", "sum(pence)", "0") + edit("shop.py", "return sum", "return max"),
            10,
            ["overlaps with another one"],
        ),
        (edit("test_shop.py", "True", "1"), 6, ["`test_shop.py` is none of the files"]),
        (edit("network.py", "True", "1"), 6, ["`network.py` is none of the files"]),
        (edit("repository.bundle", "v2", "v3"), 6, ["isn't text", "into a folder of `faulty/`"]),
        ("", 3, ["has no `edits`", "no faulty/gone.py or faulty/gone/"]),
        ("[[gone.edits]]\nfind = 'a'\n", 3, ["`put` is missing"]),
        ("[[gone.edits]]\nfind = ''\nput = 'a'\n", 3, ["`find`: expected text that is not empty"]),
        (
            "[[gone.edits]]\nfound = 'a'\nput = 'a'\n",
            3,
            ["`found` is unknown; did you mean `find`"],
        ),
        ("[other]\nwhat = 'No.'\nwhy = 3\n", 6, ["[other]", "`why`: expected text"]),
        ("[other]\nwat = 'No.'\nwhy = 'a'\n", 6, ["`wat` is unknown; did you mean `what`"]),
    ],
)
def test_what_cannot_be_made_is_named_with_its_cure(
    solution: Path, edits: str, line: int, words: list[str]
) -> None:
    found = read(solution, HEAD + edits)
    assert not found.faulty
    told = [one for one in found.problems if all(word in one.text for word in words)]
    assert told, found.problems
    assert told[0].path == "faulty.toml"
    assert line in {one.line for one in told}


def test_all_problems_are_told_at_once(solution: Path) -> None:
    other = edit("shop.py", "nowhere", "").replace("gone", "other")
    found = read(
        solution,
        "stray = 1\n"
        + HEAD.replace("gone", "other")
        + other
        + "[third]\nwhat = 'No.'\n"
        + "[fine]\nwhat = 'No.'\nwhy = 'a'\n[[fine.edits]]\nfind = 'sum('\nput = 'max('\n",
    )
    assert [one.name for one in found.faulty] == ["fine"]
    assert [one.line for one in found.problems] == [0, 7, 11]
    assert "`stray`: expected a table" in found.problems[0].text


@pytest.mark.parametrize(
    ("toml", "words"),
    [
        ("[a]\nwhat = 'x'", "`format` is missing"),
        ("format = 2\n", "update the grader"),
        ("format = 1\n[a\n", "isn't valid TOML"),
    ],
)
def test_a_file_that_cannot_be_read(solution: Path, toml: str, words: str) -> None:
    assert any(words in one.text for one in read(solution, toml).problems)


def test_another_program_is_a_file_or_a_folder(solution: Path) -> None:
    folder = solution / "faulty"
    (folder / "two").mkdir(parents=True)
    (folder / "one.py").write_text('"""Gives nothing.\n\nIt is short.\n"""\n')
    (folder / "two" / "repository.bundle").write_bytes(b"\0")
    (folder / "three.sql").write_text("SELECT 1;\n")
    toml = "format = 1\n"
    for name in ("two", "three"):
        toml += f"[{name}]\nwhat = 'Is {name}.'\nwhy = 'a'\n"
    found = read(solution, toml)
    assert not found.problems
    assert [(one.name, *one.files, one.what) for one in found.faulty] == [
        ("one", "shop.py", "Gives nothing."),
        ("three", "queries.sql", "Is three."),
        ("two", "repository.bundle", "Is two."),
    ]
    assert found.faulty[0].why == "It is short."


def test_a_program_that_does_not_fit(solution: Path) -> None:
    for name in ("faulty/both.py", "faulty/a/other.py", "faulty/b.txt", "sound/broken.py"):
        (solution / name).parent.mkdir(parents=True, exist_ok=True)
        (solution / name).write_text("def (\n")
    found = read(solution, HEAD.replace("gone", "both") + edit("shop.py", "sum(", "max("))
    told = {one.path: one.text for one in found.problems}
    assert "files of the work only" in told["faulty/a"]
    assert "isn't clear which file" in told["faulty/b.txt"]
    assert "Python can't read line 1 of shop.py" in told["sound/broken.py"]
    assert "has no `edits`" not in "".join(told.values())


def test_only_those_that_are_taken_are_made(solution: Path) -> None:
    (solution / "faulty").mkdir()
    (solution / "faulty" / "other.py").write_text("def (\n")
    text = (
        HEAD + edit("shop.py", "sum(", "max(") + edit("shop.py", "nowhere", "").replace("gone", "a")
    )
    text = text.replace("[[a.edits]]", "[a]\nwhat = 'No.'\nwhy = 'b'\n[[a.edits]]")
    (solution / "faulty.toml").write_text(text, "utf-8")
    found = read(solution, takes=lambda name: name == "gone")
    assert [one.name for one in found.faulty] == ["gone"]
    assert not found.problems
    assert found.names == ("a", "gone", "other")
    assert len(read(solution).problems) == 2
