"""The command line: parse, call, print, exit code; the one place that turns errors into words."""

from __future__ import annotations

import sys

from grader.cli.main import cli

__all__ = ["cli", "main"]


def main() -> None:
    """Run the command line; exit code 2 for wrong use or a broken exercise."""
    from grader.errors import GraderError

    try:
        cli.main(prog_name="grade", standalone_mode=True)
    except GraderError as error:
        sys.stderr.write(f"{error}\n")
        sys.exit(2)
