import itertools
import sys

_files = sys.modules["_candidate.files"]
_count = itertools.count()


def _changed(self, folder):
    number = next(_count)
    return [[f"f{n}" for n in range(number + 1)], {f"f{number}": b"x" * 14_000_000}]


def save(path, names):
    _files.Outbox.changed = _changed

