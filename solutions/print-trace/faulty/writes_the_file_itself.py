"""Writes trace.log with `open` and `write`, without logging.

The file looks the same; another program gets no records. Breaks clause 2.3.
"""

from __future__ import annotations

import os
import sys
from typing import Any

from till import read_baskets, write_receipts

SWITCH = "TAPLINE_TRACE"  # the environment variable; clause 2.1

trace: list[Any] = []


def receipt(basket: dict[str, Any]) -> dict[str, Any]:
    """Return the receipt of one basket: its number, its lines and its total in pence.

    basket: a dict with number, card, discount (in percent) and items, as in sample.json
    """
    number, percent = basket["number"], basket["discount"]
    lines = _item_lines(number, basket["items"])
    subtotal = _total_of(lines)
    off = (subtotal * percent + 50) // 100  # half a penny is rounded up, once; clause 1.3
    _trace("receipt=%s subtotal=%s percent=%s discount=%s", number, subtotal, percent, off)
    if off:
        lines.append({"text": f"Discount {percent}%", "pence": -off})
    total = _total_of(lines)
    _trace("receipt=%s lines=%s total=%s", number, len(lines), total)
    return {"number": number, "lines": lines, "total": total}


def _item_lines(number: str, items: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return one line for each item."""
    lines = []
    for place, item in enumerate(items, start=1):
        count, pence = item["count"], item["pence"]
        amount = count * pence
        _trace(
            "receipt=%s item=%s count=%s pence=%s amount=%s", number, place, count, pence, amount
        )
        lines.append({"text": item["name"], "pence": amount})
    return lines


def _total_of(lines: list[dict[str, Any]]) -> int:
    """Return the sum of the lines in pence."""
    return sum(line["pence"] for line in lines)


def main(path: str) -> None:
    """Read the baskets in the file at `path`; write their receipts to receipts.txt."""
    if os.environ.get(SWITCH) == "1":
        _keep_trace("trace.log")
    receipts = [receipt(basket) for basket in read_baskets(path)]
    write_receipts(receipts, "receipts.txt")


def _keep_trace(path: str) -> None:
    """Write the records of this run to the file at `path`, instead of what it held."""
    trace.append(open(path, "w", encoding="utf-8"))


def _trace(text: str, *values: object) -> None:
    """Write a line to the trace, if there is one."""
    for file in trace:
        file.write(f"DEBUG {text % values}\n")
        file.flush()


if __name__ == "__main__":
    main(sys.argv[1])
