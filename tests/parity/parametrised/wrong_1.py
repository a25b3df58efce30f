import enum

CODES = {"GB": "Britain", "FR": "France"}
LEVELS = {"low": 0, "middle": 40, "high": 70}
MAX = 100


class Kind(enum.Enum):
    FIRST = "a"
    SECOND = "b"


def label(code):
    return f"{code} ({CODES[code]})"


def level_of(score):
    if not 0 <= score <= MAX:
        raise ValueError(score)
    return [name for name, start in LEVELS.items() if start < max(score, 1)][-1]


def say(kind, loud):
    return kind.name.upper() if loud else kind.name.lower()
