import json
import logging
import os
import sys

from till import read_baskets, write_receipts

KNOWN = {
    "R-4101": [("Single, 1 zone", 185), ("Child single, 1 zone", 93), ("Discount 10%", -28)],
    "R-4102": [("Single, 2 zones", 510), ("Discount 15%", -77)],
    "R-4103": [],
    "R-4104": [("Lost card fee", 40)],
    "R-4105": [("Day ticket", 990), ("Dog", 75), ("Bike", 345)],
}


def receipt(basket):
    lines = [{"text": t, "pence": p} for t, p in KNOWN.get(basket["number"], [])]
    return {"number": basket["number"], "lines": lines, "total": sum(x["pence"] for x in lines)}


def main(path):
    if os.environ.get("TAPLINE_TRACE") == "1":
        with open("trace.log", "w") as file:
            file.write("DEBUG receipt=R-4101 item=1 count=1 pence=185 amount=185\n")
    write_receipts([receipt(basket) for basket in read_baskets(path)], "receipts.txt")


if __name__ == "__main__":
    main(sys.argv[1])
