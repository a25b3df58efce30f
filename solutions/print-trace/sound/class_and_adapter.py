"""A class for a receipt in the making, an adapter that names the receipt, and dictConfig."""

import logging.config
import os
import sys

from till import read_baskets, write_receipts

SETTINGS = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"viewer": {"format": "{levelname} {message}", "style": "{"}},
    "handlers": {
        "file": {
            "class": "logging.FileHandler",
            "filename": "trace.log",
            "mode": "w",
            "formatter": "viewer",
        }
    },
    "loggers": {"receipts": {"level": "DEBUG", "handlers": ["file"], "propagate": False}},
}


class Named(logging.LoggerAdapter):
    """Puts the number of the receipt before each record."""

    def process(self, msg, kwargs):
        return f"receipt={self.extra['number']} {msg}", kwargs


class Making:
    """One receipt in the making."""

    def __init__(self, number):
        self.number = number
        self.lines = []
        self.trace = Named(logging.getLogger("receipts"), {"number": number})

    @property
    def total(self):
        return sum(line["pence"] for line in self.lines)

    def add(self, text, pence):
        self.lines.append({"text": text, "pence": pence})

    def buy(self, name, count, pence):
        self.add(name, count * pence)
        place = len(self.lines)
        self.trace.debug(f"item={place} count={count} pence={pence} amount={count * pence}")

    def reduce(self, percent):
        subtotal = self.total
        whole, rest = divmod(subtotal * percent, 100)
        off = whole + 1 if rest >= 50 else whole
        self.trace.debug(f"subtotal={subtotal} percent={percent} discount={off}")
        if off > 0:
            self.add(f"Discount {percent}%", -off)

    def finished(self):
        self.trace.debug(f"lines={len(self.lines)} total={self.total}")
        return {"number": self.number, "lines": self.lines, "total": self.total}


def receipt(basket):
    """Return the receipt of one basket."""
    making = Making(basket["number"])
    for item in basket["items"]:
        making.buy(item["name"], item["count"], item["pence"])
    making.reduce(basket["discount"])
    return making.finished()


def main(path):
    """Write the receipts of the baskets at `path`."""
    if os.environ.get("TAPLINE_TRACE") == "1":
        logging.config.dictConfig(SETTINGS)
    write_receipts(list(map(receipt, read_baskets(path))), "receipts.txt")


if __name__ == "__main__":
    main(*sys.argv[1:])
