"""A lint whose trials are made up, for tests that are not about running programs."""

from __future__ import annotations

import contextlib

import pytest

from grader.authoring import bench, linting
from grader.authoring.trials import Catching, Caught, Graded, Grading, SuiteRan
from grader.results import Status


@pytest.fixture
def made_up(monkeypatch, tmp_path):
    """All is well but with a suite that passes `grams <= 1`; the cache is the test's own."""

    def run_trial(_task, trial, _examiner):
        if isinstance(trial, Grading):
            return Graded(Status.MET, ())
        if isinstance(trial, Catching):
            return Caught()
        if getattr(trial, "measured", ()):
            return SuiteRan((), arcs={"parcels.py": ((-1, 1), (1, 3))})
        alive = any(b"grams <= 1)" in content for _, content in trial.work)
        return SuiteRan(() if alive else (("test_it", "no"),))

    monkeypatch.setattr(bench, "run_trial", run_trial)
    monkeypatch.setattr(bench, "Examiner", contextlib.nullcontext)
    monkeypatch.setattr(linting, "shelf_file", lambda _course: tmp_path / "shelf.json")
    return SuiteRan
