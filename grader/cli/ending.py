"""The one end of every command: what went wrong, in words, and the exit code."""

from __future__ import annotations

import errno
import os
import sys

from grader.errors import GraderError
from grader.system_errors import STANDARD_OUTPUT, in_words

WRONG = 2


def run() -> None:
    """Run the command that was asked for, and exit."""
    try:
        _run()
    except GraderError as error:
        _say(str(error))
        sys.exit(WRONG)
    except MemoryError:
        _say("There is not enough memory here. Close other programs, or raise `ulimit -v`.")
        sys.exit(WRONG)
    except OSError as error:
        _say(in_words(error if error.filename else _named(error)))
        sys.exit(WRONG)


def _run() -> None:
    """Run it; what it said has reached its reader, or that is an error too."""
    from grader.cli.main import cli

    try:
        cli.main(prog_name="grade", standalone_mode=True)
    finally:
        _deliver()


def _deliver() -> None:
    """Write out what is still to be said."""
    try:
        sys.stdout.flush()
    except OSError as error:
        # Python would try again when it ends, and complain in its own words.
        null = os.open(os.devnull, os.O_WRONLY)
        os.dup2(null, sys.stdout.fileno())
        os.close(null)
        if error.errno == errno.EPIPE:
            sys.exit(1)  # whoever reads it has seen enough
        raise OSError(error.errno, error.strerror, STANDARD_OUTPUT) from None


def _named(error: OSError) -> OSError:
    """The error with the name of standard output, if it is that which takes no more."""
    if error.errno == errno.ENOSPC:
        try:
            os.write(sys.stdout.fileno(), b"\n")
        except OSError:
            return OSError(error.errno, error.strerror, STANDARD_OUTPUT)
    return error


def _say(text: str) -> None:
    try:
        sys.stderr.write(f"{text}\n")
        sys.stderr.flush()
    except OSError:
        pass  # nobody can be told
