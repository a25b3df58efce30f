"""The history: every text comes back, whatever happened in between."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from grader.errors import SubmissionError
from grader.workspace import History, Workspace

FILES = st.sampled_from(["price-a-journey/fares.py", "first-unit/zones.py"])


@settings(deadline=None, max_examples=25)
@given(st.lists(st.tuples(FILES, st.binary(max_size=40)), max_size=8))
def test_all_that_was_kept_comes_back_in_order(tmp_path_factory, kept):
    history = History(Workspace(tmp_path_factory.mktemp("course") / "exercises"))
    for file, content in kept:
        history.keep(file, content, "a test")
    assert [(one.file, history.content(one)) for one in history.entries()] == kept
    for name in {file for file, _ in kept}:
        assert len(history.entries(name)) == sum(file == name for file, _ in kept)


def test_the_same_text_is_stored_once(workspace):
    history = History(workspace)
    one, two = history.keep("a/b.py", b"x", "first"), history.keep("a/c.py", b"x", "second")
    assert one.digest == two.digest
    assert len([one for one in (history.folder / "texts").rglob("*") if one.is_file()]) == 1


def test_a_half_written_line_is_passed_over_and_shut_off(workspace):
    history = History(workspace)
    history.keep("a/b.py", b"one", "why")
    index = history.folder / "index.jsonl"
    whole = index.read_bytes()
    index.write_bytes(whole + whole[:30])  # the power went
    assert len(history.entries()) == 1
    history.keep("a/b.py", b"two", "why")
    assert [history.content(one) for one in history.entries()] == [b"one", b"two"]
    assert index.read_bytes().startswith(whole)  # it only ever grows


def test_a_line_that_names_another_place_is_passed_over(workspace):
    history = History(workspace)
    history.keep("a/b.py", b"one", "why")
    with (history.folder / "index.jsonl").open("ab") as index:
        index.write(b'{"at": "", "file": "a", "digest": "sha256:../../../etc/passwd", "why": ""}\n')
    assert len(history.entries()) == 1


def test_restoring_keeps_what_it_replaces(workspace, tmp_path):
    history = History(workspace)
    earlier = history.keep("a/b.py", b"earlier", "why")
    target = tmp_path / "b.py"
    target.write_bytes(b"now")
    history.restore(earlier, target, "put back")
    assert target.read_bytes() == b"earlier"
    assert history.content(history.entries("a/b.py")[-1]) == b"now"


def test_a_text_that_was_changed_or_has_gone_is_not_put_back(workspace, tmp_path):
    history = History(workspace)
    entry = history.keep("a/b.py", b"earlier", "why")
    (text,) = (one for one in (history.folder / "texts").rglob("*") if one.is_file())
    target = tmp_path / "b.py"
    target.write_bytes(b"now")
    text.write_bytes(b"forged")
    with pytest.raises(SubmissionError, match="was changed since it was kept"):
        history.restore(entry, target, "put back")
    text.unlink()
    with pytest.raises(SubmissionError, match="can't be read"):
        history.restore(entry, target, "put back")
    assert target.read_bytes() == b"now"
    history.keep("a/b.py", b"earlier", "again")  # and it heals
    assert history.content(entry) == b"earlier"
