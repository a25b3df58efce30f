"""One test or more for each reader of the `work` fixture."""

import datetime

import msgspec
import pytest


class Shift(msgspec.Struct, frozen=True):
    who: str
    hours: int


class Plan(msgspec.Struct, frozen=True):
    start: datetime.date
    shift: tuple[Shift, ...]


@pytest.mark.ksb("S10")
@pytest.mark.behaviour("notes", points=2)
def test_notes_have_their_sections(work):
    """`notes.md` has the sections Steps and Figures, with numbered steps."""
    page = work.markdown("notes.md")
    steps = page.section("Steps")
    assert steps is not None
    assert [point.text for point in steps.points if point.numbered]
    assert page.words < 450


def test_figures_agree(work):
    """The limits in `notes.md`, `gauges.csv` and `limits.json` are the same."""
    tables = work.markdown("notes.md").every("tables")
    written = {row[0]: float(row[1]) for row in tables[0].rows}
    listed = {row["gauge"]: float(row["limit"]) for row in work.csv("gauges.csv").rows}
    assert written == listed == work.json("limits.json")


@pytest.mark.must("no-row-lost")
def test_rows_have_a_limit(work):
    """Each row of `gauges.csv` has a limit above 0."""
    for row in work.csv("gauges.csv", ["gauge", "limit"]).rows:
        if not row["limit"] or float(row["limit"]) <= 0:
            raise work.wrong("gauges.csv", row.line, "the limit must be above 0")


def test_plan(work):
    """The shifts of `plan.toml` fill a day."""
    plan = work.toml("plan.toml", Plan)
    assert plan.start == datetime.date(2026, 4, 1)
    assert sum(shift.hours for shift in plan.shift) == 24


def test_flow(work):
    """In `flow.mmd` a warning can be reached from the gauge, and the decision has two ways out."""
    flow = work.mermaid("flow.mmd")
    assert "warn" in flow.reached_from("gauge")
    assert {edge.label for edge in flow.edges if edge.source == "desk"} == {"yes", "no"}


def test_board(work):
    """`board.html` has a language, one main heading and column headers."""
    page = work.html("board.html")
    assert page.language == "en"
    assert [level for level, _, _ in page.headings] == [1]
    assert len(page.select("th[scope=col]")) == 2


def test_schema(work):
    """The table of `schema.sql` refuses a limit of 0."""
    assert work.query("schema.sql", "SELECT count(*) AS n FROM gauge") == [{"n": 2}]
    assert [one.kind for one in work.sql("schema.sql")] == ["create table", "insert"]
    good, bad = work.database(
        "schema.sql",
        [("INSERT INTO gauge VALUES (?, ?)", ("Mill", top)) for top in (1.0, 0.0)],
    )
    assert not good.error
    assert bad.refused


@pytest.mark.ksb("S26", facet="interactive")
def test_session(work, seed):
    """`session.pdb` stops in `judge` under a condition and looks at the caller."""
    replay = work.pdb("session.pdb", "warn.py", arguments=[str(1 + seed % 5)])
    assert replay.ended == "quit"
    assert [one.function for one in replay.hits] == ["judge"]
    assert all(condition for _, condition in replay.breakpoints)
    assert replay.used("up")
    assert ("hour, level", "(5, 10)") in [(asked, value) for asked, value, _ in replay.printed]


@pytest.mark.ksb("S14")
def test_desk_script(work):
    """`desk.sh` switches the link `current` and keeps the data to its owner."""
    for release in ("one", "two"):
        done = work.script("desk.sh", release)
        assert (done.returncode, done.stdout) == (0, f"now {release}\n"), done.stderr
    found = work.entries()
    assert found["current"].target == "releases/two"
    assert found["releases/one/data"].text == "level 1\n"
    assert found["releases/one/data"].mode in (None, 0o600)


@pytest.mark.ksb("S17")
def test_handover(work):
    """`handover.bundle` holds `main` with the colleague's commit in it."""
    handed_over = work.git("handover.bundle", known=["ros@becksafe.example"])
    assert handed_over.complete
    log = handed_over.log("main")
    assert log[-1].author == "Ros Fenwick <ros@becksafe.example>"
    assert log[0].author == "person-1"
    assert handed_over.contents("main")["levels.txt"] == b"1\n2\n"


def test_trace(work):
    """`trace.log` shows the level at every hour."""
    assert [line.split()[0] for line in work.lines("trace.log")] == ["DEBUG", "DEBUG"]
