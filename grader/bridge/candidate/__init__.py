"""The untrusted half of the bridge: imports the learner's modules and answers questions.

Self-contained: relative imports and the standard library only. The folder is mounted alone in
the sandbox, under a name of its own, and holds no test, no expected value and no secret.
"""


def warm() -> None:
    """Import everything that a candidate uses, once, before the zygote starts forking."""
    from . import program, template  # noqa: F401
