"""Tagstore: take in contractors' inspection files."""

from datetime import datetime
from pathlib import Path

from records import Inspection, Intake, Reject


class FileError(Exception):
    """The whole file can't be taken in."""


def load(path: Path) -> Intake:
    """Return the good and the bad rows of one contractor's file.

    path: the CSV file to read
    Raises FileError when the file as a whole can't be used.
    """
    raise NotImplementedError("load is not written yet")


def write_rejects(path: Path, rejects: list[Reject], at: datetime) -> None:
    """Write the bad rows to a CSV file that goes back to the contractor.

    path: the CSV file to write; one that is already there is replaced
    rejects: the bad rows, in the order in which they are to be written
    at: when the rows were rejected, with its time zone
    """
    raise NotImplementedError("write_rejects is not written yet")
