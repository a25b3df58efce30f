def compose(*functions):
    def run(value):
        for function in reversed(functions):
            value = function(value)
        return value

    return run


def multipliers(count):
    return [lambda x, n=n: n * x for n in range(count)]


def once(function):
    results = []

    def guarded(*args):
        if not results:
            results.append(function(*args))
        return results[0]

    return guarded


def accumulator():
    """A running total."""
    total = 0

    def add(amount):
        nonlocal total
        total += amount
        return total

    return add
