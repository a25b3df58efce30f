"""Grades practice exercises for apprentices on ST0128, Software Development Technician."""

__version__ = "0.1.0"


def load_ipython_extension(shell: object) -> None:
    """Answer `%load_ext grader`."""
    import importlib  # not at the top: see `startup.py`

    # By name: the layers below the notebooks import this package too.
    importlib.import_module("grader.lab.magics").load_into(shell)
