"""Hand-ins and results for gradebooks."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from grader.gradebook import Gradebook, HandIn, Key
from grader.results import CheckResult, Digests, ExerciseResult, Item, Outcome, Status

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)


@pytest.fixture
def book(tmp_path):
    with Gradebook(tmp_path / "gradebook.db") as made:
        yield made


@pytest.fixture
def hand_in():
    def make(apprentice="heron-1", *, exercise="price-a-journey", hours=0, text=b"x = 1\n"):
        return HandIn(
            apprentice=apprentice,
            exercise=exercise,
            handed_in_at=NOON + timedelta(hours=hours),
            work=f"sha256:{text.hex()}",
            files={"fares.py": text},
        )

    return make


@pytest.fixture
def key():
    return Key("sha256:aa", "0.1.0", "full")


@pytest.fixture
def result():
    def make(status=Status.MET, *, points=3, pending=False, exercise="price-a-journey"):
        outcome = Outcome.PASSED if status is Status.MET else Outcome.FAILED
        outcome = Outcome.PENDING if pending else outcome
        item = Item(id="t", outcome=outcome, sentence="A child pays half.", ksbs=("S1",), points=3)
        check = CheckResult(
            name="rubric" if pending else "hidden-suite",
            outcome=outcome,
            ksbs=("S1",),
            points=points,
            points_max=3,
            items=(item,),
        )
        return ExerciseResult(
            id=exercise,
            title="Price a journey",
            client="Tapline",
            track="build",
            difficulty=1,
            status=status,
            digest=Digests(exercise="sha256:aa", work="sha256:bb"),
            ksbs=("S1",),
            checks=(check,),
        )

    return make
