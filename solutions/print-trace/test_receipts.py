"""Reference tests of receipts.py: the three faults, the trace and its switch."""

from __future__ import annotations

import contextlib
import json
import logging
import runpy
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import receipts
from receipts import main, receipt

CARD = "9990000011112222"


def basket(*items: tuple[int, int], discount: int = 0, number: str = "R-1") -> dict[str, Any]:
    """Return a basket with items given as (count, pence)."""
    named = [
        {"name": f"Thing {place}", "count": count, "pence": pence}
        for place, (count, pence) in enumerate(items)
    ]
    return {"number": number, "card": CARD, "discount": discount, "items": named}


def pence(sale: dict[str, Any]) -> list[int]:
    """Return the pence of all lines of a basket's receipt."""
    return [line["pence"] for line in receipt(sale)["lines"]]


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with two baskets in sales.json, as the current one; the trace is not asked for."""
    sales = [basket((2, 50), discount=10), basket(number="R-2")]
    (tmp_path / "sales.json").write_text(json.dumps(sales), encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("TAPLINE_TRACE", raising=False)
    return tmp_path


@contextlib.contextmanager
def fresh_logging() -> Iterator[None]:
    """Have logging as in a program that has just begun, and put it back afterwards.

    pytest sets up logging for itself, and `logging.basicConfig` would leave it at that.
    """
    root, logger = logging.getLogger(), logging.getLogger("receipts")
    kept, level = root.handlers, root.level
    root.handlers = []
    try:
        yield
    finally:
        for handler in (*root.handlers, *logger.handlers):
            handler.close()
        root.handlers, logger.handlers = kept, []
        root.setLevel(level)
        logger.setLevel(logging.NOTSET)
        logger.propagate = True


def test_a_receipt_has_a_number_lines_and_a_total() -> None:
    """Clauses 1.1 and 1.2."""
    assert receipt(basket((2, 50))) == {
        "number": "R-1",
        "lines": [{"text": "Thing 0", "pence": 100}],
        "total": 100,
    }


@pytest.mark.parametrize(
    ("sale", "expected"),
    [
        (basket((1, 185), (1, 93), discount=10), [185, 93, -28]),
        (basket((2, 255), discount=15), [510, -77]),
        (basket((1, 250), discount=5), [250, -13]),
        (basket((1, 35), (1, 35), discount=33), [35, 35, -23]),
        (basket((1, 40), discount=1), [40]),
        (basket((1, 300), discount=100), [300, -300]),
    ],
    ids=["of the whole", "76.5", "12.5", "twice 11.55", "comes to nothing", "all of it"],
)
def test_the_discount_is_rounded_half_up_once(sale: dict[str, Any], expected: list[int]) -> None:
    """Clause 1.3."""
    assert pence(sale) == expected


def test_a_discount_line_names_the_percent() -> None:
    """Clause 1.3."""
    last = receipt(basket((1, 200), discount=25))["lines"][-1]
    assert last == {"text": "Discount 25%", "pence": -50}
    assert type(last["pence"]) is int


@pytest.mark.parametrize(
    ("sale", "expected"),
    [
        (basket((1, 185), (3, 115)), 530),
        (basket((1, 185), (1, 93), discount=10), 250),
        (basket(discount=10), 0),
    ],
    ids=["last item", "discount", "no items"],
)
def test_the_total_counts_every_line(sale: dict[str, Any], expected: int) -> None:
    """Clause 1.4."""
    assert receipt(sale)["total"] == expected


def test_receipts_do_not_meet() -> None:
    """Clause 1.5: neither a later receipt nor an earlier one changes."""
    sale = basket((1, 75), discount=20)
    before = json.dumps(sale)
    first = receipt(sale)
    second = receipt(basket((1, 300)))
    assert [line["pence"] for line in second["lines"]] == [300]
    assert [line["pence"] for line in first["lines"]] == [75, -15]
    assert first == receipt(sale)
    assert json.dumps(sale) == before


def test_the_trace_names_each_step(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Clauses 2.1, 2.2, 2.4 and 3.1; the old trace is gone."""
    (folder / "trace.log").write_text("old\n", encoding="utf-8")
    monkeypatch.setenv("TAPLINE_TRACE", "1")
    with fresh_logging():
        main("sales.json")
    trace = (folder / "trace.log").read_text(encoding="utf-8")
    assert trace.splitlines() == [
        "DEBUG receipt=R-1 item=1 count=2 pence=50 amount=100",
        "DEBUG receipt=R-1 subtotal=100 percent=10 discount=10",
        "DEBUG receipt=R-1 lines=2 total=90",
        "DEBUG receipt=R-2 subtotal=0 percent=0 discount=0",
        "DEBUG receipt=R-2 lines=0 total=0",
    ]
    assert sorted(path.name for path in folder.iterdir()) == [
        "receipts.txt",
        "sales.json",
        "trace.log",
    ]
    assert CARD not in trace
    assert capsys.readouterr() == ("", "")


@pytest.mark.parametrize("setting", [None, "", "0", "yes", "11"])
def test_no_trace_unless_the_setting_is_1(
    setting: str | None, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Clause 2.1."""
    if setting is not None:
        monkeypatch.setenv("TAPLINE_TRACE", setting)
    with fresh_logging():
        main("sales.json")
    assert not (folder / "trace.log").exists()


def test_the_records_go_to_the_logger(caplog: pytest.LogCaptureFixture) -> None:
    """Clause 2.3."""
    caplog.set_level(logging.DEBUG, logger="receipts")
    receipt(basket((1, 40), discount=1))
    assert caplog.record_tuples == [
        ("receipts", logging.DEBUG, "receipt=R-1 item=1 count=1 pence=40 amount=40"),
        ("receipts", logging.DEBUG, "receipt=R-1 subtotal=40 percent=1 discount=0"),
        ("receipts", logging.DEBUG, "receipt=R-1 lines=1 total=40"),
    ]


def test_a_run_prints_nothing(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Clause 2.4, with the program run as a command."""
    monkeypatch.setattr(sys, "argv", ["receipts.py", "sales.json"])
    with fresh_logging():
        runpy.run_path(str(Path(receipts.__file__)), run_name="__main__")
    assert capsys.readouterr() == ("", "")
    assert "Receipt R-2" in (folder / "receipts.txt").read_text(encoding="utf-8")
