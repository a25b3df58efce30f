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
    if not 0 <= score:
        raise ValueError(score)
    return [name for name, start in LEVELS.items() if start <= score][-1]


def say(kind, loud):
    return kind.name.upper() if kind is Kind.FIRST else kind.name.lower()
