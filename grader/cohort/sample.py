"""A cohort that nobody is in: folders to grade, an identity file, and what each should get.

All of it follows from the course and one seed. There are two rounds of handing in: in the second
one, some hand in something better or worse than before, and some the same again.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random

import msgspec

from grader.catalogue import Exercise
from grader.cohort.identity import Identity, Person, identity_text
from grader.cohort.sample_work import KINDS, Work, make_work
from grader.errors import UsageError
from grader.individual import Learner
from grader.results import Status

FORMAT = 1
ROUNDS = ("round-1", "round-2")
HANDED_IN = ("2026-09-14", "2026-10-12")
EACH = 3  # exercises that one apprentice hands in
# How often each kind comes among forty; every kind comes once before any comes again.
_OFTEN = {"right": 12, "faulty": 12, "sound": 7, "starter": 2, "syntax": 2}
_BIRDS = ("heron", "linnet", "osprey", "plover", "rowan", "juniper", "maple", "alder")
_FIRST_NAMES = ("Robin", "Sam", "Alex", "Charlie", "Jo", "Kit")
_STRANGER = "unknown-person"


class Expected(msgspec.Struct, frozen=True, kw_only=True):
    """What one hand-in should get: one of `status`; see `Work` for the rest."""

    round: str
    apprentice: str
    exercise: str
    kind: str
    status: tuple[Status, ...]
    hidden: str = ""


class Sample(msgspec.Struct, frozen=True, kw_only=True):
    """`expected.json`. `unmatched` are the folders that belong to nobody or to no exercise."""

    format: int = FORMAT
    seed: int
    rounds: tuple[str, ...] = ROUNDS
    handed_in: tuple[str, ...] = HANDED_IN
    hand_ins: tuple[Expected, ...]
    unmatched: tuple[str, ...]


@dataclass(frozen=True)
class _Course:
    exercises: Sequence[Exercise]
    solutions: Path
    seed: int

    def work(
        self, kind: str, exercise: Exercise, person: Person, turn: str, attempt: int = 1
    ) -> Work:
        seed = f"{self.seed} {person.id} {exercise.id} {turn}"
        learner = Learner(person.id, attempt)
        return make_work(kind, exercise, self.solutions / exercise.id, learner, seed)


def write_sample(
    to: Path, exercises: Sequence[Exercise], solutions: Path, *, apprentices: int, seed: int
) -> Sample:
    """Write a sample cohort into a new or empty folder. UsageError when it isn't empty."""
    if to.exists() and (not to.is_dir() or any(to.iterdir())):
        raise UsageError(f"`{to}` isn't an empty folder; name a new one.")
    ready = [one for one in exercises if (solutions / one.id).is_dir()]
    if not ready:
        raise UsageError("None of the exercises has a solution, from which a sample is made.")
    course = _Course(ready, solutions, seed)
    people = list(_people(apprentices, Random(f"{seed} people")))
    sample = Sample(
        seed=seed,
        hand_ins=tuple(_hand_ins(to, course, people)),
        unmatched=tuple(_strays(to, course, people)),
    )
    (to / "identity.csv").write_text(identity_text(Identity(people)), "utf-8")
    text = msgspec.json.format(msgspec.json.encode(sample), indent=1)
    (to / "expected.json").write_bytes(text + b"\n")
    return sample


def read_sample(folder: Path) -> Sample:
    """Read `expected.json` of a sample. UsageError when the folder holds none."""
    try:
        return msgspec.json.decode((folder / "expected.json").read_bytes(), type=Sample)
    except (OSError, msgspec.ValidationError, msgspec.DecodeError):
        raise UsageError(
            f"`{folder}` holds no sample; `grade sample --to {folder}` writes one."
        ) from None


def _people(count: int, chance: Random) -> Iterator[Person]:
    """Most file their work under the pseudonym, some under what a learning platform makes of it."""
    for number in range(1, count + 1):
        known = f"{chance.choice(_BIRDS)}-{1000 + number}"
        name = f"{chance.choice(_FIRST_NAMES)} Sample-{number}"
        platform = f"{name}_{100_000 + number}_assignsubmission_file_"
        yield Person(known, name=name, folder=platform if number % 5 == 0 else known)


def _hand_ins(to: Path, course: _Course, people: Sequence[Person]) -> Iterator[Expected]:
    chance = Random(f"{course.seed} work")
    deck = _deck(chance)
    for person in people:
        # Some put their exercises into one folder more, as they have them at home.
        home = Path(person.folder, *(["exercises"] if chance.random() < 0.1 else []))
        chosen = chance.sample(course.exercises, min(EACH, len(course.exercises)))
        for exercise in chosen:
            work = course.work(next(deck), exercise, person, ROUNDS[0])
            yield _write(to, ROUNDS[0], home, person, exercise, work)
            turn = chance.random()
            if turn < 0.15:
                yield _write(to, ROUNDS[1], home, person, exercise, work)
            elif turn < 0.4:
                later = "faulty" if work.kind == "right" else "right"
                number = 1 if Status.NOT_STARTED in work.status else 2
                changed = course.work(later, exercise, person, ROUNDS[1], number)
                yield _write(to, ROUNDS[1], home, person, exercise, changed)


def _deck(chance: Random) -> Iterator[str]:
    first = list(KINDS)
    chance.shuffle(first)
    yield from first
    kinds = [kind for kind in KINDS for _ in range(_OFTEN.get(kind, 1))]
    while True:
        chance.shuffle(kinds)
        yield from kinds


def _write(
    to: Path, turn: str, home: Path, person: Person, exercise: Exercise, work: Work
) -> Expected:
    folder = to / turn / home / exercise.id
    for name, data in work.files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    return Expected(
        round=turn,
        apprentice=person.id,
        exercise=exercise.id,
        kind=work.kind,
        status=work.status,
        hidden=work.hidden,
    )


def _strays(to: Path, course: _Course, people: Sequence[Person]) -> Iterator[str]:
    """A folder that was renamed, and somebody whom nobody knows; neither may be dropped."""
    exercise = course.exercises[0]
    for label in (f"{people[0].folder}/{exercise.id} (1)", f"{_STRANGER}/{exercise.id}"):
        folder = to / ROUNDS[0] / label
        folder.mkdir(parents=True)
        for name in exercise.work:
            (folder / name).write_bytes(b"# kept somewhere else\n")
    yield f"{people[0].folder}/{exercise.id} (1)"
    yield _STRANGER
