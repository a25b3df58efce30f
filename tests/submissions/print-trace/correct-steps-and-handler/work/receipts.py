import logging
import os
import sys
from fractions import Fraction
from math import floor
from pathlib import Path

import till


class ToFile(logging.Handler):
    def __init__(self, path):
        super().__init__(logging.DEBUG)
        self.path = path
        self.path.write_text("")

    def emit(self, record):
        with self.path.open("a") as file:
            print(record.levelname, record.getMessage(), file=file)


def steps(basket):
    """Give each step as (values for the trace, line for the receipt or None)."""
    amounts = []
    for place, item in enumerate(basket["items"], 1):
        amounts.append(item["count"] * item["pence"])
        values = {"item": place, "count": item["count"], "pence": item["pence"]}
        yield values | {"amount": amounts[-1]}, (item["name"], amounts[-1])
    subtotal, percent = sum(amounts), basket["discount"]
    off = floor(Fraction(subtotal * percent, 100) + Fraction(1, 2))
    line = (f"Discount {percent}%", -off) if off else None
    yield {"subtotal": subtotal, "percent": percent, "discount": off}, line
    yield {"lines": len(amounts) + bool(off), "total": subtotal - off}, None


def receipt(basket):
    made = dict(number=basket["number"], lines=[], total=0)
    for values, line in steps(basket):
        text = " ".join("%s=%d" % pair for pair in values.items())
        logging.getLogger("receipts").debug("receipt=%s %s", basket["number"], text)
        if line:
            made["lines"] += [dict(zip(("text", "pence"), line))]
            made["total"] += line[1]
    return made


def main(path):
    match os.environ:
        case {"TAPLINE_TRACE": "1"}:
            logger = logging.getLogger("receipts")
            logger.setLevel(logging.DEBUG)
            logger.addHandler(ToFile(Path("trace.log")))
    till.write_receipts([*map(receipt, till.read_baskets(path))], "receipts.txt")


if __name__ == "__main__":
    main(*sys.argv[1:])
