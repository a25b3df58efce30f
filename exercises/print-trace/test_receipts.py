"""Your own tests of receipts.py. One is here to start with: add one for each fault you mend."""

from receipts import receipt


def test_a_receipt_has_the_number_of_its_basket() -> None:
    """Clause 1.1."""
    basket = {"number": "R-1", "card": "9990000011112222", "discount": 0, "items": []}
    assert receipt(basket)["number"] == "R-1"
