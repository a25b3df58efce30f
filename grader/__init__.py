"""Grades practice exercises for apprentices on ST0128, Software Development Technician."""

import importlib

__version__ = "0.1.0"


def load_ipython_extension(shell: object) -> None:
    """Answer `%load_ext grader`."""
    # By name: the layers below the notebooks import this package too.
    importlib.import_module("grader.lab.magics").load_into(shell)
