def sort_in_place(numbers):
    numbers = sorted(numbers)


def dedupe(numbers):
    return list(dict.fromkeys(numbers))


def merge(target, other):
    for key, values in other.items():
        target.setdefault(key, []).extend(values)


def fill(grid, value):
    for row in grid:
        for column in range(len(row)):
            row[column] = value


def drain(letters, data):
    count = len(letters)
    letters = set()
    data.clear()
    return count


def add_item(item, items=None):
    items = [] if items is None else items
    items.append(item)
    return items


def transpose(table):
    return [list(row) for row in zip(*table)]


class Cart:
    def __init__(self, items):
        self.items = list(items)
