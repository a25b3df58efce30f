"""Counts with plain loops, rounds with `decimal`, and sets logging up with basicConfig."""

import logging
import os
import sys
from decimal import ROUND_HALF_UP, Decimal

import till

log = logging.getLogger(__name__)


def receipt(basket: dict) -> dict:
    """Return the receipt of one basket."""
    number = basket["number"]
    lines = []
    subtotal = 0
    place = 0
    for item in basket["items"]:
        place += 1
        amount = item["count"] * item["pence"]
        lines.append({"text": item["name"], "pence": amount})
        subtotal += amount
        log.debug(
            f"receipt={number} item={place} count={item['count']} pence={item['pence']}"
            f" amount={amount}"
        )
    percent = basket["discount"]
    exact = Decimal(subtotal) * percent / 100
    discount = int(exact.quantize(Decimal(1), rounding=ROUND_HALF_UP))
    log.debug(f"receipt={number} subtotal={subtotal} percent={percent} discount={discount}")
    if discount != 0:
        lines.append({"text": "Discount " + str(percent) + "%", "pence": -discount})
    total = subtotal - discount
    log.debug(f"receipt={number} lines={len(lines)} total={total}")
    return {"number": number, "lines": lines, "total": total}


def main(path: str) -> None:
    """Write the receipts of the baskets at `path`, and a trace if it is asked for."""
    if os.getenv("TAPLINE_TRACE", "0") == "1":
        logging.basicConfig(
            filename="trace.log",
            filemode="w",
            level=logging.DEBUG,
            format="%(levelname)s %(message)s",
            force=True,  # also where logging is set up already, as it is below pytest
        )
    till.write_receipts([receipt(basket) for basket in till.read_baskets(path)], "receipts.txt")


if __name__ == "__main__":
    main(sys.argv[1])
