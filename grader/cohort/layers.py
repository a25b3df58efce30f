"""Tells a person's folder or archive from one that holds several people's: never by a guess.

Theory of operation. A folder at the top of the submissions is somebody's, or it is an assignment,
a round or an archive of everybody's. To take the second for the first would make one person of
many. So whatever could be both is refused, and the tutor says which it is.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Collection, Iterator, Mapping
from pathlib import Path

from grader.cohort.contents import MOST_ENTRIES, Course, entries, is_repository
from grader.cohort.labels import person_of
from grader.errors import UsageError
from grader.submission import is_alike, is_closed_folder

DEEPEST = 6
_WORDS = re.compile(r"[^\W\d_]+")
_NUMBERED = re.compile(r"(?=.*\d)[a-z0-9]+(?:-[a-z0-9]+)+")
_DATE = re.compile(r"\d{4}[-_. ]?\d{2}[-_. ]?\d{2}.*")
# Words of which no name of a person consists alone.
_COMMON = frozenset(
    """a all an and archive archives assignment assignments attempt attempts autumn backup
    backups batch class code cohort copy course coursework day desktop documents download
    downloads everybody everyone exercise exercises file files final first group groups
    hand hand-in handed handin home homework in ins lab labs last latest lesson level
    module moodle canvas teams my new notebook notebooks of old part practical project
    projects python re resit resubmission resubmissions round rounds second section
    semester session set sheet solution solutions spring src students submission
    submissions submitted summer task tasks term test the third topic try unit units v
    version versions week weeks winter work working year zip""".split()
)
Node = Mapping[str, "Node | None"]  # folders by name, None for a file
Known = Callable[[str], str]  # the id of whoever has a label, or ""


def is_nobody(name: str) -> bool:
    """Whether a name can't be a person's: common words and numbers, or a date."""
    words = [word.casefold() for word in _WORDS.findall(name)]
    return bool(_DATE.fullmatch(name)) or (bool(words) and _COMMON.issuperset(words))


def is_like_exercise(name: str, course: Collection[str]) -> bool:
    """Whether a folder is named for an exercise: nearly as it is, or with more behind it."""
    plain = _joined(name)
    return any(is_alike(name, one) or plain.startswith(_joined(one) + "-") for one in course)


def tree_of(folder: Path) -> Node:
    """What lies in a folder, as far as it is looked through."""
    return _tree(folder, 0, iter(range(MOST_ENTRIES)))


def tree_of_names(names: Collection[str]) -> Node:
    """The same of the names in an archive."""
    top: dict[str, Node | None] = {}
    for name in names:
        *folders, last = name.split("/")
        here: dict[str, Node | None] = top
        for folder in folders[:DEEPEST]:
            inner = here.setdefault(folder, {})
            if not isinstance(inner, dict):
                break
            here = inner
        else:
            if last:
                here.setdefault(last, None)
    return top


def why_several(label: str, tree: Node, course: Course, known: Known) -> str:
    """Why this may hold the work of several people, as the end of a sentence; "" if it can't.

    Only asked of labels that nobody is known by.
    """
    if people := sorted(set(_people_in(tree, course, known))):
        shown = " and ".join(people[:2]) if len(people) < 3 else f"{people[0]} and others"
        return f"holds what is filed under other people's labels ({shown})"
    if not _has_work(tree, course):
        return ""
    if is_like_exercise(label, course):
        return "is named for an exercise and not for a person"
    if is_nobody(label):
        return "has no person's name, and could be an assignment, a round or an archive"
    return _siblings(tree, course)


def _siblings(tree: Node, course: Course) -> str:
    """Why folders beside each other could be different people's, or ""."""
    folders = {
        name: inner
        for name, inner in tree.items()
        if inner is not None
        and not is_closed_folder(name)
        and not is_like_exercise(name, course)
        and _has_work(inner, course)
    }
    doubtful = [name for name in folders if not is_nobody(name)]
    if len(folders) > 1 and doubtful:
        first, second = list(folders)[:2]
        return f"holds folders that could be different people's (`{first}`, `{second}`)"
    archives = [Path(name).stem for name in tree if name.casefold().endswith((".zip", ".bundle"))]
    doubtful += [
        one for one in archives if not is_nobody(one) and not is_like_exercise(one, course)
    ]
    for one in doubtful:
        if _is_like_person(one):
            return f"holds what could be a person's (`{one}`)"
    for inner in folders.values():
        if said := _siblings(inner, course):
            return said
    return ""


def _is_like_person(name: str) -> bool:
    """Whether a folder could be named for a person: an id, an address, or words in capitals."""
    words = name.replace("_", " ").split()
    capitals = [word for word in words if word[:1].isupper() and word.casefold() not in _COMMON]
    return bool(_NUMBERED.fullmatch(name)) or "@" in name or len(capitals) > 1


def _people_in(tree: Node, course: Course, known: Known) -> Iterator[str]:
    for name, inner in tree.items():
        if inner is not None and (name in course or is_closed_folder(name)):
            continue
        if said := known(name) or person_of(name):
            yield said
        if inner is not None:
            yield from _people_in(inner, course, known)


def _has_work(tree: Node, course: Course) -> bool:
    work = {name for names in course.values() for name in names}
    for name, inner in tree.items():
        if inner is None:
            if name in work or name.casefold().endswith((".zip", ".ipynb", ".bundle")):
                return True
        elif name in course or (not is_closed_folder(name) and _has_work(inner, course)):
            return True
    return ".git" in tree


def _tree(folder: Path, depth: int, room: Iterator[int]) -> Node:
    found: dict[str, Node | None] = {}
    try:
        inside = entries(folder)
    except UsageError:
        return found
    for entry in inside:
        if next(room, None) is None:
            break
        is_folder = entry.is_dir(follow_symlinks=False)
        deeper = is_folder and depth < DEEPEST
        found[entry.name] = (
            _tree(Path(entry.path), depth + 1, room) if deeper else ({} if is_folder else None)
        )
    if is_repository(folder):
        found[".git"] = {}
    return found


def _joined(name: str) -> str:
    return re.sub(r"[\s_.-]+", "-", unicodedata.normalize("NFC", name).casefold())
