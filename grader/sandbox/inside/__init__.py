"""The part of the sandbox that runs inside it: a package by itself, mounted alone as `_inside`.

It uses relative imports only and imports nothing of `grader`, so that none of the grader's
files need to be readable where a learner's program runs.
"""
