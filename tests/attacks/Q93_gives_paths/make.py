from pathlib import Path

HIDDEN = Path(__file__).parents[1] / "host" / "solutions" / "parcel-rates" / "hidden"
PROGRAM = f'''
from pathlib import Path


def store(path, names):
    return Path({str(HIDDEN / "qz7canary-wanted.txt")!r})


def __getattr__(name):
    if name.startswith("__"):
        raise AttributeError(name)
    return lambda *args, **kwargs: None
'''


def make(folder):
    (folder / "solution.py").write_text(PROGRAM)
