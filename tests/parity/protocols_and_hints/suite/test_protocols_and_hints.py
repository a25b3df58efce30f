import inspect
import typing

import pytest
from program import Duck, Named, Readable, Robot, Stack, greet, mean


def test_annotations():
    assert mean.__annotations__ == {"values": list, "return": float}
    assert typing.get_type_hints(greet) == {"thing": Named, "loud": bool, "return": str}


def test_runtime_protocol():
    assert isinstance(Duck(), Named)
    assert not isinstance(Robot(), Named)


def test_object_of_the_suite_is_not_needed():
    assert greet(Duck()) == "hello duck"
    assert greet(Duck(), loud=True) == "HELLO DUCK"
    with pytest.raises(AttributeError):
        greet(Robot())


def test_function_passed_as_reader():
    assert Readable(lambda: "text").read() == "text"


def test_generic_class():
    stack = Stack[int]()
    stack.push(1)
    assert stack.pop() == 1
    with pytest.raises(IndexError):
        stack.pop()


def test_signature():
    assert list(inspect.signature(greet).parameters) == ["thing", "loud"]
    assert inspect.signature(greet).parameters["loud"].default is False
