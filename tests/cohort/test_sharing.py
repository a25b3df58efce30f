"""A run is shared: people in turn, and nobody has more than a share of it."""

from __future__ import annotations

from pathlib import Path

from grader.cohort.intake import Found
from grader.cohort.sharing import Shares, in_turns
from tests.cohort.test_grading import lay, run, unit  # noqa: F401


def test_people_are_served_in_turn_and_each_ones_hand_ins_in_their_order():
    found = [Found(who, "x", Path(f"{number}.zip")) for who in "ab" for number in range(3)]
    found.append(Found("c", "x", Path("0.zip")))
    told = [f"{one.apprentice}{one.place.stem}" for one in in_turns(found)]
    assert told == ["a0", "b0", "c0", "a1", "b1", "a2", "b2"]


def test_what_is_beyond_a_share_is_named_and_the_next_run_goes_on(run, book, hand_in_zip):  # noqa: F811
    for number in range(5):
        data = hand_in_zip("heron-1", "small", text=f"x = {number}\n".encode())
        (run.root / "heron-1").mkdir(exist_ok=True)
        (run.root / "heron-1" / f"{number}.zip").write_bytes(data)
    lay(run, "heron-2", b"x = 1\n")
    for graded, left in ((3, 3), (2, 1), (1, 0)):
        steps, seen = run(shares=Shares(hand_ins=2))
        told = [one.left for one in steps if one.left]
        assert (len(seen), len(told)) == (graded, left)
        assert all("--most-hand-ins" in one for one in told)
    assert [one.number for one in book.attempts("heron-1", "small")] == [1, 2, 3, 4, 5]


def test_after_so_many_minutes_no_more_of_ones_work_is_begun():
    shares = Shares(minutes=2)
    shares.took("a", 119.9)
    assert shares.used_up("a", "x") == ""
    shares.took("a", 0.1)
    assert "2 minutes" in shares.used_up("a", "x")
    assert "--most-minutes" in shares.used_up("a", "y")
    assert shares.used_up("b", "x") == ""
