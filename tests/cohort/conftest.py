"""Hand-ins as people make them, and a gradebook in which work waits for a tutor."""

from __future__ import annotations

import hashlib
import io
import json
import zipfile
from datetime import UTC, datetime, timedelta

import pytest

from grader import __version__
from grader.catalogue import digest_of, exercise_digest
from grader.checks import Context
from grader.evidence import Mode
from grader.gradebook import Gradebook, HandIn, Key
from grader.grading import Task, result_of, run_checks, weigh
from grader.individual import Learner
from grader.submission import Submission
from tests.checks.conftest import Small

MADE = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)


def zipped(files):
    """A zip archive of files by name."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, data in files.items():
            archive.writestr(zipfile.ZipInfo(name), data)
    return out.getvalue()


@pytest.fixture
def hand_in_zip():
    """An archive as `grade hand-in` makes it."""

    def make(apprentice, exercise="first-unit", *, made=MADE, text=b"x = 1\n", attempt=1, hints=()):
        files = {"zones.py": text}
        digests = {name: "sha256:" + hashlib.sha256(one).hexdigest() for name, one in files.items()}
        manifest = {
            "format": 1,
            "made": made.isoformat().replace("+00:00", "Z"),
            "grader": "0.1.0",
            "apprentice": apprentice,
            "exercises": [
                {
                    "id": exercise,
                    "attempt": attempt,
                    "exercise_digest": "sha256:aa",
                    "work_digest": digest_of(files),
                    "files": digests,
                    "hints": list(hints),
                }
            ],
        }
        members = {f"{exercise}/{name}": one for name, one in files.items()}
        return zipped({"manifest.json": json.dumps(manifest)} | members)

    return make


RUBRIC = """
[checks.style]
profiles = ["naming"]

[checks.rubric]
ksbs = ["S1"]

[[checks.rubric.criteria]]
id = "choices"
title = "The code says why."
meets = "shown"
evidence = ["fares.py", "style"]
levels = { missing = "No reason.", shown = "One reason.", weighed = "Two ways weighed." }

[[checks.rubric.criteria]]
id = "names"
title = "Names say what things are."
meets = "yes"
levels = { no = "One has to guess.", yes = "One need not." }
"""
NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)


@pytest.fixture
def small(tmp_path):
    return Small(tmp_path)


@pytest.fixture
def exercise(small):
    return small.exercise(("fares.py",), RUBRIC)


@pytest.fixture
def book(tmp_path):
    with Gradebook(tmp_path / "gradebook.db") as made:
        yield made


@pytest.fixture
def graded(exercise, book):
    """Grade work without a sandbox: a rubric and a style need none."""

    def grade(who, text, *, hours=0, mode=Mode.ASSESSED, grader=__version__):
        files = {"fares.py": text.encode()}
        work = digest_of(files)
        when = NOON + timedelta(hours=hours)
        attempt = book.attempt(HandIn(who, exercise.id, when, work, files, mode)).id
        checks = run_checks(Context(exercise, files, {}, None, None))
        task = Task(exercise, exercise.folder, learner=Learner(who))
        result = result_of(task, Submission(files=files), weigh(checks), checks, seconds=1.5)
        key = Key(exercise_digest(exercise, None), grader, "full")
        book.save(attempt, key, result)
        return attempt, work

    return grade
