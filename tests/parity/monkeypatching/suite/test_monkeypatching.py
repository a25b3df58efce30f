import os

import pytest
import program
from program import Settings, connect, price, where


def test_constant(monkeypatch):
    monkeypatch.setattr(program, "RATE", 0.5)
    assert price(100) == 150


def test_constant_is_back():
    assert price(100) == 120


def test_function(monkeypatch):
    monkeypatch.setattr("program.fetch_rate", lambda currency: {"EUR": 2}[currency])
    assert program.convert(10, "EUR") == 20
    with pytest.raises(KeyError):
        program.convert(10, "USD")


def test_environment(monkeypatch):
    monkeypatch.setenv("SHOP_URL", "http://test")
    assert connect() == "http://test"
    monkeypatch.delenv("SHOP_URL")
    assert connect() == "http://localhost"


def test_dictionary(monkeypatch):
    monkeypatch.setitem(program.DISCOUNTS, "student", 10)
    assert program.discount("student") == 10
    monkeypatch.delitem(program.DISCOUNTS, "staff")
    assert program.discount("staff") == 0


def test_dictionary_is_back():
    assert program.DISCOUNTS == {"staff": 30}
    assert program.discount("staff") == 30


def test_method(monkeypatch):
    monkeypatch.setattr(Settings, "load", lambda self: {"colour": "red"})
    assert Settings().colour() == "red"


def test_attribute_of_an_object(monkeypatch):
    settings = Settings()
    monkeypatch.setattr(settings, "default", "green")
    assert settings.colour() == "green"


def test_missing_name(monkeypatch):
    with pytest.raises(AttributeError):
        monkeypatch.setattr(program, "NOT_THERE", 1)
    monkeypatch.setattr(program, "NEW", 1, raising=False)
    assert program.NEW == 1


def test_context(monkeypatch):
    with monkeypatch.context() as patch:
        patch.setattr(program, "RATE", 0)
        assert price(100) == 100
    assert price(100) == 120


def test_chdir(monkeypatch, tmp_path):
    (tmp_path / "here.txt").write_text("x")
    monkeypatch.chdir(tmp_path)
    assert where() == ["here.txt"]
    assert os.listdir() == ["here.txt"]
