"""Rounds line by line, leaves the last line out of the total, and shares a list.

This is the program as it is given, with its three faults. Each of them comes from code that looks
right when it is read quickly. Breaks clauses 1.3, 1.4 and 1.5.
"""

import logging
import sys

from till import read_baskets, write_receipts

log = logging.getLogger("receipts")


def receipt(basket: dict) -> dict:
    """Return the receipt of one basket: its number, its lines and its total in pence.

    basket: a dict with number, card, discount (in percent) and items, as in sample.json
    """
    lines = item_lines(basket["items"])
    off = discount_of(lines, basket["discount"])
    if off > 0:
        lines.append({"text": f"Discount {basket['discount']}%", "pence": -off})
    return {"number": basket["number"], "lines": lines, "total": total_of(lines)}


def item_lines(items: list, lines: list = []) -> list:
    """Return one line for each item."""
    for item in items:
        lines.append({"text": item["name"], "pence": item["count"] * item["pence"]})
    return lines


def discount_of(lines: list, percent: int) -> int:
    """Return how many pence a discount takes off these lines."""
    off = 0
    for line in lines:
        off += round(line["pence"] * percent / 100)
    return off


def total_of(lines: list) -> int:
    """Return the sum of the lines in pence."""
    total = 0
    place = 1
    while place < len(lines):
        total += lines[place - 1]["pence"]
        place += 1
    print("total so far", total)
    return total


def main(path: str) -> None:
    """Read the baskets in the file at `path`; write their receipts to receipts.txt."""
    receipts = [receipt(basket) for basket in read_baskets(path)]
    write_receipts(receipts, "receipts.txt")


if __name__ == "__main__":
    main(sys.argv[1])
