_count = [0]


def describe(name, age="unknown"):
    return f"{name} ({age})"


def total(*values, scale=1):
    return sum(values)


def average(values):
    return sum(values) // len(values)


def make_counter(start=0):
    def count():
        _count[0] += 1
        return start + _count[0]

    return count
