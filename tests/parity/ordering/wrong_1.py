import functools


@functools.total_ordering
class Temperature:
    def __init__(self, degrees):
        self.degrees = degrees

    def __eq__(self, other):
        if not isinstance(other, Temperature):
            return NotImplemented
        return self.degrees == other.degrees

    def __lt__(self, other):
        if not isinstance(other, Temperature):
            return NotImplemented
        return self.degrees > other.degrees

    def __hash__(self):
        return hash(self.degrees)


class Task:
    def __init__(self, priority, name):
        self.priority, self.name = priority, name

    def __lt__(self, other):
        return self.priority < other.priority


def by_length(text):
    return len(text)
