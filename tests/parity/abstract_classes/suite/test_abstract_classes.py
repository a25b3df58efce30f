import abc

import pytest
from program import Circle, Shape, Square, Unfinished, total_area


def test_abstract_class_makes_no_objects():
    with pytest.raises(TypeError, match="abstract"):
        Shape()
    with pytest.raises(TypeError):
        Unfinished()


def test_concrete_classes():
    assert Square(3).area() == 9
    assert Circle(1).area() == pytest.approx(3.14159, abs=1e-4)
    assert Square(3).describe() == "Square of 9"


def test_inheritance():
    assert issubclass(Square, Shape)
    assert isinstance(Circle(1), Shape)
    assert not isinstance(Circle(1), Square)
    assert type(Square(1)) is Square
    assert Square(1).__class__ is Square
    assert Square.__mro__[1] is Shape


def test_is_marked_abstract():
    assert Shape.__abstractmethods__ == {"area"}
    assert issubclass(Shape, abc.ABC)


def test_polymorphism():
    assert total_area([Square(1), Square(2)]) == 5
    assert total_area([]) == 0
