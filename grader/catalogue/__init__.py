"""The exercises of a course: reads and validates their facts, finds them, puts them in order."""

from grader.catalogue.claims import Claims, claims_of
from grader.catalogue.course import Course, Track, find_course, tracks
from grader.catalogue.digests import digest_of
from grader.catalogue.exercise import (
    Exercise,
    Kinds,
    SandboxNeeds,
    examine_exercise,
    given_files,
    is_plain_relative,
    read_exercise,
    regular_files,
)
from grader.catalogue.finding import find_exercises
from grader.catalogue.starters import (
    Starters,
    exercise_digest,
    is_untouched,
    make_starters,
    read_starters,
)

__all__ = [
    "Claims",
    "Course",
    "Exercise",
    "Kinds",
    "SandboxNeeds",
    "Starters",
    "Track",
    "claims_of",
    "digest_of",
    "examine_exercise",
    "exercise_digest",
    "find_course",
    "find_exercises",
    "given_files",
    "is_plain_relative",
    "is_untouched",
    "make_starters",
    "read_exercise",
    "read_starters",
    "regular_files",
    "tracks",
]
