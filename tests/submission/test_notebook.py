"""Notebooks: cells for work files are found, nothing is run, and any JSON is survived."""

from __future__ import annotations

import json
import os
import tracemalloc
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from grader.catalogue import text_digest
from grader.submission import Submission, read_folder, read_submission
from grader.submission.notebook import cells_of

pytestmark = pytest.mark.interpreter

ID, WORK = "price-a-journey", ("fares.py", "test_fares.py", "notes.md")


def code(source: object, **more: object) -> dict[str, object]:
    return {"cell_type": "code", "metadata": {}, "outputs": [], "source": source, **more}


def notebook(*cells: object, **top: object) -> bytes:
    return json.dumps({"nbformat": 4, "metadata": {}, "cells": list(cells), **top}).encode()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / ID
    made.mkdir()
    (made / "fares.py").write_bytes(b"x = 1\n")
    (made / "test_fares.py").write_bytes(b"y = 2\n")
    (made / "notes.md").write_bytes(b"# n\n")
    return made


@pytest.fixture
def put(folder: Path) -> Callable[..., Submission]:
    def write(*cells: object, without: str = "", name: str = "n.ipynb") -> Submission:
        (folder / name).write_bytes(notebook(*cells))
        if without:
            (folder / without).unlink()
        return read_folder(folder, WORK, exercise=ID)

    return write


def said(submission: Submission) -> list[str]:
    return [f"{one.level}: {one.sentence}" for one in submission.findings]


def test_a_cell_like_its_file_is_no_news(put: Callable[..., Submission]) -> None:
    found = put(code(f"%%workfile {ID}/fares.py\nx = 1"), code("print(1)"), code(["a\n", "b"]))
    assert found.files["fares.py"] == b"x = 1\n"
    assert said(found) == []
    assert found.left_out == ()


def test_a_cell_that_differs_is_named_and_the_file_graded(put: Callable[..., Submission]) -> None:
    found = put(code([f"%%workfile {ID}/fares.py\n", "x = 2\n"]))
    assert found.files["fares.py"] == b"x = 1\n"
    assert said(found) == [
        "notice: fares.py is not the same as its cell in n.ipynb; the file was graded. If the cell "
        "is newer, run it, which writes the file."
    ]


def test_a_cell_stands_in_for_a_missing_file(put: Callable[..., Submission]) -> None:
    found = put(code(f"%%workfile {ID}/fares.py\r\nx = 2"), without="fares.py")
    assert found.files["fares.py"] == b"x = 2\n"
    assert said(found) == [
        "notice: fares.py isn't there, so its cell in n.ipynb was graded. Run the cell, which "
        "writes the file."
    ]


def test_a_cell_stands_in_for_text_that_is_no_program(put: Callable[..., Submission]) -> None:
    found = put(code(f"%%workfile {ID}/notes.md\n# é"), without="notes.md")
    assert found.files["notes.md"] == "# é\n".encode()


def test_a_cell_does_not_stand_in_for_a_refused_file(
    folder: Path, put: Callable[..., Submission]
) -> None:
    (folder / "fares.py").unlink()
    (folder / "fares.py").symlink_to("/etc/passwd")
    found = put(code(f"%%workfile {ID}/fares.py\nx = 2"))
    assert "fares.py" not in found.files


def test_of_several_cells_the_last_with_work_counts(put: Callable[..., Submission]) -> None:
    cells = [code(f"%%workfile {ID}/fares.py\nx = {n}") for n in (1, 2, 3)]
    found = put(*cells, code(f"%%workfile {ID}/fares.py\n \n"), without="fares.py")
    assert found.files["fares.py"] == b"x = 3\n"
    assert said(found)[0] == (
        "notice: fares.py has more than one cell, and they differ (n.ipynb, cells 1, 2, 3, 4, "
        "counted from the top). Cell 3 of n.ipynb counts, the last with work of yours. Delete the "
        "others, then hand in again if another was meant."
    )


@pytest.mark.parametrize("order", [1, -1])
def test_the_starters_cell_never_counts_beside_work(folder: Path, order: int) -> None:
    """A copy of the untouched cell stands above, or below, the one with the work."""
    texts = [f"%%workfile {ID}/fares.py\nx = {n}\n" for n in (0, 2)][::order]
    cells = [code(text) for text in texts]
    (folder / "n.ipynb").write_text(json.dumps({"nbformat": 4, "cells": cells}))
    starters = {"fares.py": text_digest(b"x = 0\n")}
    for path in (folder, folder / "n.ipynb"):
        (folder / "fares.py").unlink(missing_ok=True)
        found = read_submission(path, WORK, exercise=ID, starters=starters)
        assert found.files["fares.py"] == b"x = 2\n"
        assert any("and they differ (n.ipynb, cells 1, 2" in one for one in said(found))


def test_a_file_that_is_not_begun_gives_way_to_its_cell(folder: Path) -> None:
    (folder / "fares.py").write_text("x = 0\n\n")
    cells = [code(f"%%workfile {ID}/fares.py\nx = 2\n")]
    (folder / "n.ipynb").write_text(json.dumps({"nbformat": 4, "cells": cells}))
    starters = {"fares.py": text_digest(b"x = 0\n")}
    found = read_submission(folder, WORK, exercise=ID, starters=starters)
    assert found.files["fares.py"] == b"x = 2\n"
    assert any("fares.py is still as you got it, so its cell in n.ipynb" in s for s in said(found))


def test_only_the_first_line_of_a_code_cell_marks_it(put: Callable[..., Submission]) -> None:
    mark = f"%%workfile {ID}/fares.py\nx = 2"
    found = put(
        {**code(mark), "cell_type": "markdown"},
        {**code(mark), "cell_type": "raw"},
        code("# " + mark),
        code("x = 1\n" + mark),
        code("%%workfile other/fares.py\nx = 2"),
        code("x = 2", nbgrader={"solution": True, "grade_id": f"{ID}/fares.py"}),
        without="fares.py",
    )
    assert "fares.py" not in found.files


@pytest.mark.parametrize(
    ("first", "words"),
    [
        ("%%workfile", "has `%%workfile` in cell 1: name a file"),
        ("%%workfile fares.py", "has `%%workfile fares.py` in cell 1: name a file"),
        (f"%%workfile {ID}/conftest.py", "has a cell for conftest.py, which is no work file"),
        (f"%%workfile {ID}/../x.py", "has a cell for ../x.py, which is no work file"),
    ],
)
def test_marks_that_name_no_work(first: str, words: str, put: Callable[..., Submission]) -> None:
    found = put(code(first + "\nx = 2"))
    assert words in said(found)[0]
    assert found.files["fares.py"] == b"x = 1\n"


def test_not_every_odd_cell_is_told(put: Callable[..., Submission]) -> None:
    found = put(*[code(f"%%workfile {ID}/x{number}.py") for number in range(100)])
    assert len(found.findings) == 11
    assert said(found)[-1] == "notice: n.ipynb has 90 more cells like these."


def test_commands_are_named_and_not_run(put: Callable[..., Submission]) -> None:
    sources = ["!touch PWNED", "%%bash\ntouch PWNED", "x = !ls", "y = %env", "print?", "?print",
               "get_ipython().system('touch PWNED')"]  # fmt: skip
    found = put(*map(code, sources))
    assert said(found) == [
        "notice: n.ipynb holds commands of the notebook, which the grader never runs: `!touch "
        "PWNED`, `%%bash`, `x = !ls` and 4 more."
    ]


def test_the_courses_own_commands_and_python_are_no_news(put: Callable[..., Submission]) -> None:
    sources = ["%load_ext grader", "%check", "%take file", "a = b % c", "print(7 %\n   3)",
               "x != y", "s = '!ls'", "# !ls", "'%run'"]  # fmt: skip
    assert said(put(*map(code, sources))) == []


def test_a_command_in_a_work_cell_stays_in_it(put: Callable[..., Submission]) -> None:
    found = put(code(f"%%workfile {ID}/fares.py\n!ls\nx = 1"), without="fares.py")
    assert found.files["fares.py"] == b"!ls\nx = 1\n"
    assert "`!ls`" in said(found)[0]


def test_a_notebook_handed_in_by_itself(tmp_path: Path) -> None:
    path = tmp_path / "mine.ipynb"
    path.write_bytes(b"\xef\xbb\xbf" + notebook(code(f"%%workfile {ID}/fares.py\nx = 2")))
    found = read_submission(path, WORK[:2], exercise=ID)
    assert found.files == {"fares.py": b"x = 2\n"}
    assert said(found) == [
        "missing: test_fares.py isn't there: no cell begins with `%%workfile "
        "price-a-journey/test_fares.py`."
    ]


def test_a_notebook_that_is_a_link_or_too_long(tmp_path: Path) -> None:
    (tmp_path / "link.ipynb").symlink_to("/etc/passwd")
    (tmp_path / "long.ipynb").touch()
    os.truncate(tmp_path / "long.ipynb", 1 << 30)
    for name, words in (("link", "is a link"), ("long", "at most 10,000,000 are read")):
        found = read_submission(tmp_path / f"{name}.ipynb", WORK, exercise=ID)
        assert found.files == {}
        assert words in found.findings[0].sentence


@pytest.mark.parametrize("start", ["\n", "  \n\n", "\r\n", " \t\r\n", "\x0b\n", "\u2028"], ids=repr)
def test_blank_lines_above_the_mark_are_passed_over(
    start: str, put: Callable[..., Submission]
) -> None:
    found = put(code(f"{start}%%workfile {ID}/fares.py\nx = 2"), without="fares.py")
    assert found.files["fares.py"] == b"x = 2\n"


def test_a_cell_that_is_indented_as_a_whole_counts(put: Callable[..., Submission]) -> None:
    found = put(code(f"  %%workfile {ID}/fares.py\n  x = 2\n    # y"), without="fares.py")
    assert found.files["fares.py"] == b"x = 2\n  # y\n"


@pytest.mark.parametrize(
    ("first", "words"),
    [
        ("# mine\n%%workfile {}", "where it isn't run"),
        ("x = 1\n\n%%workfile {}", "where it isn't run"),
        ("\ufeff%%workfile {}", "where it isn't run"),
        (" %%workfile {}", "where it isn't run"),
        ("%% workfile {}", "where it isn't run"),
        ("%%workfile\t{}", "where it isn't run"),
        ("%%workfile '{}'", "write the name without quotes"),
        ('%%workfile "{}"', "write the name without quotes"),
    ],
)
def test_a_mark_that_ipython_does_not_take_is_told(
    first: str, words: str, put: Callable[..., Submission]
) -> None:
    text = first.format(f"{ID}/fares.py") + "\nx = 2"
    found = put(code(text), without="fares.py")
    assert "fares.py" not in found.files
    assert words in "\n".join(said(found))
    # IPython's own reading, where it is installed.
    reading = pytest.importorskip("IPython.core.inputtransformer2").TransformerManager()
    assert f"run_cell_magic('workfile', '{ID}/fares.py'" not in reading.transform_cell(text)


def test_the_notebook_with_the_name_of_the_exercise_counts(
    put: Callable[..., Submission],
) -> None:
    put(code(f"%%workfile {ID}/fares.py\nx = 1"), name=f"{ID}_old.ipynb", without="fares.py")
    put(code(f"%%workfile {ID}/fares.py\nx = 3"), name="a.ipynb")
    found = put(code(f"%%workfile {ID}/fares.py\nx = 2"), name=f"{ID}.ipynb")
    assert found.files["fares.py"] == b"x = 2\n"
    for other in ("a", f"{ID}_old"):
        assert (
            f"notice: {other}.ipynb was not looked at: {ID}.ipynb, which has the exercise's name, "
            "counts."
        ) in said(found)


def test_few_notebooks_are_looked_at(folder: Path, put: Callable[..., Submission]) -> None:
    for number in range(1, 8):
        found = put(code(f"%%workfile {ID}/fares.py\nx = {number}"), name=f"n{number}.ipynb")
    assert "notice: n6.ipynb was not looked at: there are more than 5 notebooks." in said(found)


BROKEN = {
    "dict": (notebook(cells={"0": code("1")}), "its `cells` are not a list"),
    "version": (notebook(nbformat=99), "its `nbformat` is 99 and 4 is needed"),
    "text version": (notebook(nbformat="4"), "its `nbformat` is '4'"),
    "true": (notebook(nbformat=True), "its `nbformat` is True"),
    "none": (b'{"cells": []}', "its `nbformat` is None"),
    "list": (b"[1, 2]", "a notebook's JSON is an object"),
    "null": (b"null", "a notebook's JSON is an object"),
    "nan": (b'{"nbformat": NaN, "cells": []}', "its `nbformat` is 0.0"),
    "page": (b"<html></html>", "it isn't JSON (line 1, column 1)"),
    "empty": (b"", "it isn't JSON"),
    "bytes": (b"\xff\xfe{\0}\0", "it isn't text in UTF-8"),
    "deep": (b'{"cells":' + b"[" * 100_000 + b"]" * 100_000 + b"}", "more than 100 levels deep"),
    "open": (b"[" * 5_000, "more than 100 levels deep"),
    "parts": (b"[" + b"[]," * 200_001 + b"0]", "too many parts"),
    "numbers": (b"[" + b"0," * 500_001 + b"0]", "too many parts"),
    "digits": (b'{"nbformat":' + b"4" * 10_000 + b"}", "its `nbformat` is -1"),
    "cells": (notebook(*[code("")] * 2_001), "has 2,001 cells, and at most 2,000"),
}


@pytest.mark.parametrize("case", BROKEN)
def test_what_is_no_notebook_is_said_and_the_files_are_graded(case: str, folder: Path) -> None:
    data, words = BROKEN[case]
    (folder / "n.ipynb").write_bytes(data)
    found = read_folder(folder, WORK, exercise=ID)
    assert set(found.files) == set(WORK)
    (sentence,) = said(found)
    assert words in sentence
    assert sentence.endswith("; its cells were not looked at.")


@pytest.mark.parametrize("cell", [5, None, [], {}, code(5), code([1]), {"cell_type": 3}, "x"])
def test_damaged_cells_are_passed_over(cell: object, put: Callable[..., Submission]) -> None:
    found = put(cell, code(f"%%workfile {ID}/fares.py\nx = 2"), without="fares.py")
    assert found.files["fares.py"] == b"x = 2\n"
    assert said(found)[0] == "notice: n.ipynb has a damaged cell, number 1, which was passed over."


def test_a_lone_surrogate_is_no_text(put: Callable[..., Submission]) -> None:
    found = put(code(f"%%workfile {ID}/fares.py\n'\ud800'"), without="fares.py")
    assert "fares.py" not in found.files
    assert "a character in cell 1 that can't be saved as text" in said(found)[0]


def test_outputs_cost_little() -> None:
    image = {"output_type": "display_data", "data": {"image/png": "A" * 9_000_000}}
    data = notebook(code(f"%%workfile {ID}/fares.py\nx = 2", outputs=[image]))
    tracemalloc.start()
    try:
        cells, *_ = cells_of({"n": data}, ID, WORK)
        _, most = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert cells["fares.py"].text == b"x = 2\n"
    assert most < 40 << 20


@pytest.mark.parametrize("unit", [b'\\"', b'"', b"\\", b"{", b'{"a":', b'"a\\'])
def test_text_without_an_end_takes_no_longer(unit: bytes) -> None:
    data = b'{"nbformat": 4, "cells": ["' + unit * 1_000_000
    cells_of({"n": data}, ID, WORK)


JSON: st.SearchStrategy[Any] = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(
            st.sampled_from(["cells", "cell_type", "source", "metadata", "nbformat", "x"]),
            inner,
            max_size=5,
        )
    ),
    max_leaves=15,
)
CELL = st.fixed_dictionaries(
    {"cell_type": st.just("code") | JSON, "source": JSON | st.lists(st.text()) | st.text()}
)


@settings(deadline=None, max_examples=300)
@given(st.binary(max_size=200) | JSON.map(json.dumps).map(str.encode))
def test_any_bytes_are_survived(data: bytes) -> None:
    cells, findings, _ = cells_of({"n": data}, ID, WORK)
    assert cells == {}
    assert all(one.sentence.isprintable() for one in findings)


@settings(deadline=None, max_examples=300)
@given(st.lists(CELL | JSON, max_size=5), JSON)
def test_any_cells_are_survived(cells: list[object], metadata: object) -> None:
    data = json.dumps({"nbformat": 4, "cells": cells, "metadata": metadata}).encode()
    found, findings, _ = cells_of({"n": data}, ID, WORK)
    assert set(found) <= set(WORK)
    assert all(one.sentence.isprintable() for one in findings)
