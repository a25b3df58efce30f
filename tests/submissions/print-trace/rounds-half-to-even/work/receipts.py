"""Tapline receipts: from the basket of a sale to the lines and the total that the rider gets."""

import logging
import os
import sys

from till import read_baskets, write_receipts

log = logging.getLogger("receipts")


def receipt(basket: dict) -> dict:
    """Return the receipt of one basket: its number, its lines and its total in pence."""
    number = basket["number"]
    percent = basket["discount"]
    lines = item_lines(number, basket["items"])
    subtotal = total_of(lines)
    off = discount_of(lines, percent)
    log.debug(f"receipt={number} subtotal={subtotal} percent={percent} discount={off}")
    if off > 0:
        lines.append({"text": f"Discount {percent}%", "pence": -off})
    total = total_of(lines)
    log.debug(f"receipt={number} lines={len(lines)} total={total}")
    return {"number": number, "lines": lines, "total": total}


def item_lines(number: str, items: list) -> list:
    """Return one line for each item."""
    lines = []
    for i, item in enumerate(items):
        count, pence = item["count"], item["pence"]
        amount = count * pence
        log.debug(f"receipt={number} item={i + 1} count={count} pence={pence} amount={amount}")
        lines.append({"text": item["name"], "pence": amount})
    return lines


def discount_of(lines: list, percent: int) -> int:
    """Return how many pence a discount takes off these lines."""
    return round(total_of(lines) * percent / 100)


def total_of(lines: list) -> int:
    """Return the sum of the lines in pence."""
    total = 0
    for line in lines:
        total += line["pence"]
    return total


def main(path: str) -> None:
    """Read the baskets in the file at `path`; write their receipts to receipts.txt."""
    if os.environ.get("TAPLINE_TRACE") == "1":
        logging.basicConfig(
            filename="trace.log", filemode="w", level=logging.DEBUG, format="%(levelname)s %(message)s"
        )
    receipts = [receipt(basket) for basket in read_baskets(path)]
    write_receipts(receipts, "receipts.txt")


if __name__ == "__main__":
    main(sys.argv[1])
