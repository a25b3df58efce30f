"""The exercises of a course: reads and validates their facts, finds them, puts them in order."""

from grader.catalogue.behaviours import BEHAVIOURS, Behaviour, Behaviours, read_behaviours
from grader.catalogue.claims import Claims, claims_of
from grader.catalogue.course import Attempts, Course, Retention, Track, find_course, tracks
from grader.catalogue.coursefiles import Given, exercise_digest, find_given, given_files
from grader.catalogue.digests import digest_of
from grader.catalogue.exercise import (
    Exercise,
    Kinds,
    SandboxNeeds,
    examine_exercise,
    id_problems,
    is_plain_relative,
    read_exercise,
    regular_files,
)
from grader.catalogue.finding import find_exercises
from grader.catalogue.starters import (
    Starters,
    is_untouched,
    make_starters,
    read_starters,
    text_digest,
)

__all__ = [
    "BEHAVIOURS",
    "Attempts",
    "Behaviour",
    "Behaviours",
    "Claims",
    "Course",
    "Exercise",
    "Given",
    "Kinds",
    "Retention",
    "SandboxNeeds",
    "Starters",
    "Track",
    "claims_of",
    "digest_of",
    "examine_exercise",
    "exercise_digest",
    "find_course",
    "find_exercises",
    "find_given",
    "given_files",
    "id_problems",
    "is_plain_relative",
    "is_untouched",
    "make_starters",
    "read_behaviours",
    "read_exercise",
    "read_starters",
    "regular_files",
    "text_digest",
    "tracks",
]
