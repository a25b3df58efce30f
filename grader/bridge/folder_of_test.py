"""Where `tempfile` and `tmp_path` make folders during a test: shared with the program when used."""

from __future__ import annotations

import contextlib
import re
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from grader.bridge.candidate.closed import FILES
from grader.bridge.session import Session
from grader.bridge.shared_folder import SharedFolder


@contextlib.contextmanager
def temporary_files(session: Session, item: pytest.Item, place: str = FILES) -> Iterator[None]:
    """Offer a fresh folder for the time of one test; the program has it at `place`."""
    base = Path(str(item.config.option.basetemp)).parent
    folder = session.ours(lambda: Path(tempfile.mkdtemp(prefix="test-", dir=base)))
    twin = str(Path(session.folder).parent / place)
    session.offered = SharedFolder(session, folder, twin)
    before, tempfile.tempdir = tempfile.tempdir, str(folder)
    try:
        yield
    finally:
        tempfile.tempdir = before


def folder_for(session: Session, request: pytest.FixtureRequest) -> Path:
    """What `tmp_path` gives to a test."""
    assert session.offered is not None
    name = re.sub(r"\W", "_", request.node.name)[:30]
    folder = session.offered.folder / f"{name}0"
    folder.mkdir()
    session.notice_files()
    return folder
