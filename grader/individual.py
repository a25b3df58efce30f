"""Who an exercise is for, and the numbers that make their data their own.

Two seeds, so that one can be told and the other can't: the public one picks the data and the
questions that a learner sees, and anyone with the course can make it again; the secret one picks
inputs that only a hidden suite uses, and needs a key that is never released.
"""

from __future__ import annotations

import hashlib
import hmac
from dataclasses import dataclass

BITS = 64


@dataclass(frozen=True)
class Learner:
    """A pseudonymous id, "" for nobody in particular, and the number of the attempt from 1."""

    id: str = ""
    attempt: int = 1


NOBODY = Learner()


def seed_of(learner: Learner, exercise: str, key: bytes) -> int:
    """The seed of a learner's attempt at an exercise: 64 bits, the same wherever it is made.

    HMAC-SHA-256 with `key` over id, exercise and attempt, each with its length before it so that
    no two of them can run into each other (curriculum, "Individual by seed").
    """
    parts = (learner.id.encode(), exercise.encode(), str(learner.attempt).encode())
    message = b"".join(len(part).to_bytes(4) + part for part in parts)
    return int.from_bytes(hmac.digest(key, message, hashlib.sha256)[: BITS // 8])
