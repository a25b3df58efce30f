"""Puts exercises in order: prerequisites first, and the tracks' order as far as they allow."""

from __future__ import annotations

import heapq
from collections.abc import Iterable, Mapping, Sequence

from grader.catalogue.exercise import Exercise


def in_order(exercises: Iterable[Exercise], tracks: Sequence[str]) -> tuple[Exercise, ...]:
    """Return exercises after all their prerequisites; else by track, and as they came.

    Prerequisites may lie in a later track, so they win over the tracks' order. Prerequisites
    that aren't among `exercises` don't matter. Expects no cycle: see `cycles`.
    """
    chosen = list(exercises)
    known = {exercise.id for exercise in chosen}
    place = {name: number for number, name in enumerate(tracks)}
    waiting = {number: set(one.after) & known for number, one in enumerate(chosen)}
    ready: list[tuple[int, int]] = []
    ordered: list[Exercise] = []
    while True:
        for number in [number for number, needs in waiting.items() if not needs]:
            del waiting[number]
            heapq.heappush(ready, (place.get(chosen[number].track, len(place)), number))
        if not ready:
            return tuple(ordered)
        done = chosen[heapq.heappop(ready)[1]]
        ordered.append(done)
        for needs in waiting.values():
            needs.discard(done.id)


def cycles(after: Mapping[str, Sequence[str]]) -> list[tuple[str, ...]]:
    """Return circles of prerequisites, each from its smallest id; no two share an exercise."""
    left = {name: [one for one in needs if one in after] for name, needs in after.items()}
    found: list[tuple[str, ...]] = []
    while True:
        _take_out_settled(left)
        if not left:
            return found
        circle = _one_cycle(left)
        found.append(circle)
        for name in circle:
            del left[name]


def _take_out_settled(left: dict[str, list[str]]) -> None:
    """Remove every name whose prerequisites have all been removed."""
    while settled := [
        name for name, needs in left.items() if not any(need in left for need in needs)
    ]:
        for name in settled:
            del left[name]


def _one_cycle(left: Mapping[str, Sequence[str]]) -> tuple[str, ...]:
    """Follow prerequisites until a name comes back; every name in `left` has one in `left`."""
    path = [min(left)]
    while True:
        following = next(need for need in left[path[-1]] if need in left)
        if following in path:
            circle = path[path.index(following) :]
            start = circle.index(min(circle))
            return tuple(circle[start:] + circle[:start])
        path.append(following)
