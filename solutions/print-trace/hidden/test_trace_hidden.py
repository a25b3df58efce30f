"""Hidden suite, clauses 2 and 3: the learner's program is run, and its trace read.

The total and the number of lines in a trace are compared with the program's own receipt: whether
that is right is asked for under clause 1.
"""

from __future__ import annotations

import copy
import json
import re
from typing import Any

import pytest
from receipts import receipt

Basket = dict[str, Any]

OLD = "left over from another run\n"
PROGRAM = ["receipts.py", "evening.json"]

# Runs in the learner's process: hands over what `receipt` sends to its logger.
LISTENER = """
import json, logging, sys

records = []

class Keep(logging.Handler):
    def emit(self, record):
        records.append([record.name, record.levelno, record.getMessage()])

from receipts import receipt

logger = logging.getLogger("receipts")
logger.setLevel(int(sys.argv[1]))
logger.addHandler(Keep())
for basket in json.load(sys.stdin):
    receipt(basket)
with open("records.json", "w", encoding="utf-8") as file:
    json.dump(records, file)
"""


def basket(number: str, card: str, discount: int, *items: tuple[int, int]) -> Basket:
    """Return a basket with items given as (count, pence)."""
    named = [
        {"name": f"Thing {place}", "count": count, "pence": pence}
        for place, (count, pence) in enumerate(items, start=1)
    ]
    return {"number": number, "card": card, "discount": discount, "items": named}


ONE = basket("R-7401", "9994382716605183", 10, (2, 150), (1, 700), (3, 40))
OTHER = basket("R-7402", "9991750864298347", 0, (1, 365))
EMPTY = basket("R-7403", "9996620359174186", 20)
LAST = basket("R-7404", "9992871540639258", 50, (4, 110), (1, 62))
EVENING = [ONE, OTHER, EMPTY, LAST]


def run(candidate: Any, sales: list[Basket], setting: str | None = "1", old: str = "") -> Any:
    """Run the program over the baskets, with an old trace lying there."""
    assert receipt  # used here, so that a file that can't be imported is told as one error
    candidate.write("trace.log", old)
    candidate.write("evening.json", json.dumps(sales))
    environ = {} if setting is None else {"TAPLINE_TRACE": setting}
    return candidate.run(PROGRAM, environ=environ)


def trace(candidate: Any) -> list[str]:
    """Return the lines of trace.log after a run."""
    found: bytes = candidate.files().get("trace.log", b"")
    return found.decode("utf-8", "replace").splitlines()


def items_of(sale: Basket) -> list[str]:
    """Return the records that clause 2.2 asks for each item."""
    return [
        f"receipt={sale['number']} item={place} count={item['count']} pence={item['pence']}"
        f" amount={item['count'] * item['pence']}"
        for place, item in enumerate(sale["items"], start=1)
    ]


def discount_of(sale: Basket) -> str:
    """Return the record of the discount; the baskets here need no rounding."""
    subtotal = sum(item["count"] * item["pence"] for item in sale["items"])
    percent = sale["discount"]
    off = subtotal * percent // 100
    return f"receipt={sale['number']} subtotal={subtotal} percent={percent} discount={off}"


def total_of(sale: Basket) -> str:
    """Return the record of the total, with what the program's own receipt says."""
    made = receipt(copy.deepcopy(sale))
    lines, total = made["lines"], made["total"]
    assert type(lines) is list
    assert type(total) is int
    return f"receipt={sale['number']} lines={len(lines)} total={total}"


# 2.1: the switch ----------------------------------------------------------------------------------


@pytest.mark.behaviour("trace-switch")
@pytest.mark.hint("Is the setting read in `main`, and logging set up before the first receipt?")
def test_setting_1_switches_the_trace_on(candidate: Any) -> None:
    """With TAPLINE_TRACE set to 1 a run writes trace.log."""
    run(candidate, EVENING)
    assert trace(candidate) != []


@pytest.mark.behaviour("trace-switch")
@pytest.mark.hint("Opening a log file already makes it, or empties it.")
def test_no_setting_leaves_the_trace_off(candidate: Any) -> None:
    """Without TAPLINE_TRACE a run neither makes nor changes trace.log."""
    assert receipt  # as in `run`
    candidate.write("evening.json", json.dumps(EVENING))
    before = candidate.files().get("trace.log")
    candidate.run(PROGRAM)
    assert candidate.files().get("trace.log") == before
    run(candidate, EVENING, None, OLD)
    assert candidate.read_text("trace.log") == OLD


@pytest.mark.behaviour("trace-switch")
@pytest.mark.feedback("print-trace.6")
@pytest.mark.parametrize("setting", ["", "0", "2", "no", "true", "on", "10", "-1"])
def test_other_settings_leave_the_trace_off(setting: str, candidate: Any) -> None:
    """With TAPLINE_TRACE set to anything but 1 a run neither makes nor changes trace.log."""
    run(candidate, EVENING, setting, OLD)
    assert candidate.read_text("trace.log") == OLD


@pytest.mark.behaviour("trace-switch")
@pytest.mark.feedback("print-trace.7")
def test_each_run_begins_a_new_trace(candidate: Any) -> None:
    """Nothing of an earlier run is in the trace of the next."""
    run(candidate, EVENING, old=OLD)
    written = trace(candidate)
    assert written == OLD.splitlines() or OLD.strip() not in written  # none at all is for another
    candidate.write("evening.json", json.dumps([OTHER]))
    candidate.run(PROGRAM, environ={"TAPLINE_TRACE": "1"})
    assert not any(ONE["number"] in line for line in trace(candidate))


# 2.2: what the trace holds ------------------------------------------------------------------------


@pytest.mark.behaviour("trace-values")
@pytest.mark.hint("Where in your loop are the place, the count, the pence and the amount known?")
@pytest.mark.parametrize("sale", [ONE, OTHER, LAST])
def test_trace_holds_each_item(sale: Basket, candidate: Any) -> None:
    """The trace begins with one line for each item, in order and in the form of clause 2.2."""
    run(candidate, [sale])
    expected = [f"DEBUG {record}" for record in items_of(sale)]
    assert trace(candidate)[: len(expected)] == expected


@pytest.mark.behaviour("trace-values")
@pytest.mark.hint("The record of the discount is there for every basket, also when it is 0.")
@pytest.mark.parametrize("sale", EVENING)
def test_trace_holds_the_discount(sale: Basket, candidate: Any) -> None:
    """After the items, the trace has a line with the subtotal, the percent and the discount."""
    run(candidate, [sale])
    place = len(sale["items"])
    assert trace(candidate)[place : place + 1] == [f"DEBUG {discount_of(sale)}"]


@pytest.mark.behaviour("trace-values")
@pytest.mark.hint("Count the lines once the discount has its line, if it has one.")
@pytest.mark.parametrize("sale", EVENING)
def test_trace_ends_with_the_total(sale: Basket, candidate: Any) -> None:
    """The last line for a basket has the number of lines and the total that its receipt has."""
    run(candidate, [sale])
    assert trace(candidate)[len(sale["items"]) + 1 :] == [f"DEBUG {total_of(sale)}"]


@pytest.mark.behaviour("trace-values")
def test_trace_follows_the_order_of_the_work(candidate: Any) -> None:
    """The trace takes basket after basket, each with its items, its discount and its total."""
    run(candidate, [LAST, ONE, EMPTY, OTHER])
    expected = []
    for sale in (LAST, ONE, EMPTY, OTHER):
        steps = [f"item={place}" for place in range(1, len(sale["items"]) + 1)]
        steps += ["subtotal", "lines"]
        expected += [f"DEBUG receipt={sale['number']} {step}" for step in steps]
    seen = [
        re.sub(r"^(DEBUG \S+ (?:item=\d+|subtotal|lines))\b.*", r"\1", line)
        for line in trace(candidate)
    ]
    assert seen == expected


# 2.3: by way of logging ---------------------------------------------------------------------------


def listen(candidate: Any, sales: list[Basket], level: int = 10, **environ: str) -> list[Any]:
    """Return name, level and text of each record that `receipt` sends for the baskets."""
    assert receipt  # used here, so that a file that can't be imported is told as one error
    candidate.write("listener.py", LISTENER)
    candidate.write("records.json", "[]")
    candidate.run(["listener.py", str(level)], stdin=json.dumps(sales), environ=environ)
    records = json.loads(candidate.read_text("records.json"))
    assert type(records) is list
    return records


@pytest.mark.behaviour("trace-by-logging")
@pytest.mark.hint("Does `receipt` call `log.debug` in every case, or does it ask for a setting?")
@pytest.mark.parametrize("sale", [ONE, EMPTY])
def test_another_program_gets_the_records(sale: Basket, candidate: Any) -> None:
    """A program that asks the logger `receipts` for DEBUG gets every record, setting or not."""
    expected = [*items_of(sale), discount_of(sale), total_of(sale)]
    assert listen(candidate, [sale]) == [["receipts", 10, record] for record in expected]


@pytest.mark.behaviour("trace-by-logging")
@pytest.mark.hint("Which of your logging calls is not `log.debug`?")
def test_no_record_is_above_debug(candidate: Any) -> None:
    """A program that asks the logger `receipts` for less than DEBUG gets no record."""
    assert listen(candidate, EVENING, 10) != []
    assert listen(candidate, EVENING, 11) == []


@pytest.mark.behaviour("trace-by-logging")
@pytest.mark.hint(
    "Code at the left edge of receipts.py runs when it is imported. Set up in `main`."
)
def test_importing_makes_no_file(candidate: Any) -> None:
    """A program that imports receipts, with the trace switched on, gets no file from that."""
    assert receipt  # as in `run`
    candidate.write("trace.log", OLD)
    candidate.write("another.py", "import receipts\n")
    before = candidate.files()
    done = candidate.run(["another.py"], environ={"TAPLINE_TRACE": "1"})
    assert done.returncode == 0
    assert candidate.files() == before
    assert listen(candidate, [OTHER], TAPLINE_TRACE="1") != []
    assert candidate.read_text("trace.log") == OLD


# 2.4: nothing on the screen -----------------------------------------------------------------------


@pytest.mark.behaviour("no-stray-print")
@pytest.mark.feedback("print-trace.3")
@pytest.mark.parametrize("sale", [ONE, EMPTY])
def test_call_prints_nothing(sale: Basket, capsys: pytest.CaptureFixture[str]) -> None:
    """A call of receipt leaves the screen empty."""
    assert receipt(copy.deepcopy(sale))["number"] == sale["number"]
    assert capsys.readouterr() == ("", "")


@pytest.mark.behaviour("no-stray-print")
@pytest.mark.feedback("print-trace.3")
@pytest.mark.parametrize("setting", [None, "0", "1"])
def test_run_prints_nothing(setting: str | None, candidate: Any) -> None:
    """A run leaves the screen empty, with the trace off and with the trace on."""
    done = run(candidate, EVENING, setting)
    assert done.stdout == ""
    assert done.returncode != 0 or done.stderr == ""  # an error on the way is for the next test


@pytest.mark.behaviour("no-stray-print")
@pytest.mark.hint("Run the program both ways: does it come to its end and write the receipts?")
def test_receipts_are_the_same_with_the_trace_on(candidate: Any) -> None:
    """A run comes to its end and writes the same receipts.txt with the trace on as with it off."""
    written = []
    for setting in (None, "1"):
        candidate.write("receipts.txt", "not written yet")
        assert run(candidate, EVENING, setting).returncode == 0
        written.append(candidate.read_text("receipts.txt"))
    assert written[0] == written[1]
    for sale in EVENING:
        assert f"Receipt {sale['number']}\n" in written[0]


# 3.1: no card number ------------------------------------------------------------------------------


def leaks(text: str, sales: list[Basket]) -> bool:
    """Tell whether a card number, five digits of one in a row, or its last four are in the text."""
    bare = re.sub(r"(?<=\d)[ \-_./\0](?=\d)", "", text)
    for card in (sale["card"] for sale in sales):
        runs = (card[place : place + 5] for place in range(len(card) - 4))
        if any(run in bare for run in runs) or re.search(rf"(?<!\d){card[-4:]}(?!\d)", text):
            return True
    return False


def new_texts(candidate: Any, before: dict[str, bytes]) -> str:
    """Return what stands in the files that are new or changed, as one text."""
    after = candidate.files()
    changed = [data for name, data in after.items() if before.get(name) != data]
    return "\n".join(data.decode("utf-8", "replace") for data in changed)


@pytest.mark.behaviour("no-card-in-logs")
@pytest.mark.feedback("print-trace.5")
@pytest.mark.parametrize("setting", ["1", None])
def test_run_leaves_no_card_number(setting: str | None, candidate: Any) -> None:
    """A run leaves no card number behind, whole or in part: not in the log, not on the screen."""
    candidate.write("trace.log", "")
    candidate.write("evening.json", json.dumps(EVENING))
    before = candidate.files()
    done = run(candidate, EVENING, setting)
    assert not leaks(new_texts(candidate, before), EVENING)
    assert not leaks(done.stdout + "\n" + done.stderr, EVENING)
    if setting == "1" and not trace(candidate):
        pytest.skip("there is no trace yet")


@pytest.mark.behaviour("no-card-in-logs")
@pytest.mark.feedback("print-trace.5")
def test_no_record_holds_a_card_number(candidate: Any) -> None:
    """No record that receipt sends to a logger holds a card number, whole or in part."""
    records = listen(candidate, EVENING, 1, TAPLINE_TRACE="1")
    assert not any(leaks(str(record), EVENING) for record in records)
    if not records:
        pytest.skip("there is no record yet")
