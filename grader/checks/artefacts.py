"""Artefacts: the author's tests of files that are handed in as data, through the `work` fixture.

They lie in `solutions/<id>/artefacts/test_*.py` and are plain pytest with the markers of a
hidden suite. Nothing of the learner's is imported; what is read is observed evidence. Tests that
call the learner's program belong to the hidden suite, where the fixture can be used, too.
"""

from __future__ import annotations

import msgspec

from grader.bridge.artefacts.debugging import REMARK
from grader.checks.check import Check, Context, Options
from grader.checks.solution_suite import run_solution_suite
from grader.results import CheckResult

NAME = "artefacts"


class ArtefactsOptions(Options, frozen=True, kw_only=True, rename="kebab"):
    """`needed` is the share of points, 0 to 1."""


def run(context: Context, options: ArtefactsOptions) -> CheckResult:
    """Grade what was handed in as files; ExerciseError when the suite is unsound."""
    result, examined = run_solution_suite(
        context, options, name=NAME, folder="artefacts", modules=(), artefacts=True
    )
    if REMARK in examined.remarks:
        notes = tuple(note for note in result.tutor_notes if note != REMARK)
        return msgspec.structs.replace(result, summary=REMARK, tutor_notes=notes)
    return result


CHECK = Check(NAME, ArtefactsOptions, run)
