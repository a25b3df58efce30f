"""Hidden suite, clause 1: what a receipt holds, on baskets that the ticket does not show.

A test for one fault keeps clear of the others: one call to a test where receipts could run into
each other, whole discounts where rounding is not meant.
"""

from __future__ import annotations

import copy
import json
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from receipts import receipt

Basket = dict[str, Any]


def basket(*items: tuple[int, int], discount: int = 0, number: str = "R-7301") -> Basket:
    """Return a basket with items given as (count, pence)."""
    named = [
        {"name": f"{number} thing {place}", "count": count, "pence": pence}
        for place, (count, pence) in enumerate(items, start=1)
    ]
    return {"number": number, "card": "9994382716605183", "discount": discount, "items": named}


def receipt_of(sale: Basket) -> dict[str, Any]:
    """Return the receipt of a copy of the basket; it must be built from exact types."""
    answer = receipt(copy.deepcopy(sale))
    assert type(answer) is dict
    assert type(answer["lines"]) is list
    assert all(type(line) is dict for line in answer["lines"])
    return answer


def pence_of(sale: Basket) -> list[Any]:
    """Return the pence of every line on the basket's receipt."""
    return [line["pence"] for line in receipt_of(sale)["lines"]]


def amounts(sale: Basket) -> list[int]:
    """Return what clause 1.2 asks for."""
    return [item["count"] * item["pence"] for item in sale["items"]]


def discount(sale: Basket) -> int:
    """Return how many pence clause 1.3 takes off."""
    whole, rest = divmod(sum(amounts(sale)) * sale["discount"], 100)
    return int(whole + (rest >= 50))


BASKETS = st.builds(
    lambda items, percent: basket(*items, discount=percent),
    st.lists(st.tuples(st.integers(1, 9), st.integers(1, 2_000)), max_size=6),
    st.integers(0, 100),
)

PLAIN = [
    basket((1, 310)),
    basket((2, 145), (1, 88)),
    basket((1, 62), (4, 205), (3, 19), (1, 940)),
    basket((1, 55), (1, 55), (1, 55)),
    basket((2, 70), (1, 1), (5, 230), (1, 12), (2, 400), (1, 3)),
]
WHOLE = [  # every line's share is whole pence, so nothing is rounded
    basket((1, 400), discount=25),
    basket((2, 150), (1, 700), discount=10),
    basket((3, 120), (1, 80), (2, 260), discount=50),
    basket((1, 999), discount=100),
]
HALVES = [  # half a penny, where the whole number below is even; one line each
    basket((1, 50), discount=5),
    basket((1, 90), discount=5),
    basket((3, 150), discount=1),
    basket((1, 26), discount=25),
    basket((2, 35), discount=15),
]
SPREAD = [  # several lines whose shares, rounded one by one, come to something else
    basket((1, 104), (1, 104), (1, 104), discount=10),
    basket((1, 35), (1, 35), discount=33),
    basket((2, 128), (1, 96), (1, 16), discount=15),
    basket((1, 6), (1, 7), (1, 7), (1, 6), discount=20),
]


# 1.1 and 1.2: the lines of the items --------------------------------------------------------------


@pytest.mark.clause("1.1")
@pytest.mark.behaviour("lines-as-before")
@pytest.mark.hint("Print `type(...)` of the parts: is each dict, list, text and int what 1.1 says?")
@pytest.mark.parametrize("sale", [*PLAIN[:2], *WHOLE[:2], basket(), HALVES[0]])
def test_receipt_has_the_parts_it_should(sale: Basket) -> None:
    """A receipt has a number, lines and a total, each of the right type, and nothing else."""
    answer = receipt_of(sale)
    assert sorted(answer) == ["lines", "number", "total"]
    assert type(answer["number"]) is str
    assert answer["number"] == sale["number"]
    assert type(answer["total"]) is int
    for line in answer["lines"]:
        assert sorted(line) == ["pence", "text"]
        assert type(line["text"]) is str
        assert type(line["pence"]) is int


@pytest.mark.clause("1.2")
@pytest.mark.behaviour("lines-as-before")
@pytest.mark.parametrize("sale", [*PLAIN, *WHOLE])
def test_item_lines_come_first_and_in_order(sale: Basket) -> None:
    """A receipt begins with one line for each item, in order: its name, and count times pence."""
    lines = receipt_of(sale)["lines"][: len(sale["items"])]
    assert [line["text"] for line in lines] == [item["name"] for item in sale["items"]]
    assert [line["pence"] for line in lines] == amounts(sale)


# 1.4: the total -----------------------------------------------------------------------------------


@pytest.mark.behaviour("total-of-all-lines")
@pytest.mark.hint("Trace the place and the line in each turn of the loop. Which place never comes?")
@pytest.mark.parametrize("sale", PLAIN)
def test_total_counts_the_last_line(sale: Basket) -> None:
    """The total counts every item, the last one too."""
    assert receipt_of(sale)["total"] == sum(amounts(sale))


@pytest.mark.behaviour("total-of-all-lines")
@pytest.mark.parametrize("sale", WHOLE)
def test_total_is_less_by_the_discount(sale: Basket) -> None:
    """The total counts the line of the discount too."""
    assert receipt_of(sale)["total"] == sum(amounts(sale)) - discount(sale)


@pytest.mark.behaviour("total-of-all-lines")
@pytest.mark.parametrize("percent", [0, 15, 100])
def test_basket_without_items(percent: int) -> None:
    """A basket without items has a total of 0, whatever its discount, and no item lines."""
    answer = receipt_of(basket(discount=percent))
    assert percent > 0 or answer["lines"] == []  # a line of 0p is for clause 1.3
    assert answer["total"] == 0


@pytest.mark.behaviour("total-of-all-lines")
@pytest.mark.feedback("print-trace.1")
@pytest.mark.parametrize("sale", [*SPREAD, *HALVES])
def test_total_is_not_mended_by_a_penny(sale: Basket) -> None:
    """Where a discount was rounded, the total is not a penny off the sum of the lines."""
    answer = receipt_of(sale)
    assert answer["total"] - sum(line["pence"] for line in answer["lines"]) not in (-1, 1)


@pytest.mark.behaviour("total-of-all-lines")
@given(sale=BASKETS)
@example(sale=basket())
@example(sale=SPREAD[0])
@example(sale=HALVES[0])
def test_total_is_the_sum_of_the_lines(sale: Basket) -> None:
    """On every receipt, the total is the sum of the lines that stand on it."""
    answer = receipt_of(sale)
    assert type(answer["total"]) is int
    assert answer["total"] == sum(line["pence"] for line in answer["lines"])


# 1.3: the discount --------------------------------------------------------------------------------


@pytest.mark.behaviour("discount-once")
@pytest.mark.feedback("print-trace.2")
@pytest.mark.parametrize("sale", HALVES)
def test_half_a_penny_is_not_dropped(sale: Basket) -> None:
    """Where the discount comes to whole pence and a half, the half is not dropped."""
    assert -sum(pence_of(sale)[1:]) != discount(sale) - 1


@pytest.mark.behaviour("discount-once")
@pytest.mark.feedback("print-trace.8")
@pytest.mark.parametrize("sale", SPREAD)
def test_discount_is_not_rounded_line_by_line(sale: Basket) -> None:
    """The discount is not the sum of discounts that were rounded line by line."""
    shares = [amount * sale["discount"] / 100 for amount in amounts(sale)]
    taken = -sum(pence_of(sale)[len(shares) :])
    assert taken != sum(round(share) for share in shares)
    assert taken != sum(int(share + 0.5) for share in shares)


@pytest.mark.behaviour("discount-once")
@pytest.mark.parametrize("sale", [*HALVES, *SPREAD, *WHOLE, basket((7, 1999), discount=37)])
def test_discount_is_one_line_of_the_right_amount(sale: Basket) -> None:
    """The discount is one line after the items: the percent of their sum, rounded half up once."""
    percent = sale["discount"]
    assert receipt_of(sale)["lines"][len(sale["items"]) :] == [
        {"text": f"Discount {percent}%", "pence": -discount(sale)}
    ]


@pytest.mark.behaviour("discount-once")
@pytest.mark.hint("Work out the discount first, then ask whether there is one.")
@pytest.mark.parametrize(
    "sale",
    [PLAIN[2], basket((1, 49), discount=1), basket((1, 9), (1, 7), discount=3), basket(discount=9)],
)
def test_no_line_for_a_discount_of_nothing(sale: Basket) -> None:
    """A discount that comes to 0p has no line."""
    assert len(receipt_of(sale)["lines"]) == len(sale["items"])


@pytest.mark.behaviour("discount-once")
@pytest.mark.parametrize(
    "sale",
    [basket((1, 50), discount=1), basket((2, 5), (1, 7), discount=3)],
)
def test_discount_of_half_a_penny(sale: Basket) -> None:
    """A discount of half a penny or a little more is a penny, and has a line."""
    assert pence_of(sale)[len(sale["items"]) :] == [-1]


# 1.5: receipts don't meet -------------------------------------------------------------------------


@pytest.mark.behaviour("receipts-apart")
@pytest.mark.feedback("print-trace.4")
def test_second_receipt_has_only_its_own_lines() -> None:
    """Nothing of an earlier receipt stands on a later one."""
    for place, sale in enumerate([*PLAIN, basket()]):
        mine = {**sale, "number": f"R-{place}"}
        assert len(receipt_of(mine)["lines"]) == len(sale["items"])


@pytest.mark.behaviour("receipts-apart")
@pytest.mark.hint("Emptying a shared list also empties the receipts that were made with it before.")
def test_earlier_receipts_keep_their_lines(candidate: Any) -> None:
    """In a run over several baskets, each receipt written has the lines of its own items."""
    sales = [
        basket((1, 130), number="R-7311"),
        basket((2, 45), (1, 210), (1, 8), number="R-7312"),
        basket(number="R-7313"),
        basket((3, 60), (1, 500), number="R-7314"),
    ]
    assert receipt  # used here, so that a file that can't be imported is told as one error
    candidate.write("evening.json", json.dumps(sales))
    candidate.run(["receipts.py", "evening.json"])
    written = candidate.read_text("receipts.txt").split("\n\n")
    for sale, block in zip(sales, written, strict=False):
        lines = block.splitlines()
        assert lines[0] == f"Receipt {sale['number']}"
        assert [line[2:32].rstrip() for line in lines[1:-1]] == [
            item["name"] for item in sale["items"]
        ]
    assert written[4:] == [""]


@pytest.mark.behaviour("receipts-apart")
@pytest.mark.feedback("print-trace.4")
def test_same_basket_gives_the_same_receipt() -> None:
    """The same basket gives the same receipt again, with others in between."""
    first = receipt_of(WHOLE[1])
    assert first["number"] == "R-7301"
    for between in (PLAIN[1], WHOLE[0], basket()):
        receipt_of(between)
        assert receipt_of(WHOLE[1]) == first


@pytest.mark.behaviour("receipts-apart")
@pytest.mark.hint("Do you sort, pop from or add to the basket? The caller has that very dict.")
@pytest.mark.parametrize("sale", [WHOLE[1], PLAIN[3], basket(discount=7)])
def test_basket_is_left_as_it_was(sale: Basket) -> None:
    """The basket that is handed in is the same after the call as before it."""
    mine = copy.deepcopy(sale)
    assert receipt(mine)["number"] == sale["number"]
    assert mine == sale
