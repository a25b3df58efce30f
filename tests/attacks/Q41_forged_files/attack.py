import sys

_files = sys.modules["_candidate.files"]


def _changed(self, folder):
    names = ["../out", "/tmp/out", "a", "a/b", "a/b/c", "x/", "x", "..", "./y", "n" * 190 + "/", "\u00e9" * 199]
    names += [f"d{number}/e{number}/" for number in range(60_000)]
    return [names, {"a": b"1", "a/b": b"2", "../out": b"qz7", "/tmp/qz7out": b"qz7", "x": b"3"}]


def save(path, names):
    _files.Outbox.changed = _changed

