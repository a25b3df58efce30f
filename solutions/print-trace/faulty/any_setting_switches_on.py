"""Switches the trace on for any text, `0` too.

A text that isn't empty is true. Breaks clause 2.1.
"""

from __future__ import annotations

import logging
import os
import sys
from typing import Any

from till import read_baskets, write_receipts

SWITCH = "TAPLINE_TRACE"  # the environment variable; clause 2.1

log = logging.getLogger("receipts")


def receipt(basket: dict[str, Any]) -> dict[str, Any]:
    """Return the receipt of one basket: its number, its lines and its total in pence.

    basket: a dict with number, card, discount (in percent) and items, as in sample.json
    """
    number, percent = basket["number"], basket["discount"]
    lines = _item_lines(number, basket["items"])
    subtotal = _total_of(lines)
    off = (subtotal * percent + 50) // 100  # half a penny is rounded up, once; clause 1.3
    log.debug("receipt=%s subtotal=%s percent=%s discount=%s", number, subtotal, percent, off)
    if off:
        lines.append({"text": f"Discount {percent}%", "pence": -off})
    total = _total_of(lines)
    log.debug("receipt=%s lines=%s total=%s", number, len(lines), total)
    return {"number": number, "lines": lines, "total": total}


def _item_lines(number: str, items: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return one line for each item."""
    lines = []
    for place, item in enumerate(items, start=1):
        count, pence = item["count"], item["pence"]
        amount = count * pence
        log.debug(
            "receipt=%s item=%s count=%s pence=%s amount=%s", number, place, count, pence, amount
        )
        lines.append({"text": item["name"], "pence": amount})
    return lines


def _total_of(lines: list[dict[str, Any]]) -> int:
    """Return the sum of the lines in pence."""
    return sum(line["pence"] for line in lines)


def main(path: str) -> None:
    """Read the baskets in the file at `path`; write their receipts to receipts.txt."""
    if os.environ.get(SWITCH):
        _keep_trace("trace.log")
    receipts = [receipt(basket) for basket in read_baskets(path)]
    write_receipts(receipts, "receipts.txt")


def _keep_trace(path: str) -> None:
    """Write the records of this run to the file at `path`, instead of what it held."""
    handler = logging.FileHandler(path, mode="w", encoding="utf-8")
    handler.setFormatter(logging.Formatter("%(levelname)s %(message)s"))
    log.addHandler(handler)
    log.setLevel(logging.DEBUG)


if __name__ == "__main__":
    main(sys.argv[1])
