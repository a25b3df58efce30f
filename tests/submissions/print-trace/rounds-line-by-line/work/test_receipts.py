"""My tests of receipts.py."""

import logging

from receipts import receipt


def basket(discount, *items):
    things = [{"name": "Thing", "count": count, "pence": pence} for count, pence in items]
    return {"number": "R-1", "card": "9990000011112222", "discount": discount, "items": things}


def test_a_receipt_has_the_number_of_its_basket():
    assert receipt(basket(0))["number"] == "R-1"


def test_the_total_counts_the_last_line():
    assert receipt(basket(0, (1, 100), (2, 30)))["total"] == 160


def test_the_discount_is_rounded_once():
    lines = receipt(basket(10, (1, 104), (1, 104), (1, 104)))["lines"]
    assert lines[-1]["pence"] == -31


def test_half_a_penny_is_rounded_up():
    assert receipt(basket(15, (2, 255)))["total"] == 433


def test_no_discount_line_for_nothing():
    assert len(receipt(basket(1, (1, 40)))["lines"]) == 1


def test_receipts_have_their_own_lines():
    receipt(basket(0, (1, 100)))
    assert len(receipt(basket(0, (1, 50)))["lines"]) == 1


def test_the_card_is_not_in_a_record(caplog):
    caplog.set_level(logging.DEBUG)
    receipt(basket(10, (1, 300)))
    assert "subtotal=300" in caplog.text
    assert "2222" not in caplog.text
