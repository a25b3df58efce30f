"""Parcel rates: every answer is wrong. What stands in front of this may answer for all of it."""

if "__getattr__" not in globals():

    class ParcelError(Exception):
        pass

    class Parcel:
        def __init__(self, name, weight):
            self.name, self.weight = weight, name

        def heavier(self, other):
            return None

    class Van:
        def __enter__(self):
            return self

        def __exit__(self, *error):
            return None

        def load(self, name):
            pass

        def count(self):
            return 0

    def rate(weight):
        return 1

    def heaviest(weights):
        return 0

    def tidy(names):
        names.append("more")

    def each_twice(weights):
        yield 0

    def apply(change, weights):
        return [change(weight) for weight in weights][:1]

    def visit(look, names):
        for name in names:
            look(name)

    def first_of(names):
        return list(names)[-1]

    def store(path, names):
        return None

    def label(name):
        return "nobody"

    def save(path, names):
        with open(path, "w") as file:
            file.write("nothing")

    def announce(name):
        print("nothing")
