"""`grade mark` and `grade forget` on a terminal, as a tutor uses them."""

from __future__ import annotations

import json
import subprocess
import sys
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from grader.cli.main import cli
from grader.cli.starters import write as starters
from grader.cohort.identity import Identity, Person, identity_text
from grader.errors import UsageError
from grader.gradebook import Gradebook
from grader.results import Status
from tests.cli.test_workspace import Terminal

GRADE = Path(sys.executable).with_name("grade")
LONG = "the comment beside the sum says why it is rounded and what would happen if it were not"


def grade(home, *words):
    return subprocess.run(
        [GRADE, *map(str, words)], cwd=home, capture_output=True, text=True, check=False
    )


@pytest.fixture
def room(tmp_path, exercise, graded, book):
    """A tutor's folder: three hand-ins wait, one of them of somebody with an adjustment."""
    graded("heron-1", "one = 1\n")
    graded("heron-2", "".join(f"two_{number} = {number}\n" for number in range(60)))
    graded("heron-3", "bad = '\x1b[2J'\n")
    book.close()
    people = [
        Person("heron-1", name="Jane Smith", email="jane@uni.ac.uk"),
        Person("heron-2", format="large print", extra_time=1.25),
        Person("heron-3"),
    ]
    (tmp_path / "identity.csv").write_text(identity_text(Identity(people)))
    (tmp_path / "identity.csv").chmod(0o600)
    starters(tmp_path / "exercises", check_only=False)
    return tmp_path


@pytest.fixture
def terminal(room):
    opened = []

    def open_one(*arguments):
        opened.append(Terminal(room, *arguments))
        return opened[-1]

    yield open_one
    for one in opened:
        one.close()


def judgements(room, who):
    with Gradebook(room / "gradebook.db", write=False) as book:
        (stored,) = book.results(apprentice=who)
        found = book.judgements(who, "small", stored.work)
        return {one.criterion: (one.level, one.by, one.reason) for one in found}, stored


def test_marking_goes_criterion_by_criterion_and_can_be_left_at_any_time(room, terminal):
    mark = terminal("mark")
    mark.shows("Who marks?")
    mark.press("Jane Smith\n")
    mark.shows("One word of letters")
    mark.press("tutor-1\n")
    mark.shows("6 criteria wait, of 3 apprentices")
    mark.shows("1 of 6 · small · heron-1")
    mark.shows("The code says why.")
    mark.shows("fares.py: 1 line")
    mark.shows("2  shown (meets): One reason.")
    mark.press("7\n")
    mark.shows("Please answer with one of 1, 2, 3")
    mark.press("2\n")
    mark.shows("Why “shown”?")
    mark.press("it is there\n")
    mark.shows("3 words so far. Go on: 12 more words")
    mark.press(f"because {LONG}, as Jane Smith said\n")
    mark.shows("“Jane Smith” may tell who somebody is")
    mark.press("n\n")
    mark.press(f"{LONG}\n")
    mark.shows("Kept.")
    mark.shows("2 of 6 · small · heron-2")
    mark.shows("adjusted: large print; extra time × 1.25")
    mark.press("w\n")
    mark.shows("more lines of fares.py: Return")
    mark.press("\n")
    mark.shows("two_59")
    mark.press("b\n")
    mark.shows("judged before: shown, by tutor-1")
    mark.press("s\n")
    mark.shows("2 of 6")
    mark.press("s\n")
    mark.shows("3 of 6 · small · heron-3")
    mark.shows(r"\x1b[2J")
    mark.press("\x03")
    mark.shows("1 judgement kept.")
    mark.shows("heron-1 small: awaiting tutor")
    assert mark.ended()[0] == 0
    kept, stored = judgements(room, "heron-1")
    assert kept == {"choices": ("shown", "tutor-1", LONG)}
    assert stored.result.checks[1].points == 1


def test_a_reason_is_chosen_again_by_its_number_and_the_last_judgement_taken_back(room, terminal):
    mark = terminal("mark", "--by", "tutor-1")
    mark.shows("1 of 6 · small · heron-1")
    mark.press("2\n")
    mark.shows("> ")
    mark.press(f"{LONG}, as ann@uni.ac.uk said\n")
    mark.shows("“ann@uni.ac.uk” may tell who somebody is")
    mark.press("y\n")
    mark.shows("2 of 6 · small · heron-2")
    mark.press("2\n")
    mark.shows("1  the comment beside")
    mark.press("1\n")
    mark.shows("“ann@uni.ac.uk” may tell who somebody is")  # it is asked of a remark, too
    mark.press("n\n")
    mark.press(f"{LONG}\n")
    mark.shows("3 of 6 · small · heron-3")
    mark.press("2\n")
    mark.shows("1  the comment beside")
    mark.press("1\n")
    mark.shows("Kept.")
    mark.press("u\n")
    mark.shows("Taken back: heron-3 small choices, “shown”")
    mark.shows("3 of 6 · small · heron-3")
    mark.press("u\n")
    mark.shows("Taken back: heron-2 small choices, “shown”")
    mark.shows("2 of 6 · small · heron-2")
    mark.press("2\n")
    mark.shows("> ")
    mark.press("1\n")
    mark.press("n\n")
    mark.press("\n")
    mark.press("q\n")
    mark.shows("3 judgements kept, 2 taken back.")
    assert mark.ended()[0] == 0
    assert judgements(room, "heron-2")[0] == judgements(room, "heron-3")[0] == {}


@pytest.mark.slow
def test_undo_lets_the_judgement_before_decide_and_overwrites_nothing(room, terminal):
    for level in ("3", "2"):
        mark = terminal("mark", "--apprentice", "heron-1", "--by", "tutor-1", "--again")
        mark.press(f"{level}\n")
        mark.shows("> ")
        mark.press(f"{LONG}\n")
        mark.shows("Kept.")
        mark.press("q\n")
        assert mark.ended()[0] == 0
    assert judgements(room, "heron-1")[1].result.checks[1].points == 1
    for by, said, left in (
        ("tutor-2", "There is no judgement by tutor-2", "shown"),
        ("tutor-1", "Taken back: heron-1 small choices, “shown”", "weighed"),
        ("tutor-1", "Taken back: heron-1 small choices, “weighed”", None),
        ("tutor-1", "There is no judgement by tutor-1", None),
    ):
        undo = terminal("mark", "--undo", "--by", by)
        undo.shows(said)
        assert undo.ended()[0] == 0
        kept, stored = judgements(room, "heron-1")
        assert kept.get("choices", (None,))[0] == left
    assert stored.result.status is Status.PENDING
    with Gradebook(room / "gradebook.db", write=False) as book:
        rows = [row["level"] for row in book._db.table("judgement").rows_where(order_by="id")]
    assert rows == ["weighed", "shown", "", ""]
    again = terminal("mark", "--apprentice", "heron-1", "--by", "tutor-1")
    again.shows("2 criteria wait")
    again.press("q\n")


def test_one_apprentice_at_a_time_until_nothing_waits(room, terminal):
    mark = terminal("mark", "--apprentice", "heron-1", "--by", "tutor-2")
    mark.shows("2 criteria wait, of 1 apprentice")
    for level in ("2", "2"):
        mark.shows("quit): ")
        mark.press(f"{level}\n")
        mark.shows("> ")
        mark.press(f"{LONG}\n")
        mark.shows("Kept.")
    mark.shows("heron-1 small: awaiting tutor → met")
    assert mark.ended()[0] == 0
    kept, stored = judgements(room, "heron-1")
    assert (set(kept), stored.result.status) == ({"choices", "names"}, Status.MET)
    again = terminal("mark", "--apprentice", "heron-1", "--by", "tutor-2")
    again.shows("Nothing waits for you.")
    assert again.ended()[0] == 0


def test_a_talk_is_recorded_with_what_was_said(room, terminal):
    talk = terminal(
        "mark", "--talk", "heron-1", "small", "--by", "tutor-1", "--held-on", "2026-03-09"
    )
    talk.shows("heron-1 explains A small one (small), 2026-03-09")
    talk.shows("> ")
    talk.press(f"{LONG}\n")
    talk.shows("[y/N]")
    talk.press("y\n")
    talk.shows("Not confirmed: S1")
    assert talk.ended()[0] == 0
    with Gradebook(room / "gradebook.db", write=False) as book:
        (kept,) = book.talks("heron-1")
    assert (kept.exercise, kept.on, kept.tutor) == ("small", date(2026, 3, 9), "tutor-1")


def test_a_talk_that_was_no_explanation_is_not_kept(room, terminal):
    talk = terminal("mark", "--talk", "heron-1", "small", "--by", "tutor-1")
    talk.shows("> ")
    talk.press("\n")
    talk.shows("Nothing was kept")
    assert talk.ended()[0] == 0


def test_a_gradebook_that_is_written_elsewhere_is_waited_for(room, terminal):
    mark = terminal("mark", "--by", "tutor-1")
    mark.shows("quit): ")
    with Gradebook(room / "gradebook.db"):
        mark.press("1\n")
        mark.shows("> ")
        mark.press(f"{LONG}\n")
        mark.shows("press Return to try again")
    mark.press("\n")
    mark.shows("Kept.")
    mark.press("q\n")
    mark.shows("1 judgement kept.")
    assert mark.ended()[0] == 0


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["mark"], "has to be run in a terminal"),
        (["mark", "--by", "Jane Smith"], "a role or a pseudonym"),
        (["mark", "--apprentice", "heron-9"], "is nobody in this gradebook; did you mean"),
        (["mark", "--talk", "heron-1", "smal"], "There is no exercise `smal` here; did you mean"),
        (["forget"], "Name the apprentices to forget"),
        (["forget", "heron-1", "--older-than", "3"], "Name the apprentices to forget"),
        (["forget", "heron-9"], "is nobody in this gradebook or its identity file; did you mean"),
        (["forget", "Jane Smith"], "use the pseudonym"),
        (["forget", "heron-1"], "nothing was erased"),
        (["forget", "heron-1", "--reports", "none"], "There is no folder `none`"),
        (["forget", "heron-1", "--yes", "--why", "heron-1 left"], "may tell who it is about"),
        (["forget", "heron-1", "--yes", "--why", "Jane Smith left"], "may tell who it is about"),
        (["comment", "heron-9", "Hi"], "is nobody in this gradebook or its identity file; did"),
        (["comment", "Jane Smith", "Hi"], "use the pseudonym"),
        (["comment", "heron-1", "Hi"], "Say who you are"),
        (["comment", "heron-1", "Hi", "--by", "Jane Smith"], "in one word"),
        (["comment", "heron-1", " ", "--by", "tutor-1"], "Write the comment in quotes"),
        (["comment", "heron-1", "x" * 601, "--by", "tutor-1"], "this one has 601"),
        (["comment", "heron-1", "Hi Jane Smith", "--by", "tutor-1"], "may tell who somebody is"),
        (["comment", "heron-1", "--take-back", "1"], "There is no comment 1: heron-1 has 0"),
        (["comment", "heron-1", "Hi", "--take-back", "1"], "takes no text"),
    ],
)
def test_wrong_use(room, words, said, monkeypatch):
    monkeypatch.chdir(room)
    with pytest.raises(UsageError) as caught:
        cli.main(words, standalone_mode=False)
    assert said in str(caught.value)


def test_forgetting_is_shown_first_and_leaves_no_trace(room, terminal):
    pages = room / "pages"
    pages.mkdir()
    (pages / "index.html").write_text("<p>heron-1 and heron-2</p>")
    (pages / "heron-2.html").write_text("<p>heron-2</p>")
    forget = terminal("forget", "heron-1", "--reports", "pages", "--why", "left the course")
    forget.shows("heron-1: 1 result, 1 hand-in, 1 piece of work that nobody else has and a line")
    forget.shows("report pages/index.html")
    forget.shows("Erase all of it? [y/N]")
    forget.press("n\n")
    forget.shows("Nothing was changed.")
    assert forget.ended()[0] == 1
    assert (pages / "index.html").exists()
    (pages / "vle.csv").write_text("Email address,x\njane@uni.ac.uk,3\n")
    (room / "identity.csv").rename(pages / "identity.csv")  # is no report wherever it lies
    words = ("--identity", "pages/identity.csv", "--reports", "pages", "--why", "left", "--yes")
    done = grade(room, "forget", "heron-1", *words)
    assert done.returncode == 0, done.stderr
    assert "from your folder of submissions" in done.stdout
    kept = sorted(path.name for path in pages.iterdir())
    assert kept == ["heron-2.html", "identity.csv"]
    left = [path for folder in (room, pages) for path in folder.iterdir() if path.is_file()]
    assert not [path for path in left if b"heron-1" in path.read_bytes()]
    assert not [path for path in left if b"Jane" in path.read_bytes()]
    with Gradebook(room / "gradebook.db", write=False) as book:
        assert book.apprentices() == ("heron-2", "heron-3")
        ((detail,),) = book._db.execute("select detail from audit").fetchall()
    assert "1 apprentice, 1 result, 1 hand-in" in detail
    assert "Reason: left. Kept: this line" in detail
    assert f"until {datetime.now(UTC).year + 6}" in detail


def test_nobody_is_due_yet(room):
    done = grade(room, "forget", "--older-than", "24", "--yes")
    assert (done.returncode, "Nobody's record is that old" in done.stdout) == (0, True)


def test_a_comment_reaches_the_apprentices_page(room):
    for number in range(1, 5):
        said = grade(
            room, "comment", "heron-1", f"<b>Look</b> at line {number}.", "--by", "tutor-1"
        )
        assert said.returncode == 0, said.stderr
    grade(room, "comment", "heron-2", "To somebody else.", "--by", "tutor-2")
    told = grade(room, "comment", "heron-1")
    assert "4  <b>Look</b> at line 4. (tutor-1, 20" in told.stdout
    made = grade(room, "report", "--json", "out.json", "--html", "pages")
    assert made.returncode == 0, made.stderr
    page = (room / "pages" / "apprentice" / "apprentice-heron-1.html").read_text()
    assert page.index("at line 4.") < page.index("1 earlier comment") < page.index("at line 1.")
    assert "&lt;b&gt;Look&lt;/b&gt;" in page
    assert "tutor-1, 20" in page
    assert "somebody else" not in page
    first = json.loads((room / "out.json").read_text())["apprentices"][0]
    assert [one["text"][-7:] for one in first["comments"]] == [f"line {n}." for n in (1, 2, 3, 4)]
    assert (
        "Taken back: <b>Look</b> at line 2."
        in grade(room, "comment", "heron-1", "--take-back", "2").stdout
    )
    assert "line 2" not in grade(room, "comment", "heron-1").stdout
    assert "Nobody has said anything to heron-3" in grade(room, "comment", "heron-3").stdout


def test_points_for_the_vle_need_the_identity_file(room):
    made = grade(room, "report", "--vle", "vle.csv", "--hours", "hours.csv")
    assert made.returncode == 0, made.stderr
    assert "Not in it: heron-2 has no e-mail address" in made.stdout
    assert ",Jane Smith,jane@uni.ac.uk," in (room / "vle.csv").read_text()
    assert oct((room / "vle.csv").stat().st_mode)[-3:] == "600"
    assert "heron-1,0,0.00" in (room / "hours.csv").read_text("utf-8-sig")
    (room / "identity.csv").unlink()
    wrong = grade(room, "report", "--vle", "vle.csv")
    assert (wrong.returncode, "needs the identity file" in wrong.stderr) == (2, True)
