"""The same work by two people, as a question to their tutor: it can have many honest reasons.

The same bytes, or the same but for blanks and comments. What the course gave, such as a starter
that nobody changed, and answers of one's own do not count.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from grader.catalogue import Exercise, digest_of, read_starters, text_digest
from grader.catalogue.exercise import ANSWERS
from grader.gradebook import Gradebook

# In a text that happens to hold a "#" what follows is left out too: enough to see a likeness.
_LEFT_OUT = re.compile(rb"#[^\n]*|\s+")


def same_work(book: Gradebook, exercises: Sequence[Exercise]) -> Iterator[str]:
    """A question for each piece of work that several people have handed in."""
    for exercise in exercises:
        starters = read_starters(exercise.folder.parent).get(exercise.id, {})
        found: defaultdict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
        for stored in book.results(exercise=exercise.id):
            own = _own(book.files(stored.work), exercise, starters)
            if own:
                plain = digest_of({name: _LEFT_OUT.sub(b"", own[name]) for name in own})
                found[plain][stored.apprentice].add(digest_of(own))
        for people in found.values():
            if len(people) > 1:
                yield _question(exercise, people)


def _own(
    files: Mapping[str, bytes], exercise: Exercise, starters: Mapping[str, str]
) -> dict[str, bytes]:
    """The work that somebody has written, with something besides blanks and comments in it."""
    return {
        name: files[name]
        for name in exercise.work
        if name in files
        and name != ANSWERS
        and text_digest(files[name]) != starters.get(name)
        and _LEFT_OUT.sub(b"", files[name])
    }


def _question(exercise: Exercise, people: Mapping[str, set[str]]) -> str:
    names = sorted(people)
    told = f"{', '.join(names[:-1])} and {names[-1]}"
    same = set.intersection(*(set(one) for one in people.values()))
    how = "byte for byte" if same else "but for blanks and comments"
    return (
        f"{told} handed in the same work for {exercise.id}, {how}. Did they work together, or does "
        "it have another reason? Ask them to explain it."
    )
