import pytest
from program import Circle, Rectangle, evaluate, move, size


@pytest.mark.parametrize(
    ("command", "expected"),
    [
        ("go north", (0, 1)),
        ("go south", (0, -1)),
        ("go 3 east", (3, 0)),
        ("stay", (0, 0)),
    ],
)
def test_move(command, expected):
    assert move(command) == expected


@pytest.mark.parametrize("command", ["", "go", "go up", "go x east"])
def test_unknown_commands(command):
    with pytest.raises(ValueError):
        move(command)


def test_size_of_shapes():
    assert size(Circle(2)) == pytest.approx(12.566, abs=0.001)
    assert size(Rectangle(2, 5)) == 10
    assert size(Rectangle(3, 3)) == "square 9"


def test_match_on_a_learners_object_in_the_suite():
    match Rectangle(2, 5):
        case Rectangle(width=2, height=h):
            assert h == 5
        case _:
            pytest.fail("no match")
    match Circle(7):
        case Circle(r):
            assert r == 7


def test_evaluate():
    tree = {"op": "+", "args": [1, {"op": "*", "args": [2, 3]}]}
    assert evaluate(tree) == 7
    assert evaluate({"op": "neg", "args": [4]}) == -4
