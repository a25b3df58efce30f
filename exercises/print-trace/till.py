"""The two ends of a run at Tapline: baskets come in from a file, receipts go out to one."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any


def read_baskets(path: str) -> list[dict[str, Any]]:
    """Return the baskets of a file such as sample.json, in its order."""
    baskets: list[dict[str, Any]] = json.loads(Path(path).read_text(encoding="utf-8"))
    return baskets


def write_receipts(receipts: list[dict[str, Any]], path: str) -> None:
    """Write receipts as text, each one as a block that ends with its total in pence."""
    with Path(path).open("w", encoding="utf-8") as file:
        for receipt in receipts:
            file.write(f"Receipt {receipt['number']}\n")
            for line in receipt["lines"]:
                file.write(f"  {line['text']:<30}{line['pence']:>8}\n")
            file.write(f"  {'TOTAL':<30}{receipt['total']:>8}\n\n")
