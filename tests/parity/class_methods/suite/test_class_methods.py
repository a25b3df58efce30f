import pytest
from program import Money, Registry


@pytest.fixture(autouse=True)
def _nothing_counted():
    Registry.count = 0


def test_class_method_makes_an_object():
    money = Money.parse("3.45 GBP")
    assert (money.pence, money.currency) == (345, "GBP")


def test_class_method_of_a_subclass():
    assert Registry.named("a").kind() == "Registry"


def test_static_method():
    assert Money.is_currency("GBP")
    assert not Money.is_currency("pounds")
    assert Money(1, "GBP").is_currency("EUR")


def test_class_attribute_is_shared():
    first, second = Registry.named("a"), Registry.named("b")
    assert Registry.count == 2
    assert first.count == second.count == 2


def test_attribute_of_one_object_hides_it():
    first = Registry.named("a")
    first.count = 9
    assert Registry.count == 1
    assert first.count == 9


def test_class_attribute_can_be_set(monkeypatch):
    monkeypatch.setattr(Money, "SYMBOLS", {"GBP": "#"})
    assert Money(345, "GBP").shown() == "#3.45"


def test_method_taken_from_the_class():
    assert Money.shown(Money(5, "GBP")) == "£0.05"
    assert list(map(Money.shown, [Money(1, "GBP"), Money(2, "GBP")])) == ["£0.01", "£0.02"]


def test_bad_text():
    with pytest.raises(ValueError):
        Money.parse("lots")
