class Person:
    def __init__(self, name, age):
        self.name, self.age = name, age

    def __repr__(self):
        return f"Person({self.name!r}, {self.age})"

    def __str__(self):
        return f"{self.name} {self.age}"


class Money:
    def __init__(self, pence):
        self.pence = pence

    def __format__(self, spec):
        if spec == "plain":
            return str(self.pence)
        return f"£{self.pence / 100:{(spec or '.1') + 'f'}}"


class Table:
    def __init__(self, size):
        self.size = size

    def __repr__(self):
        return f"Table({self.size})"

    def _rows(self):
        numbers = range(1, self.size + 1)
        return [" ".join(str(a * b) for b in numbers) for a in numbers]

    def text(self):
        return "\n".join(self._rows())

    def __bytes__(self):
        return ";".join(self._rows()).encode()
