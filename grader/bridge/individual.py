"""Fixtures of a hidden suite for data that differ from one learner to the next."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

import pytest


class Individual:
    """A pytest plugin: `seed`, `hidden_seed` and `given`; for tests, not for collection."""

    def __init__(self, seed: int, hidden_seed: int | None, given: Mapping[str, bytes]) -> None:
        self._seed = seed
        self._hidden_seed = hidden_seed
        self._given = given

    @pytest.fixture(scope="session")
    def seed(self) -> int:
        """The learner's public seed: 64 bits, from their id, the exercise and the attempt."""
        return self._seed

    @pytest.fixture(scope="session")
    def hidden_seed(self) -> int:
        """A seed of their own that nobody is told; in hidden suites only."""
        if self._hidden_seed is None:
            pytest.fail("`hidden_seed` is for hidden suites: an example is there to be read")
        return self._hidden_seed

    @pytest.fixture(scope="session")
    def given(self) -> Mapping[str, bytes]:
        """The given files by name, the learner's own data among them, as the grader made them."""
        return MappingProxyType(dict(self._given))
