"""Grades a cohort: who handed in what, graded in parallel, kept in a gradebook, told in reports."""
