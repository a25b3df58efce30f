"""Each fault of a table is said once, in plain words, with its place."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec import Meta

from grader.tables import (
    build,
    describe_found,
    describe_type,
    did_you_mean,
    listed,
    load_toml,
    read_table,
    split_format,
    unknown_keys,
)


class Criterion(msgspec.Struct, frozen=True, kw_only=True, rename="kebab"):
    text: str
    max_points: Annotated[int, Meta(ge=1, le=5)] = 1
    ksbs: tuple[str, ...] = ()


class Options(msgspec.Struct, frozen=True, kw_only=True, rename="kebab"):
    branch_coverage: Annotated[float, Meta(gt=0)] | None = None
    show: Literal["none", "names"] = "none"
    criteria: tuple[Criterion, ...] = ()
    texts: dict[str, int] = {}
    home: Criterion | None = None
    required: bool = True

    def __post_init__(self) -> None:
        if self.show == "names" and not self.required:
            raise ValueError("`show` needs `required`")


def test_a_sound_table_is_built_with_defaults() -> None:
    table = {"branch-coverage": 90, "criteria": [{"text": "clear", "max-points": 3}]}
    options, problems = build(table, Options)
    assert problems == []
    assert options == Options(
        branch_coverage=90.0, criteria=(Criterion(text="clear", max_points=3),)
    )
    assert options is not None
    assert isinstance(options.branch_coverage, float)


@pytest.mark.parametrize(
    ("table", "problem"),
    [
        (
            {"branch_coverage": 1},
            "[x] key `branch_coverage` is unknown; did you mean `branch-coverage`?",
        ),
        (
            {"branch-coverage": "90"},
            '[x] `branch-coverage`: expected a number, more than 0, found the text "90"',
        ),
        (
            {"branch-coverage": 0},
            "[x] `branch-coverage`: expected a number, more than 0, found the whole number 0",
        ),
        ({"required": 1}, "[x] `required`: expected true or false, found the whole number 1"),
        (
            {"show": "name"},
            '[x] `show`: expected one of "none", "names", found the text "name"; '
            "did you mean `names`?",
        ),
        ({"criteria": {}}, "[x] `criteria`: expected a list of tables, found a table"),
        ({"criteria": [3]}, "[x] `criteria`, number 1: expected a table, found the whole number 3"),
        (
            {"criteria": [{"text": "a"}, {}]},
            "[x] `criteria`, number 2: key `text` is missing: expected text",
        ),
        (
            {"criteria": [{"text": "a", "ksbs": ["S1", True]}]},
            "[x] `criteria`, number 1: `ksbs`, number 2: expected text, found `true`",
        ),
        (
            {"criteria": [{"text": "a", "max-points": 9}]},
            "[x] `criteria`, number 1: `max-points`: expected a whole number, 1 or more and 5 or "
            "less, found the whole number 9",
        ),
        ({"texts": {"a": 1.5}}, "[x] `texts`, `a`: expected a whole number, found the number 1.5"),
        (
            {"home": {"txt": 1, "text": "a"}},
            "[x] `home`: key `txt` is unknown; did you mean `text`?",
        ),
        ({"show": "names", "required": False}, "[x] `show` needs `required`"),
    ],
)
def test_a_fault_is_named_with_its_place(table: dict[str, object], problem: str) -> None:
    assert build(table, Options, "[x] ") == (None, [problem])


def test_all_faults_are_reported_and_the_sound_values_kept() -> None:
    table = {"show": 1, "required": False, "criteria": [{}, {"text": 2}], "nope": 0}
    values, problems = read_table(table, Options)
    assert len(problems) == 4
    assert values == {"required": False}


def test_an_unknown_key_far_from_all_others_lists_what_is_known() -> None:
    assert unknown_keys({"zzz": 1}, ["title", "work"]) == [
        "key `zzz` is unknown; known here: `title` and `work`"
    ]


def test_a_key_that_differs_in_capitals_is_suggested() -> None:
    assert did_you_mean(" s5", ["S1", "S5"]) == "; did you mean `S5`?"
    assert did_you_mean("qqq", ["S1"]) == ""


def test_listed() -> None:
    assert [listed([]), listed(["a"]), listed("abc")] == ["none", "`a`", "`a`, `b` and `c`"]


@pytest.mark.parametrize(
    ("table", "problems", "readable"),
    [
        ({"format": 1, "a": 2}, [], True),
        ({"a": 2}, ["key `format` is missing: write `format = 1`"], True),
        ({"format": "1"}, ['`format`: expected 1, found the text "1"'], True),
        ({"format": True}, ["`format`: expected 1, found `true`"], True),
        ({"format": 0}, ["`format`: expected 1, found the whole number 0"], True),
        ({"format": 2}, ["`format` is 2 but this grader reads 1: update the grader"], False),
    ],
)
def test_the_format_is_checked_first(
    table: dict[str, object], problems: list[str], readable: bool
) -> None:
    rest, said, read_on = split_format(table, 1)
    assert (said, read_on) == (problems, readable)
    assert "format" not in rest


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        (b"\xef\xbb\xbfa = 1", ""),
        (b"a = \xff", "isn't text in UTF-8"),
        (b"a = ", "isn't valid TOML: Invalid value (at"),
        (b"a = 1\na = 2", "isn't valid TOML: Cannot overwrite a value"),
    ],
)
def test_files_that_are_no_toml(tmp_path: Path, text: bytes, problem: str) -> None:
    (tmp_path / "a.toml").write_bytes(text)
    document, problems = load_toml(tmp_path / "a.toml")
    if problem:
        assert document == {}
        assert problems[0].startswith(problem)
    else:
        assert (document, problems) == ({"a": 1}, [])


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    assert load_toml(tmp_path / "a.toml") == ({}, ["can't be read: No such file or directory"])


def test_descriptions() -> None:
    import datetime
    import enum

    class Colour(enum.Enum):
        RED = "red"

    assert describe_type(Annotated[int, Meta(description="a year")] | None) == "a year"
    assert describe_type(Colour) == 'one of "red"'
    assert describe_type(tuple[Annotated[str, Meta(min_length=2)], ...]) == (
        "a list, each of it text, at least 2 long"
    )
    assert describe_type(datetime.date) == "another kind of value"
    assert describe_found(datetime.date(2024, 1, 2)) == "the date or time 2024-01-02"
    assert describe_found([1, 2]) == "a list of 2"
    assert describe_found(None) == "a value of type NoneType"


TOML_VALUES = st.recursive(
    st.one_of(st.booleans(), st.integers(-9, 10**20), st.floats(), st.text(max_size=5)),
    lambda inner: st.one_of(
        st.lists(inner, max_size=3),
        st.dictionaries(st.sampled_from(["text", "ksbs", "max-points", "x"]), inner, max_size=3),
    ),
    max_leaves=6,
)
KEYS = ["branch-coverage", "show", "criteria", "texts", "home", "required", "other"]


@settings(deadline=None)
@given(st.dictionaries(st.sampled_from(KEYS), TOML_VALUES, max_size=5))
def test_any_table_gives_a_structure_or_problems(table: dict[str, object]) -> None:
    options, problems = build(table, Options, "[x] ")
    assert (options is None) == bool(problems)
    try:
        plain = None if set(table) - set(KEYS[:-1]) else msgspec.convert(table, Options)
    except msgspec.ValidationError:
        plain = None
    if options is not None:
        # Nothing is lost or changed by going value by value.
        assert repr(options) == repr(plain)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (".".join(["a"] * 100_000) + " = 1", "more than 200 dots on line 1; split the line"),
        ("x = 1\n[" + ".".join(["a"] * 300) + "]", "more than 200 dots on line 2"),
        ("x = " + "9" * 5_000, "a number has too many digits"),
        ("x = " + "[" * 5_000, "nested too deep"),
        ("#" * 2_000_001, "2,000,001 bytes long and at most 2,000,000 are read"),
    ],
    ids=["key", "head", "digits", "depth", "length"],
)
def test_a_document_made_to_exhaust_is_a_problem_in_words(tmp_path, text, words):
    path = tmp_path / "x.toml"
    path.write_text(text)
    table, problems = load_toml(path)
    assert table == {}
    assert words in problems[0]
