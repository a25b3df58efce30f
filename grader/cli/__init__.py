"""The command line: parse, call, print, exit code; the one place that turns errors into words."""

from grader.startup import put_in_order

__all__ = ["main"]


def main() -> None:
    """Run the command line; exit code 2 for wrong use, a broken exercise, or an unfit machine."""
    put_in_order()  # before anything else is imported

    from grader.cli.ending import run

    run()
