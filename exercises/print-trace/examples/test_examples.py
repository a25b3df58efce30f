"""The worked examples of the ticket. Read them, but leave them as they are.

`grade exercises/print-trace` runs them. `candidate` stands for your program: `candidate.run` runs
it as a command, in a folder of its own.
"""

from pathlib import Path

import pytest
from receipts import receipt
from till import read_baskets

SAMPLE = read_baskets(str(Path(__file__).parents[1] / "sample.json"))

RUN = ["receipts.py", "sample.json"]
ON = {"TAPLINE_TRACE": "1"}


def pence_of(place: int) -> list:
    """Return the pence of all lines on the receipt of one basket of sample.json."""
    return [line["pence"] for line in receipt(SAMPLE[place])["lines"]]


def trace_of(candidate) -> list:
    """Return the lines of trace.log after a run with the trace on."""
    candidate.write("trace.log", "left over from another run\n")
    candidate.run(RUN, environ=ON)
    return candidate.read_text("trace.log").splitlines()


@pytest.mark.clause("1.1")
def test_number_lines_and_total() -> None:
    """A receipt has a number, lines and a total, and nothing else."""
    assert sorted(receipt(SAMPLE[0])) == ["lines", "number", "total"]


@pytest.mark.clause("1.2")
def test_a_line_for_each_item() -> None:
    """The first line of R-4101 is its first item."""
    assert receipt(SAMPLE[0])["lines"][0] == {"text": "Single, 1 zone", "pence": 185}


@pytest.mark.clause("1.2")
def test_count_times_pence() -> None:
    """R-4105 has three items and no discount."""
    assert pence_of(4) == [990, 75, 345]


@pytest.mark.clause("1.3")
def test_discount_of_the_whole_basket() -> None:
    """10% of 278 is 27.8, so R-4101 gets 28p off."""
    assert pence_of(0) == [185, 93, -28]


@pytest.mark.clause("1.3")
def test_half_a_penny_is_rounded_up() -> None:
    """15% of 510 is 76.5, so R-4102 gets 77p off."""
    assert pence_of(1) == [510, -77]


@pytest.mark.clause("1.3")
def test_rounded_once_not_line_by_line() -> None:
    """10% of 1900 is 190, although line by line 11.5 and 148.5 could both be rounded up."""
    assert pence_of(5) == [115, 1485, 300, -190]


@pytest.mark.clause("1.3")
def test_the_text_of_a_discount() -> None:
    """The last line of R-4102 names the percent."""
    assert receipt(SAMPLE[1])["lines"][-1] == {"text": "Discount 15%", "pence": -77}


@pytest.mark.clause("1.3")
def test_no_line_for_no_discount() -> None:
    """1% of 40 is 0.4, which is rounded to 0p: R-4104 has one line only."""
    assert pence_of(3) == [40]


@pytest.mark.clause("1.4")
def test_total_of_all_lines() -> None:
    """The total of R-4105 counts its last line too."""
    assert receipt(SAMPLE[4])["total"] == 1410


@pytest.mark.clause("1.4")
def test_total_with_a_discount() -> None:
    """The total of R-4101 is 185 and 93 less 28."""
    assert receipt(SAMPLE[0])["total"] == 250


@pytest.mark.clause("1.4")
def test_a_basket_without_items() -> None:
    """R-4103 has no lines and a total of 0."""
    assert receipt(SAMPLE[2]) == {"number": "R-4103", "lines": [], "total": 0}


@pytest.mark.clause("1.5")
def test_the_second_receipt_has_its_own_lines() -> None:
    """After R-4101, R-4105 has its own three lines only."""
    receipt(SAMPLE[0])
    assert len(receipt(SAMPLE[4])["lines"]) == 3


@pytest.mark.clause("2.1")
def test_no_trace_unless_asked_for(candidate) -> None:
    """A run without the environment variable leaves trace.log alone."""
    candidate.write("trace.log", "left over from another run\n")
    candidate.run(RUN)
    assert candidate.read_text("trace.log") == "left over from another run\n"


@pytest.mark.clause("2.1")
def test_zero_switches_nothing_on(candidate) -> None:
    """TAPLINE_TRACE=0 leaves trace.log alone too."""
    candidate.write("trace.log", "left over from another run\n")
    candidate.run(RUN, environ={"TAPLINE_TRACE": "0"})
    assert candidate.read_text("trace.log") == "left over from another run\n"


@pytest.mark.clause("2.2")
def test_the_trace_of_the_first_basket(candidate) -> None:
    """The trace begins with the four lines that the ticket shows."""
    assert trace_of(candidate)[:4] == [
        "DEBUG receipt=R-4101 item=1 count=1 pence=185 amount=185",
        "DEBUG receipt=R-4101 item=2 count=1 pence=93 amount=93",
        "DEBUG receipt=R-4101 subtotal=278 percent=10 discount=28",
        "DEBUG receipt=R-4101 lines=3 total=250",
    ]


@pytest.mark.clause("2.2")
def test_the_trace_of_a_basket_without_items(candidate) -> None:
    """R-4103 has no item, so it has two records."""
    assert [line for line in trace_of(candidate) if "R-4103" in line] == [
        "DEBUG receipt=R-4103 subtotal=0 percent=10 discount=0",
        "DEBUG receipt=R-4103 lines=0 total=0",
    ]


@pytest.mark.clause("2.3")
def test_another_program_gets_the_records(candidate) -> None:
    """A program that asks the logger for DEBUG gets the records without the word DEBUG."""
    candidate.write(
        "another.py",
        "import logging, sys\n"
        "from receipts import receipt\n"
        "from till import read_baskets\n"
        "logging.basicConfig(stream=sys.stdout, format='%(message)s', level=logging.DEBUG)\n"
        "receipt(read_baskets('sample.json')[3])\n",
    )
    assert candidate.run(["another.py"]).stdout.splitlines() == [
        "receipt=R-4104 item=1 count=1 pence=40 amount=40",
        "receipt=R-4104 subtotal=40 percent=1 discount=0",
        "receipt=R-4104 lines=1 total=40",
    ]


@pytest.mark.clause("2.4")
def test_a_run_prints_nothing(candidate) -> None:
    """A run over sample.json leaves the screen empty."""
    assert candidate.run(RUN).stdout == ""


@pytest.mark.clause("3.1")
def test_no_card_number_in_the_trace(candidate) -> None:
    """No card number of sample.json is in the trace."""
    trace = "\n".join(trace_of(candidate))
    assert not any(basket["card"] in trace for basket in SAMPLE)
