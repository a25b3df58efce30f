def describe(name, age="unknown"):
    return f"{name} ({age})"


def total(*values, scale=1):
    return sum(values) * scale


def average(values):
    if not values:
        return 0
    return sum(values) / len(values)


def make_counter(start=0):
    def count():
        nonlocal start
        start += 1
        return start

    return count
