"""The JSON contract: the published schema is what `results.py` says, and reports keep to it."""

from __future__ import annotations

import json
from pathlib import Path

import jsonschema
import msgspec
import pytest

from grader.reports.cohort_json import cohort_json
from grader.results import (
    ApprenticeReport,
    AttemptResult,
    CheckResult,
    CohortReport,
    Comment,
    Digests,
    ExerciseResult,
    GradeReport,
    Item,
    Outcome,
    Status,
    schema,
    to_json,
)

pytestmark = pytest.mark.interpreter

PUBLISHED = Path(__file__).parents[1] / "grader" / "report.schema.json"
OF_COHORTS = PUBLISHED.with_name("cohort.schema.json")


def _report(**changes):
    item = Item(
        id="test_fares.py::test_child", outcome=Outcome.FAILED, sentence="A child pays half."
    )
    check = CheckResult(name="hidden-suite", outcome=Outcome.FAILED, items=(item,))
    exercise = ExerciseResult(
        id="price-a-journey",
        title="Price a journey",
        client="Tapline",
        track="build",
        difficulty=1,
        status=Status.PARTLY,
        digest=Digests(exercise="sha256:0", work="sha256:1"),
        checks=(check,),
    )
    values = {"grader": "0.1.0", "isolation": "full", "submission": "x", "exercises": (exercise,)}
    return GradeReport(**{**values, **changes})


@pytest.mark.parametrize(
    ("published", "kind"), [(PUBLISHED, GradeReport), (OF_COHORTS, CohortReport)]
)
def test_the_published_schema_is_up_to_date(published, kind):
    assert json.loads(published.read_text()) == json.loads(json.dumps(schema(kind)))


def test_a_cohort_keeps_to_its_schema_and_comes_back():
    result = msgspec.structs.asdict(_report().exercises[0])
    latest = AttemptResult(**result, handed_in_at="2026-03-02T12:00:00+00:00", best=Status.MET)
    comment = Comment(by="tutor-1", at="2026-03-03T12:00:00+00:00", text="Good names.")
    one = ApprenticeReport(apprentice="heron-1", exercises=(latest,), comments=(comment,))
    data = b"".join(cohort_json("0.1.0", "full", ["Left out."], [one, one]))
    jsonschema.validate(json.loads(data), json.loads(OF_COHORTS.read_text()))
    found = msgspec.json.decode(data, type=CohortReport)
    assert (found.apprentices, found.unmatched) == ((one, one), ("Left out.",))


def test_a_report_keeps_to_the_schema_and_comes_back():
    data = to_json(_report())
    jsonschema.validate(json.loads(data), json.loads(PUBLISHED.read_text()))
    assert msgspec.json.decode(data, type=GradeReport) == _report()
    assert json.loads(data)["format"] == 1


@pytest.mark.parametrize(
    ("path", "value"), [(("exercises", 0, "status"), "splendid"), (("format",), "one")]
)
def test_what_is_not_of_the_contract_is_refused(path, value):
    data = json.loads(to_json(_report()))
    *way, last = path
    place = data
    for step in way:
        place = place[step]
    place[last] = value
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(data, json.loads(PUBLISHED.read_text()))
