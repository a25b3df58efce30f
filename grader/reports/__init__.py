"""Reports for people: a GradeReport, the catalogue or one KSB as text. Pure; never grades.

All text that a learner, an author or a suite has written is made visible and escaped here.
"""

from grader.reports.catalogue_view import duty_matrix, exercises_table, ksb_matrix
from grader.reports.explain_view import explain
from grader.reports.html_report import page
from grader.reports.next_step import next_step
from grader.reports.telling import Problem, Telling, tell
from grader.reports.terminal import render

__all__ = [
    "Problem",
    "Telling",
    "duty_matrix",
    "exercises_table",
    "explain",
    "ksb_matrix",
    "next_step",
    "page",
    "render",
    "tell",
]
