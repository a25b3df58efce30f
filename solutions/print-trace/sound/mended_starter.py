"""The starter with its three functions mended in place, and a small function for records."""

import logging
import os
import sys

from till import read_baskets, write_receipts

log = logging.getLogger("receipts")


def note(number: str, **values: int) -> None:
    """Hand one record to the logger: the receipt's number, and each value by its name."""
    named = " ".join(f"{name}={value}" for name, value in values.items())
    log.debug("receipt=%s %s", number, named)


def receipt(basket: dict) -> dict:
    """Return the receipt of one basket."""
    number = basket["number"]
    lines = item_lines(number, basket["items"])
    subtotal = total_of(lines)
    off = discount_of(lines, basket["discount"])
    note(number, subtotal=subtotal, percent=basket["discount"], discount=off)
    if off > 0:
        lines.append({"text": f"Discount {basket['discount']}%", "pence": -off})
    total = total_of(lines)
    note(number, lines=len(lines), total=total)
    return {"number": number, "lines": lines, "total": total}


def item_lines(number: str, items: list, lines: list = None) -> list:
    """Return one line for each item."""
    if lines is None:
        lines = []
    for item in items:
        amount = item["count"] * item["pence"]
        lines.append({"text": item["name"], "pence": amount})
        note(number, item=len(lines), count=item["count"], pence=item["pence"], amount=amount)
    return lines


def discount_of(lines: list, percent: int) -> int:
    """Return how many pence a discount takes off these lines."""
    return int(total_of(lines) * percent / 100 + 0.5)


def total_of(lines: list) -> int:
    """Return the sum of the lines in pence."""
    total = 0
    place = 0
    while place < len(lines):
        total += lines[place]["pence"]
        place += 1
    return total


def main(path: str) -> None:
    """Read the baskets in the file at `path`; write their receipts to receipts.txt."""
    if os.environ.get("TAPLINE_TRACE") == "1":
        handler = logging.FileHandler("trace.log", "w")
        handler.setFormatter(logging.Formatter("DEBUG %(message)s"))
        log.addHandler(handler)
        log.setLevel("DEBUG")
    receipts = [receipt(basket) for basket in read_baskets(path)]
    write_receipts(receipts, "receipts.txt")


if __name__ == "__main__":
    main(sys.argv[1])
