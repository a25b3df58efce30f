import math
import operator

import pytest
from program import Matrix, Poly, Vector


def test_add_and_subtract():
    assert Vector(1, 2) + Vector(3, 4) == Vector(4, 6)
    assert Vector(1, 2) - Vector(3, 4) == Vector(-2, -2)


def test_numbers_on_either_side():
    assert Vector(1, 2) * 3 == Vector(3, 6)
    assert 3 * Vector(1, 2) == Vector(3, 6)
    assert 1 + Vector(1, 2) == Vector(2, 3)


def test_sum_begins_with_zero():
    assert sum([Vector(1, 1), Vector(2, 2)]) == Vector(3, 3)


def test_unary():
    assert -Vector(1, -2) == Vector(-1, 2)
    assert abs(Vector(3, 4)) == 5.0
    assert bool(Vector(0, 0)) is False
    assert Vector(0, 1)


def test_in_place():
    vector = same = Vector(1, 1)
    vector += Vector(2, 2)
    assert (vector.x, vector.y) == (3, 3)
    assert vector is same


def test_unsupported():
    with pytest.raises(TypeError):
        Vector(1, 2) + "text"
    with pytest.raises(TypeError):
        "text" + Vector(1, 2)
    assert Vector(1, 2) != (1, 2)


def test_matrix():
    matrix = Matrix([[1, 2], [3, 4]])
    assert (matrix @ matrix).rows == [[7, 10], [15, 22]]
    assert matrix[1, 0] == 3
    matrix[1, 0] = 9
    assert matrix[1, 0] == 9
    assert len(matrix) == 2


def test_calling_and_dividing():
    poly = Poly(1, 0, 2)
    assert poly(3) == 19
    assert divmod(Poly(7), 2) == (3, 1)
    assert round(Poly(2.6)) == 3
    assert math.floor(Poly(2.6)) == 2
    assert int(Poly(7)) == 7
    assert float(Poly(7)) == 7.0
    assert [10, 20, 30][Poly(1)] == 20
    assert operator.index(Poly(5)) == 5
    assert Poly(2) ** 3 == 8
    assert Poly(6) / 4 == 1.5
    assert 12 // Poly(5) == 2
