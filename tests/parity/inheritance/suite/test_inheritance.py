import pytest
from program import Account, Animal, Dog, Flying, Puppy, SavingsAccount, Swan, Swimming


def test_super_init():
    puppy = Puppy("Rex", 1)
    assert (puppy.name, puppy.legs, puppy.months) == ("Rex", 4, 1)


def test_overridden_method_uses_the_one_above():
    assert Animal("Tom", 4).speak() == "Tom says nothing"
    assert Dog("Rex").speak() == "Rex says woof"
    assert Puppy("Rex", 1).speak() == "Rex says woof, softly"


def test_isinstance():
    assert isinstance(Puppy("a", 1), (Dog, Animal))
    assert issubclass(Puppy, Animal)
    assert not issubclass(Animal, Dog)
    assert not isinstance("Rex", Dog)
    assert isinstance(Puppy("a", 1), object)


def test_several_bases():
    swan = Swan()
    assert swan.abilities() == ["fly", "swim", "be"]
    assert isinstance(swan, Flying)
    assert isinstance(swan, Swimming)
    assert [cls.__name__ for cls in Swan.__mro__[:3]] == ["Swan", "Flying", "Swimming"]


def test_bases_and_names():
    assert Puppy.__bases__ == (Dog,)
    assert Puppy.__name__ == "Puppy"
    assert Dog.__module__ == "program"
    assert Puppy.__doc__ == "A young dog."


def test_template_method():
    savings = SavingsAccount(100)
    with pytest.raises(ValueError):
        savings.take(101)
    account = Account(100)
    account.take(101)
    assert account.balance == -1


def test_hooks():
    assert Animal.kinds == ["Dog", "Puppy"]
