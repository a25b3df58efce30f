import pytest
import shop
import shop.prices
from shop import Basket, ShopError, SoldOut
from shop.parts.basket import Basket as Same
from till import receipt


def test_reexports():
    assert shop.price_of("tea") == 250
    assert Same is Basket
    assert shop.VERSION == (1, 2)
    assert shop.prices.PRICES == {"tea": 250, "milk": 120}


def test_basket():
    basket = Basket().add("tea").add("milk")
    assert basket.total == 370
    assert len(basket) == 2
    assert basket.items == ["tea", "milk"]


def test_errors():
    with pytest.raises(SoldOut, match="no jam left") as caught:
        shop.prices.price("jam")
    assert caught.value.item == "jam"
    assert isinstance(caught.value, ShopError)
    with pytest.raises(LookupError):
        Basket().add("x").total


def test_receipt():
    assert receipt("tea", "milk") == "tea     250\nmilk    120\ntotal   370"


def test_prices_can_be_patched(monkeypatch):
    monkeypatch.setitem(shop.prices.PRICES, "tea", 1)
    monkeypatch.setattr("shop.prices.PRICES", {"tea": 5})
    assert shop.price_of("tea") == 5


def test_as_a_command(candidate):
    done = candidate.run(["-m", "shop", "tea", "tea"])
    assert (done.returncode, done.stdout) == (0, "500\n")
    done = candidate.run(["-m", "shop", "jam"])
    assert (done.returncode, done.stderr) == (3, "no jam left\n")
    assert candidate.run(["-m", "nothing"]).returncode == 1
