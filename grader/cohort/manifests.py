"""What a hand-in says of itself, held against where it came in and what is in it.

Theory of operation. `manifest.json` is written on the apprentice's own machine, so all it says is
a claim: it is decoded by a closed schema within bounds, its id has to be that of whoever's
hand-in it is, its time and its number of an attempt decide nothing, and its digests are made again
from what was read. What doesn't agree is told to the tutor and on the result; the contents are
what is graded.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime, timedelta

import msgspec

from grader.escaping import visible
from grader.gradebook import Attempt
from grader.workspace.handing_in import FORMAT, MANIFEST, Manifest, PackedExercise

MOST_EXERCISES = 500
MOST_ATTEMPTS = 1000
_SLACK = timedelta(hours=26)  # a clock that is set to another zone, and goes a bit fast
_EARLIEST = datetime(2020, 1, 1, tzinfo=UTC)
_NAMED = re.compile(r"hand-in-(?P<id>[a-z0-9-]+)-\d{8}-\d{6}(?: ?\(\d+\))?")


def read_manifest(data: bytes) -> Manifest | str:
    """The manifest, or what is wrong with it as the end of a sentence ("its manifest.json …")."""
    try:
        found = msgspec.json.decode(data, type=Manifest)
    except (msgspec.DecodeError, RecursionError):
        return f"{MANIFEST} isn't as `grade hand-in` writes it"
    if found.format > FORMAT:
        return f"{MANIFEST} is of a newer grader than this one"
    ids = [one.id for one in found.exercises]
    if len(ids) > MOST_EXERCISES or len(set(ids)) != len(ids):
        return f"{MANIFEST} names an exercise twice, or too many of them"
    if not all(1 <= one.attempt <= MOST_ATTEMPTS for one in found.exercises):
        return f"{MANIFEST} has an attempt that isn't from 1 to {MOST_ATTEMPTS:,}"
    return found


def made_at(manifest: Manifest, now: datetime) -> datetime | None:
    """When it says that it was made; None when that can't be."""
    try:
        found = datetime.fromisoformat(manifest.made)
    except ValueError:
        return None
    if found.tzinfo is None or not _EARLIEST <= found <= now + _SLACK:
        return None
    return found.astimezone(UTC)


def id_in_name(stem: str) -> str:
    """The id in the name that `grade hand-in` gives its files; "" in any other."""
    found = _NAMED.fullmatch(stem)
    return found["id"] if found else ""


def claims_another_number(claim: PackedExercise, number: int, *, chosen: bool) -> Iterator[str]:
    """What to say when a hand-in claims another number than the gradebook gives it.

    `chosen`: the number decides something that the apprentice sees, questions or data.
    """
    if claim.attempt == number:
        return
    says = f"It says that it is attempt {claim.attempt}, and it is hand-in {number}"
    yield f"{says} of {claim.id} in the gradebook, which decides."
    if chosen:
        yield (
            f"Its questions and data are those of attempt {number}. For a further hand-in: "
            f"`grade questions exercises/{claim.id} --attempt {number + 1}`, then "
            f"`grade hand-in {claim.id} --attempt {number + 1}`."
        )


def claims_another_time(
    claimed_at: datetime | None, attempt: Attempt, earlier: Sequence[Attempt], *, practice: bool
) -> Iterator[str]:
    """What to say to the tutor of a claimed time, where it would have changed something."""
    if claimed_at is None:
        return
    before = [one.number for one in earlier if claimed_at < one.seen_at]
    told = f"It says that it was made on {claimed_at:%Y-%m-%d %H:%M} UTC"
    if claimed_at > attempt.seen_at + _SLACK:
        yield f"{told}, which is still to come."
    elif before:
        yield (
            f"{told}, before hand-in {before[0]} arrived; it is hand-in {attempt.number}, as it "
            "arrived later."
        )
    elif practice:
        yield f"{told}; what counts is when it was first seen here, or `--handed-in`."


def disagreements(
    claim: PackedExercise, files: Mapping[str, bytes], exercise_digest: str
) -> Iterator[str]:
    """What the manifest says of an exercise that isn't so, as sentences.

    Without an `exercise_digest` the apprentice's copy of the exercise isn't compared.
    """
    for name in sorted({*claim.files, *files}):
        shown = visible(name, 80)
        if name not in files:
            yield f"{MANIFEST} names {shown}, which isn't there as work."
        elif name not in claim.files:
            yield f"{shown} is not in {MANIFEST}; it was graded as it is."
        elif claim.files[name] != "sha256:" + hashlib.sha256(files[name]).hexdigest():
            yield (
                f"{shown} isn't what {MANIFEST} says it was when it was packed; it was graded "
                "as it is now."
            )
    if exercise_digest and claim.exercise_digest != exercise_digest:
        yield (
            "The work was done on another version of this exercise than the one it was graded "
            "with, or given files were changed."
        )
