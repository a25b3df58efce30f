"""`grade lab`: what it starts, and what it says when it can't."""

from __future__ import annotations

import importlib.util

import pytest

from grader.cli import lab
from grader.errors import UsageError
from grader.lab import launching
from tests.copying import make_course


def test_without_jupyterlab_it_says_what_to_install(monkeypatch):
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: None)
    with pytest.raises(UsageError, match=r"apprentice-grader\[lab\]"):
        lab.start(None, None, (), browser=True)


def test_it_becomes_jupyterlab_in_the_courses_folder(monkeypatch, tmp_path, capsys):
    course = make_course(tmp_path, "price-a-journey")
    started = []
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: object())
    monkeypatch.setattr(launching, "become", lambda *given: started.append(given))
    lab.start(course, 9000, ("--allow-root",), browser=False)
    ((words, environ, folder),) = started
    assert words[-1] == "--allow-root"
    assert folder == tmp_path
    assert environ["JUPYTER_CONFIG_DIR"].startswith(str(tmp_path / ".grader"))
    assert "Ctrl-C" in capsys.readouterr().out


def test_a_folder_of_another_name_is_refused(monkeypatch, tmp_path):
    course = make_course(tmp_path, "price-a-journey")
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: object())
    with pytest.raises(UsageError, match="must be called `exercises`"):
        lab.start(course.rename(tmp_path / "other"), None, (), browser=True)
