from program import Money, Person, Table


def test_str():
    assert str(Person("Ada", 36)) == "Ada, 36"
    assert f"{Person('Ada', 36)}!" == "Ada, 36!"
    assert "{}".format(Person("Ada", 36)) == "Ada, 36"
    assert "%s" % Person("Ada", 36) == "Ada, 36"


def test_repr():
    assert repr(Person("Ada", 36)) == "Person('Ada', 36)"
    assert f"{Person('Ada', 36)!r}" == "Person('Ada', 36)"
    assert str([Person("Ada", 36)]) == "[Person('Ada', 36)]"


def test_format():
    assert format(Money(1234), ".2") == "£12.34"
    assert f"{Money(1234):plain}" == "1234"
    assert f"{Money(1234)}" == "£12"


def test_str_falls_back_to_repr():
    assert str(Table(2)) == repr(Table(2)) == "Table(2)"


def test_print(capsys):
    print(Person("Ada", 36), Table(1))
    assert capsys.readouterr().out == "Ada, 36 Table(1)\n"


def test_joined_lines():
    assert Table(2).text().splitlines() == ["1 2", "2 4"]


def test_representation_can_be_evaluated():
    again = eval(repr(Person("Ada", 36)))
    assert (again.name, again.age) == ("Ada", 36)


def test_bytes():
    assert bytes(Table(2)) == b"1 2;2 4"
