import enum
import itertools

ALPHABET = "abcxyz"


class Kind(enum.Enum):
    LEFT = "l"
    RIGHT = "r"


def mirror(kind):
    return Kind.RIGHT if kind is Kind.LEFT else Kind.LEFT


def encode(text):
    return [(letter, len(list(group))) for letter, group in itertools.groupby(text)]


def decode(pairs):
    return "".join(letter for letter, count in pairs)


def merge(left, right):
    merged, left, right = [], list(left), list(right)
    while left and right:
        merged.append(left.pop(0) if left[0] <= right[0] else right.pop(0))
    return merged + left + right


def to_roman(number):
    if not 1 <= number <= 50:
        raise ValueError(number)
    parts = [(50, "L"), (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (1, "I")]
    text = ""
    for value, letters in parts:
        while number >= value:
            text += letters
            number -= value
    return text


class Queue:
    def __init__(self):
        self._items = []

    def __len__(self):
        return len(self._items)

    def put(self, item):
        self._items.append(item)

    def get(self):
        return self._items.pop(0)
