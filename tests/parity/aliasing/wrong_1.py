class Basket:
    shared = []

    def __init__(self, items=None):
        self._items = [] if items is None else items
        self.history = []

    @property
    def items(self):
        return self._items

    def add(self, item):
        self._items.append(item)
        self.history.append(("add", item))

    def count(self):
        return len(self._items)


class View:
    """Looks at the caller's own list."""

    def __init__(self, rows):
        self.rows = [list(row) for row in rows]

    def total(self):
        return sum(map(sum, self.rows))

    def double(self):
        for row in self.rows:
            row[:] = [2 * number for number in row]


class Registry:
    def __init__(self):
        self._by_name = {}

    def register(self, name, value, log=[]):
        self._by_name[name] = value
        log.append(name)
        return log

    def get(self, name):
        return self._by_name[name]


def each(items, visit):
    found = []
    for item in items:
        visit(item, found)
    return found


def snapshots(values):
    found = []
    for value in values:
        found.append(value.copy())
        value.clear()
    return found


def grid(rows, columns):
    return [[0] * columns for _ in range(rows)]


def add_all(first, second):
    first += second
    return first


def joined(first, second):
    return first + second
