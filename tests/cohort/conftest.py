"""Hand-ins as people make them: archives with a manifest, downloads of a learning platform."""

from __future__ import annotations

import hashlib
import io
import json
import zipfile
from datetime import UTC, datetime

import pytest

from grader.catalogue import digest_of

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
