"""What the sidebar shows of a course, and which files of it a request may name.

Theory of operation. A request comes from a page that is logged in, but its paths may be anything.
An exercise is named by its id and looked up; a notebook is named relative to the course's folder,
must end in `.ipynb`, must not lead out of that folder, and no part of its path may be a link.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from grader import __version__
from grader.catalogue import Exercise, find_course, tracks
from grader.errors import UsageError
from grader.escaping import visible
from grader.lab.notebooks import FOLDER
from grader.reports.wording import status_words
from grader.results import Status
from grader.standard import code_order, standard
from grader.workspace import Workspace, identity_of
from grader.workspace.course import exercises_under, one_exercise
from grader.workspace.progress import Standing, next_to_do, standings

FORMAT = 1
TICKET = "README.md"
NO_COURSE = (
    "There is no course here. Start JupyterLab in the folder of your course (the one with "
    "`exercises` in it) by typing `grade lab` in a terminal."
)


class Place:
    """The course in the folder that a server shows; read anew each time, as it may change."""

    def __init__(self, root: Path) -> None:
        self.root = root.resolve()
        self.workspace = Workspace(self.root / "exercises")

    def exercises(self) -> tuple[Exercise, ...]:
        """All exercises of the course; UsageError when there is none."""
        if not any(self.workspace.exercises.glob("*/exercise.toml")):
            raise UsageError(NO_COURSE)
        return exercises_under([self.workspace.exercises], need_starters=False)

    def exercise(self, name: object) -> Exercise:
        """The exercise of that id."""
        return one_exercise(_text(name).replace("/", " "), self.exercises())

    def notebook(self, name: object) -> Path:
        """The saved notebook of that path, relative to the course's folder; UsageError if not."""
        text = _text(name)
        parts = Path(text).parts
        path = self.root.joinpath(*parts) if parts else self.root
        steps = [self.root.joinpath(*parts[: n + 1]) for n in range(len(parts))]
        outside = not parts or Path(text).is_absolute() or ".." in parts or "\\" in text
        if outside or "\0" in text or path.suffix != ".ipynb" or any(map(_is_link, steps)):
            raise UsageError(f"`{visible(text, 80)}` is no notebook of this course.")
        if not path.is_file():
            raise UsageError(f"`{visible(text, 80)}` isn't saved yet. Save it, then check again.")
        return path


def _text(name: object) -> str:
    if not isinstance(name, str) or len(name) > 1000:
        raise UsageError("A name in the request is no text. Reload the page.")
    return name


def _is_link(path: Path) -> bool:
    try:
        return path.is_symlink()
    except (OSError, ValueError):
        return True


def overview(place: Place) -> dict[str, Any]:
    """The whole sidebar: exercises by track, what comes next, progress per KSB."""
    exercises = place.exercises()
    found = {one.exercise.id: one for one in standings(place.workspace, exercises)}
    course = find_course(place.workspace.exercises)
    following = next_to_do(list(found.values()))
    return {
        "format": FORMAT,
        "version": __version__,
        "title": course.title,
        "has_id": bool(identity_of(place.workspace)),
        "next": following.exercise.id if following else None,
        "done": sum(one.done for one in found.values()),
        "tracks": [
            {"title": track.title, "exercises": [_told(found[one.id]) for one in track.exercises]}
            for track in tracks(exercises, course)
        ],
        "ksbs": _ksbs(list(found.values())),
    }


def _told(standing: Standing) -> dict[str, Any]:
    exercise = standing.exercise
    home = f"exercises/{exercise.id}"
    return {
        "id": exercise.id,
        "title": exercise.title,
        "client": exercise.client,
        "minutes": exercise.minutes,
        "difficulty": exercise.difficulty,
        "state": state_of(standing),
        "words": _words(standing),
        "ksbs": exercise.ksbs,
        "folder": home,
        "notebook": f"{FOLDER}/{exercise.id}.ipynb",
        "files": [f"{home}/{name}" for name in (TICKET, *exercise.work)],
    }


def state_of(standing: Standing) -> str:
    """One of three, which the sidebar marks with a sign and a word each."""
    if standing.done:
        return "met"
    return "not-started" if standing.status is Status.NOT_STARTED else "in-progress"


def _words(standing: Standing) -> str:
    if standing.status is None:
        return "in progress, not checked as it is now"
    return status_words(standing.status, provisional=standing.provisional)


def _ksbs(found: Sequence[Standing]) -> list[dict[str, Any]]:
    """For each KSB that an exercise claims: in how many of them the work is done."""
    known = standard().ksbs
    codes = sorted({code for one in found for code in one.exercise.ksbs}, key=code_order)
    return [
        {
            "code": code,
            "text": known[code].text,
            "met": sum(one.done for one in found if code in one.exercise.ksbs),
            "exercises": sum(code in one.exercise.ksbs for one in found),
        }
        for code in codes
    ]
