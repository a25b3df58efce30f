"""`grade new`: an exercise that can be graded at once, with a TODO where its author has a say."""

from __future__ import annotations

import string
from dataclasses import dataclass
from pathlib import Path

from grader.catalogue import find_course, id_problems, regular_files
from grader.errors import UsageError
from grader.tables import did_you_mean

_SKELETON = Path(__file__).parent / "skeleton"


@dataclass(frozen=True)
class Facts:
    """What is known of the new exercise; "" where its author has not said."""

    id: str
    title: str = ""
    client: str = ""
    track: str = ""


def create(exercises: Path, solutions: Path, facts: Facts) -> tuple[Path, ...]:
    """Write both folders of a new exercise; the files that were written.

    Raises UsageError when the id can't be used or is taken, or the course has no such client.
    """
    problems = id_problems(facts.id)
    if problems:
        raise UsageError(f"`{facts.id}` can't be an exercise: {problems[0]}.")
    homes = {"exercise": exercises / facts.id, "solution": solutions / facts.id}
    for home in homes.values():
        if home.exists():
            raise UsageError(f"`{home}` is there already; take another id, or edit what is there.")
    words = _words(exercises, facts)
    written = []
    for part, home in homes.items():
        for name in regular_files(_SKELETON / part):
            text = (_SKELETON / part / name).read_text("utf-8")
            path = home / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(string.Template(text).substitute(words), "utf-8")
            written.append(path)
    return tuple(written)


def _words(exercises: Path, facts: Facts) -> dict[str, str]:
    """What the placeholders of the skeleton stand for."""
    course = find_course(exercises)
    for word, known in (("client", course.clients), ("track", course.tracks)):
        said = str(getattr(facts, word))
        if said and known and said not in known:
            names = ", ".join(known)
            advice = did_you_mean(said, list(known)) or f"; it has {names}"
            raise UsageError(f"The course has no {word} `{said}`{advice}")
    return {
        "id": facts.id,
        "title": _toml(facts.title or "TODO: what the client would call it"),
        "client": _toml(facts.client or next(iter(course.clients), "TODO: a client")),
        "track": _toml(facts.track or next(iter(course.tracks), "build")),
    }


def _toml(text: str) -> str:
    """Text that may stand between double quotes."""
    if not text.isprintable() or '"' in text or "\\" in text:
        raise UsageError(f"{text!r} can't be used: leave out quotes, backslashes and line breaks.")
    return text
