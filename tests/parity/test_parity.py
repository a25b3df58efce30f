"""Suites written as plain pytest or unittest say the same across the boundary as without it."""

from __future__ import annotations

from pathlib import Path

import pytest

pytestmark = pytest.mark.interpreter

FOLDERS = sorted(path.parent for path in Path(__file__).parent.glob("*/suite"))
PROGRAMS = ("right", "wrong_1", "wrong_2")


# Every tenth case in the fast tier.
CASES = [
    pytest.param(folder, id=folder.name, marks=() if number % 10 == 0 else pytest.mark.slow)
    for number, folder in enumerate(FOLDERS)
]


@pytest.fixture(params=CASES)
def case(request, parity_case):
    return parity_case(request.param)


@pytest.mark.parametrize("name", PROGRAMS)
def test_same_outcomes(case, name, across, in_one_process):
    plain = in_one_process(case, name)
    failed = {test: detail for test, (outcome, detail) in plain.items() if outcome == "failed"}
    if name == "right" and failed:
        pytest.fail("\n".join(_short(test, detail) for test, detail in failed.items()), False)
    assert failed or name == "right", f"no test of the suite fails {name}"
    records = across(case, name)
    differing = [
        _told(test, outcome, detail, records.get(test))
        for test, (outcome, detail) in plain.items()
        if test not in records or records[test].outcome != outcome
    ]
    if differing:
        pytest.fail("\n".join(differing), pytrace=False)
    assert records.keys() == plain.keys()


def _short(test, detail):
    return f"{test}: failed in one process: {'; '.join(detail.splitlines()[-3:])}"


def _told(test, outcome, detail, record):
    if record is None:
        return f"{test}: {outcome} in one process, no verdict across"
    return (
        f"{test}: {outcome} in one process, {record.outcome} across\n"
        f"  one process: {'; '.join(detail.splitlines()[-3:])}\n"
        f"  across: {record.reason} {record.detail[-1500:]}"
    )
