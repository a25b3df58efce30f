def naturals():
    number = 0
    while True:
        yield number
        number += 1


def countdown(start, tell=None):
    try:
        while start > 0:
            yield start
            start -= 1
        return "lift-off"
    except GeneratorExit:
        if tell:
            tell("closed")
        raise


def averager():
    total = count = 0
    average = None
    while True:
        try:
            total += yield average
            count += 1
            average = total / count
        except ValueError:
            total = count = 0
            average = None


def chunks(items, size):
    chunk = []
    for item in items:
        chunk.append(item)
        if len(chunk) == size:
            yield chunk
            chunk = []
    if chunk:
        yield chunk


def tree_walk(tree):
    if tree is not None:
        value, left, right = tree
        yield from tree_walk(left)
        yield value
        yield from tree_walk(right)
