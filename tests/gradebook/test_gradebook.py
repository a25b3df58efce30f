"""A gradebook keeps everything, replaces nothing, and takes one writer."""

from __future__ import annotations

import contextlib
import sqlite3
import subprocess
import sys
import textwrap
import tomllib
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import msgspec
import pytest

from grader import gradebook
from grader.errors import UsageError
from grader.evidence import Talk
from grader.gradebook import Gradebook, Key, StoredJudgement
from grader.results import Status

pytestmark = pytest.mark.interpreter

NEVER = datetime(2000, 1, 1, tzinfo=UTC)
LATER = NEVER + timedelta(days=1)
HERE = Path(gradebook.__file__).parent


def _rows(path, query):
    with contextlib.closing(sqlite3.connect(path)) as db, db:
        return db.execute(query).fetchall()


def test_the_same_hand_in_is_one_attempt(book, hand_in):
    first = book.attempt(hand_in()).id
    assert book.attempt(hand_in()).id == first
    assert book.attempt(hand_in(hours=1)).id != first
    assert book.attempt(hand_in(text=b"x = 2\n")).id != first
    assert book.attempt(hand_in("heron-2")).id != first
    assert book.apprentices() == ("heron-1", "heron-2")


def test_grading_again_supersedes_and_keeps(book, hand_in, key, result, tmp_path):
    attempt = book.attempt(hand_in()).id
    book.save(attempt, key, result(Status.NOT_YET, points=0))
    book.save(attempt, key, result())
    kept = _rows(tmp_path / "gradebook.db", "select status, state from result order by id")
    assert kept == [("not-yet", "superseded"), ("met", "current")]
    assert [one.result.status for one in book.results()] == [Status.MET]


def test_what_was_graded_is_known_by_all_that_decides_it(book, hand_in, key, result):
    attempt = book.attempt(hand_in()).id
    assert not book.has(attempt, key)
    book.save(attempt, key, result())
    assert book.has(attempt, key)
    for other in (
        Key("sha256:cc", key.grader, key.isolation),
        Key(key.exercise_digest, "0.2.0", key.isolation),
        Key(key.exercise_digest, key.grader, "basic"),
    ):
        assert not book.has(attempt, other)


def test_a_proposal_changes_nothing_until_it_is_accepted(book, hand_in, key, result):
    attempt = book.attempt(hand_in()).id
    book.save(attempt, key, result())
    mended = Key("sha256:cc", key.grader, key.isolation)
    book.save(attempt, mended, result(Status.NOT_YET, points=0), proposed=True)
    assert [one.result.status for one in book.results()] == [Status.MET]
    assert [one.result.status for one in book.results(state="proposed")] == [Status.NOT_YET]
    assert book.has(attempt, mended)
    assert book.accept() == 1
    assert [one.result.status for one in book.results()] == [Status.NOT_YET]
    assert book.accept() == 0


def test_a_result_comes_back_as_it_went_in(book, hand_in, key, result):
    handed_in = hand_in()
    attempt = book.attempt(handed_in).id
    book.save(attempt, key, result())
    stored = book.current(attempt)
    assert stored.result == result()
    assert stored.key == key
    assert stored.handed_in_at == handed_in.handed_in_at
    assert book.files(stored.work) == dict(handed_in.files)
    assert book.files("sha256:none") == {}


def test_evidence_is_that_of_the_results_that_stand(book, hand_in, key, result):
    attempt = book.attempt(hand_in()).id
    book.save(attempt, key, result(Status.NOT_YET, points=0))
    book.save(attempt, key, result())
    book.save(book.attempt(hand_in("heron-2")).id, key, result(Status.NOT_YET, points=0))
    mine = list(book.evidence("heron-1"))
    assert [(one.ksb, one.points, one.learner) for one in mine] == [("S1", 3, "heron-1")]
    assert len(list(book.evidence())) == 2


def test_the_latest_judgement_on_a_work_counts(book, hand_in):
    handed_in = hand_in()
    book.attempt(handed_in)
    for hour, level in ((9, "not shown"), (10, "shown")):
        book.judge(
            StoredJudgement(
                apprentice="heron-1",
                exercise="price-a-journey",
                work=handed_in.work,
                criterion="explains",
                level=level,
                by="tutor-a",
                at=datetime(2026, 3, 3, hour, tzinfo=UTC),
                reason="Two of three questions were answered in full.",
            )
        )
    found = book.judgements("heron-1", "price-a-journey", handed_in.work)
    assert [one.level for one in found] == ["shown"]
    assert book.judgements("heron-1", "price-a-journey", "sha256:other") == ()


def test_talks_are_kept_in_order(book, hand_in):
    book.attempt(hand_in())
    for day in (9, 2):
        talk = Talk(exercise="price-a-journey", on=date(2026, 3, day), tutor="tutor-a")
        book.talked("heron-1", talk)
    assert [talk.on.day for talk in book.talks("heron-1")] == [2, 9]


def test_views_tell_latest_best_and_what_waits(book, hand_in, key, result, tmp_path):
    book.save(book.attempt(hand_in()).id, key, result())
    book.save(book.attempt(hand_in(hours=5)).id, key, result(Status.NOT_YET, points=1))
    book.save(book.attempt(hand_in("heron-2")).id, key, result(Status.PENDING, pending=True))
    path = tmp_path / "gradebook.db"
    columns = "apprentice, attempts, latest_status, latest_points, best_points, slipped"
    assert _rows(path, f"select {columns} from standing order by apprentice") == [
        ("heron-1", 2, "not-yet", 1, 3, 1),
        ("heron-2", 1, "pending", 3, 3, 0),
    ]
    assert _rows(path, "select apprentice, criterion from awaiting_tutor") == [("heron-2", "t")]
    assert _rows(path, 'select count(*) from check_outcome where "check" = "hidden-suite"') == [
        (2,)
    ]


NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)


def test_levels_go_by_arrival_and_not_by_a_clock_that_was_ahead(book, hand_in, key, result):
    for hours, status in ((24 * 365 * 13, Status.MET), (0, Status.NOT_YET), (1, Status.MET)):
        text = f"x = {hours}\n".encode()
        book.save(book.attempt(hand_in(hours=hours, text=text)).id, key, result(status))
    times = list(dict.fromkeys(one.at for one in book.evidence("heron-1")))
    assert times == sorted(times)
    assert times[1:] == [NOON, NOON + timedelta(hours=1)]
    assert times[0] == NOON - timedelta(microseconds=1)


BEFORE_ARRIVAL = ("0001_record", "0002_views", "0003_comments")


def test_an_older_gradebook_keeps_all_that_it_holds(tmp_path, key, result):
    """Written by the steps of then, row by row; the times of then are claims now."""
    path = tmp_path / "gradebook.db"
    db = sqlite3.connect(path)
    db.execute("create table _sqlite_migrations (migration_set, name, applied_at)")
    for name in BEFORE_ARRIVAL:
        db.executescript((HERE / f"{name}.sql").read_text("utf-8"))
        db.execute("insert into _sqlite_migrations values ('gradebook', ?, '')", [name])
    db.execute("insert into apprentice values ('heron-1', '2026-03-01T00:00:00+00:00')")
    for number, when in ((1, "2026-03-09"), (2, "2020-01-01")):
        db.execute("insert into work values (?, x'80', 0)", [f"sha256:{number}"])
        db.execute(
            """insert into attempt values (?, 'heron-1', 'price-a-journey', 'assessed',
            ? || 'T00:00:00.000000+00:00', 'sha256:' || ?, 7, 'hint')""",
            [number, when, number],
        )
        db.execute(
            """insert into result values (?, ?, 'current', '2026-03-1' || ? || 'T00:00:00+00:00',
            'sha256:aa', '0.1.0', 'full', 'met', 1, 1, 0.5, '[]', ?)""",
            [number, number, number, msgspec.json.encode(result()).decode()],
        )
    db.commit()
    db.close()
    with pytest.raises(UsageError, match="brings it up to date"):
        Gradebook(path, write=False)
    with Gradebook(path) as book:
        kept = list(book.results())
        assert [one.attempt for one in kept] == [1, 2]  # by arrival, whatever the second claims
        assert [one.seed_attempt for one in kept] == [7, 7]
        assert [one.handed_in_at for one in kept] == [one.claimed_at for one in kept]
        assert [one.seen_at.day for one in kept] == [11, 12]
        assert _rows(path, "select latest_handed_in_at from standing")[0][0].startswith("2020")
        assert book.holds("heron-1")["result"] == 2
    assert _rows(path, "pragma foreign_key_check") == []


def test_a_second_writer_is_refused_and_a_reader_is_not(book, hand_in, key, result, tmp_path):
    book.save(book.attempt(hand_in()).id, key, result())
    with pytest.raises(UsageError, match="being written by another"):
        Gradebook(tmp_path / "gradebook.db")
    with Gradebook(tmp_path / "gradebook.db", write=False) as reader:
        assert [one.apprentice for one in reader.results()] == ["heron-1"]


def test_what_is_no_gradebook_is_refused_in_words(tmp_path):
    path = tmp_path / "notes.db"
    path.write_text("not a database, but long enough to be taken for one" * 40)
    with pytest.raises(UsageError, match="not a gradebook that can be read"):
        Gradebook(path)
    with pytest.raises(UsageError, match="There is no gradebook"):
        Gradebook(tmp_path / "none.db", write=False)
    with pytest.raises(UsageError, match="can't be written"):
        Gradebook(tmp_path / "no" / "folder.db")


def test_one_of_a_newer_grader_is_left_alone(tmp_path):
    path = tmp_path / "gradebook.db"
    Gradebook(path).close()
    with contextlib.closing(sqlite3.connect(path)) as db, db:
        db.execute(
            "insert into _sqlite_migrations (migration_set, name, applied_at) "
            "values ('gradebook', '9999_later', '')"
        )
    with pytest.raises(UsageError, match="newer grader"):
        Gradebook(path)


def test_what_was_saved_outlives_a_killed_writer(tmp_path):
    """The child saves without end; it is killed; all that it said it had saved is there."""
    path = tmp_path / "gradebook.db"
    script = textwrap.dedent(
        """
        import sys
        from pathlib import Path
        from datetime import UTC, datetime
        from grader.gradebook import Gradebook, HandIn
        book = Gradebook(Path(sys.argv[1]))
        now = datetime(2026, 3, 2, tzinfo=UTC)
        for number in range(100_000):
            book.attempt(HandIn(f"a{number}", "e", now, "sha256:w", {"f.py": b"x"}))
            print(number, flush=True)
        """
    )
    child = subprocess.Popen(
        [sys.executable, "-c", script, str(path)], stdout=subprocess.PIPE, text=True
    )
    assert child.stdout is not None
    said = [int(child.stdout.readline()) for _ in range(20)]
    child.kill()
    child.wait()
    child.stdout.close()
    with Gradebook(path) as book:
        assert {f"a{number}" for number in said} <= set(book.apprentices())


def _tables(path):
    query = "select name from sqlite_master where type = 'table' and name not like '%sqlite_%'"
    return {
        name: [row[1] for row in _rows(path, f"pragma table_info({name})")]
        for (name,) in _rows(path, query)
    }


def test_every_column_has_a_rule(tmp_path):
    """A new column that may hold something about a person needs a line in columns.toml."""
    rules = tomllib.loads((HERE / "columns.toml").read_text("utf-8"))
    forget, keep = rules.pop("forget"), rules.pop("keep")
    path = tmp_path / "gradebook.db"
    Gradebook(path).close()
    found = _tables(path)
    assert {name: list(columns) for name, columns in rules.items()} == found
    kinds = {kind for columns in rules.values() for kind in columns.values()}
    assert kinds == {"fact", "pseudonym", "personal", "free"}
    assert sorted([*forget, *keep]) == sorted(found)  # each table is emptied or kept, and not both
    assert all(set(rules[name].values()) == {"fact"} for name in keep)
    for table, where in forget.items():
        _rows(path, f"select 1 from {table} where {where.replace(':who', repr('x'))}")


def _full(book, hand_in, key, result, who, text):
    attempt = book.attempt(hand_in(who, text=text)).id
    book.save(attempt, key, result(Status.NOT_YET, points=0))
    book.save(attempt, key, result())
    now = datetime.now(UTC)
    book.judge(
        StoredJudgement(
            who, "price-a-journey", f"sha256:{text.hex()}", "choices", "shown", "tutor-1", now,
            f"a reason that names {who}",
        )
    )  # fmt: skip
    book.talked(
        who, Talk(exercise="price-a-journey", on=date(2026, 3, 9), tutor="tutor-1", note=who)
    )
    book.comment(who, "tutor-1", NEVER, f"To {who}.")


def test_who_is_forgotten_is_nowhere_in_the_file(book, hand_in, key, result, tmp_path):
    """Every table is filled for two people; one is erased, the other keeps everything."""
    path = tmp_path / "gradebook.db"
    shared = b"shared work\n"
    for who, text in (("heron-1", shared), ("heron-1", b"secret heron\n"), ("heron-2", shared)):
        _full(book, hand_in, key, result, who, text)
    filled = {table: _rows(path, f"select count(*) from {table}")[0][0] for table in _tables(path)}
    assert all(number for table, number in filled.items() if table != "audit"), filled
    mine = {name: _rows(path, f"select * from {name}") for name in ("attempt", "talk")}
    assert book.holds("heron-1") == {
        "judgement": 2, "talk": 2, "comment": 2, "result": 4, "attempt": 2, "apprentice": 1,
        "work": 1,
    }  # fmt: skip
    assert book.forget(["heron-1"], "one was forgotten", NEVER)
    for file in tmp_path.iterdir():
        assert b"heron-1" not in file.read_bytes(), file
    assert book.apprentices() == ("heron-2",)
    assert book.files(f"sha256:{shared.hex()}")
    assert not book.files(f"sha256:{b'secret heron'.hex()}0a")
    for name, rows in mine.items():
        kept = [row for row in rows if "heron-2" in row]
        assert _rows(path, f"select * from {name}") == kept
    assert _rows(path, "select action, detail from audit") == [("forget", "one was forgotten")]
    assert set(book.holds("heron-1").values()) == {0}


def test_old_lines_of_the_audit_go(book, tmp_path):
    book.forget([], "first", NEVER)
    book.forget([], "second", datetime.now(UTC))
    assert _rows(tmp_path / "gradebook.db", "select detail from audit") == [("second",)]


@pytest.mark.slow
def test_a_reader_keeps_what_was_erased_on_the_disk(book, hand_in, tmp_path):
    """Then it is said so, and it is gone once nobody reads any more."""
    path = tmp_path / "gradebook.db"
    book.attempt(hand_in())
    reader = sqlite3.connect(path)
    reader.execute("begin")
    reader.execute("select * from attempt").fetchall()
    try:
        assert book.forget(["heron-1"], "gone", NEVER) is False
    finally:
        reader.close()
    book.close()
    assert all(b"heron-1" not in file.read_bytes() for file in tmp_path.iterdir())


def test_the_gradebook_is_its_owners_alone(book, tmp_path):
    assert (tmp_path / "gradebook.db").stat().st_mode & 0o777 == 0o600


def test_hand_ins_and_when_somebody_was_last_seen(book, hand_in, key, result):
    book.attempt(hand_in(hours=2))
    book.attempt(hand_in(hours=1, text=b"x = 0\n"))
    found = book.attempts("heron-1", "price-a-journey")
    assert [(one.number, one.work) for one in found] == [
        (1, f"sha256:{b'x = 1'.hex()}0a"),
        (2, f"sha256:{b'x = 0'.hex()}0a"),
    ]
    book.attempt(hand_in(hours=24 * 365 * 50))  # by a clock that was ahead
    # Handed in long ago, it claims; added just now, we know.
    assert datetime.now(UTC) - book.last_seen()["heron-1"] < timedelta(minutes=10)


def test_a_result_older_than_a_judgement_is_outdated(book, hand_in, key, result):
    attempt = book.attempt(hand_in()).id
    book.save(attempt, key, result(Status.PENDING, points=0, pending=True))
    assert list(book.outdated()) == []
    work = hand_in().work
    now = datetime.now(UTC)
    book.judge(StoredJudgement("heron-1", "price-a-journey", work, "c", "l", "t", now, "why"))
    assert [one.attempt for one in book.outdated()] == [attempt]
    book.save(attempt, key, result())
    assert list(book.outdated()) == []


def test_comments_are_kept_in_order_and_taken_back(book):
    book.comment("heron-1", "tutor-2", LATER, "Mind the rounding.")
    book.comment("heron-1", "tutor-1", NEVER, "Good names.")
    book.comment("heron-2", "tutor-1", NEVER, "Welcome.")
    assert [(one.by, one.text) for one in book.comments("heron-1")] == [
        ("tutor-1", "Good names."),
        ("tutor-2", "Mind the rounding."),
    ]
    book.take_back("heron-1", 1)
    assert [one.text for one in book.comments("heron-1")] == ["Mind the rounding."]
    assert len(book.comments("heron-2")) == 1
