"""Hidden suite: the author's tests, run across the trust boundary against the learner's program."""

from __future__ import annotations

from grader.checks.check import Check, Context, Options
from grader.checks.solution_suite import run_solution_suite
from grader.results import CheckResult

NAME = "hidden-suite"


class HiddenSuiteOptions(Options, frozen=True, kw_only=True, rename="kebab"):
    """`needed` is the share of points, 0 to 1."""


def run(context: Context, options: HiddenSuiteOptions) -> CheckResult:
    """Grade the learner's program by the hidden suite; ExerciseError when the suite is unsound."""
    return run_solution_suite(context, options, name=NAME, folder="hidden")[0]


CHECK = Check(NAME, HiddenSuiteOptions, run)
