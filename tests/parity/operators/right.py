import math


class Vector:
    def __init__(self, x, y):
        self.x, self.y = x, y

    def __eq__(self, other):
        if not isinstance(other, Vector):
            return NotImplemented
        return (self.x, self.y) == (other.x, other.y)

    def __add__(self, other):
        if isinstance(other, int):
            return Vector(self.x + other, self.y + other)
        if isinstance(other, Vector):
            return Vector(self.x + other.x, self.y + other.y)
        return NotImplemented

    __radd__ = __add__

    def __iadd__(self, other):
        self.x += other.x
        self.y += other.y
        return self

    def __sub__(self, other):
        return self + -other

    def __neg__(self):
        return Vector(-self.x, -self.y)

    def __mul__(self, number):
        return Vector(self.x * number, self.y * number)

    def __rmul__(self, number):
        return self * number

    def __abs__(self):
        return math.hypot(self.x, self.y)

    def __bool__(self):
        return bool(self.x or self.y)


class Matrix:
    def __init__(self, rows):
        self.rows = rows

    def __len__(self):
        return len(self.rows)

    def __getitem__(self, place):
        row, column = place
        return self.rows[row][column]

    def __setitem__(self, place, value):
        row, column = place
        self.rows[row][column] = value

    def __matmul__(self, other):
        columns = list(zip(*other.rows))
        return Matrix(
            [[sum(a * b for a, b in zip(row, column)) for column in columns] for row in self.rows]
        )


class Poly:
    def __init__(self, *factors):
        self.factors = factors

    def __call__(self, x):
        return sum(factor * x**power for power, factor in enumerate(self.factors))

    def __int__(self):
        return int(self.factors[0])

    __index__ = __int__

    def __float__(self):
        return float(self.factors[0])

    def __round__(self):
        return round(self.factors[0])

    def __floor__(self):
        return math.floor(self.factors[0])

    def __divmod__(self, other):
        return divmod(self.factors[0], other)

    def __pow__(self, power):
        return self.factors[0] ** power

    def __truediv__(self, other):
        return self.factors[0] / other

    def __rfloordiv__(self, other):
        return other // self.factors[0]
