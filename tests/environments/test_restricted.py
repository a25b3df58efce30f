"""Root at level restricted, with a Python that everybody can read: the same verdicts as at full."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest

from grader.checks.reference import reference_work

ROOT = Path(__file__).parents[2]
EXERCISES = sorted(path.parent.name for path in (ROOT / "exercises").glob("*/exercise.toml"))
_GRADE = """
import json, os, pathlib, sys, tempfile
root, texts, level = sys.argv[1:]
work = tempfile.mkdtemp()
for name, text in json.loads(texts).items():
    path = pathlib.Path(work, name)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")
os.execv(sys.executable, [sys.executable, "-P", "-m", "grader", work, "--exercises",
         root + "/exercises", "--json", "-", "--jobs", "2", "--isolation", level])
"""


@pytest.mark.slow
def test_the_references_get_the_same_verdicts_as_at_full(as_root, course_exercise):
    texts = {
        f"{one}/{name}": data.decode()
        for one in EXERCISES
        for name, data in reference_work(course_exercise(one), ROOT / "solutions" / one).items()
    }
    full, restricted = (
        _graded(as_root([sys.executable, "-c", _GRADE, str(ROOT), json.dumps(texts), level]))
        for level in ("full", "restricted")
    )
    networked = restricted.pop("loopback-json")
    assert full.pop("loopback-json")[0] == "met"
    assert restricted == full
    assert {status for status, _ in full.values()} == {"met"}
    tried = {name for _, checks in full.values() for name, *_ in checks}
    assert {"own-tests", "faulty-variants"} <= tried
    assert networked[0] == "broken"  # the one thing that this level can't give
    summaries = {summary for _, outcome, _, summary in networked[1] if outcome == "broken"}
    assert summaries == {
        "This exercise uses the network, and level restricted can't keep that inside the "
        "exercise. Use level full for it."
    }


def _graded(done):
    assert done.stdout, done.stderr
    return {
        one["id"]: (
            one["status"],
            [
                (check["name"], check["outcome"], check["points"], check["summary"])
                for check in one["checks"]
            ],
        )
        for one in json.loads(done.stdout)["exercises"]
    }
