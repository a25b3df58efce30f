import collections

COUNTS = {"tea": 1}
_last = []


def same(value):
    return value


def second(first, value):
    return value


def first_of(values):
    return values[0]


def wrapped(value):
    return {"value": value, "again": (value, [value])}


def longest(values):
    return max(values, key=len)


def chained(values):
    values.append("x")
    return values


def fill(items, found):
    for item in items:
        found.append(item)
    return found


def restock(item, count):
    item.count += count
    item.tags.append("restocked")
    return item


def counted(words, counts):
    for word in words:
        counts[word] += 1
    return counts


def turned(queue):
    queue.rotate(1)
    queue.append(0)
    return queue


def remember(value):
    _last[:] = [value]


def recall():
    return _last[0]


def settings():
    return COUNTS


def fresh():
    return dict(COUNTS)


def is_same(one, other):
    return one is other


def pair(value):
    return [value, value]


def failing(value):
    raise ValueError(value)


class Box:
    def __init__(self, items):
        self.items = items

    def get(self):
        return self.items

    def add(self, item):
        self.items.append(item)
        return self


class Node:
    def __init__(self, value, above=None):
        self.value = value
        self.above = above
        self.below = []

    def child(self, value):
        node = Node(value, self)
        self.below.append(node)
        return node


def tally():
    return collections.Counter()
