"""The gradebook: opened, written by one process, read by anyone."""

from __future__ import annotations

import io
import sqlite3
import zlib
from collections.abc import Collection, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, date, datetime
from itertools import groupby
from pathlib import Path
from types import TracebackType

import msgspec

from grader.errors import UsageError
from grader.evidence import Help, Mode, Record, Talk, records_of
from grader.gradebook import forgetting
from grader.gradebook.entries import TAKEN_BACK, Attempt, HandIn, Key, Stored, StoredJudgement
from grader.gradebook.opening import locked, opened
from grader.gradebook.rows import as_text, attempt_values, in_order_of_time, moment, stored
from grader.results import Comment, ExerciseResult, Status, encoded

_RECORDS = msgspec.json.Decoder(list[Record])
_RESULTS = """
    select a.id as attempt, (select count(*) from attempt as b where b.apprentice = a.apprentice
            and b.exercise = a.exercise and b.id <= a.id) as number,
        a.apprentice, a.exercise, a.seen_at, a.handed_in_at, a.claimed_at, a.mode, a.help,
        a.seed_attempt, a.work, r.state, r.graded_at, r.exercise_digest, r.grader, r.isolation,
        r.status, r.report
    from attempt as a join result as r on r.attempt = a.id
"""


class Gradebook:
    """A gradebook file; a context manager. Raises UsageError when it can't be had.

    Writers hold a lock beside the file, so that a second one is refused and not half-believed.
    """

    def __init__(self, path: Path, *, write: bool = True) -> None:
        self._lock: io.TextIOWrapper | None = locked(path) if write else None
        try:
            self._path = path
            self._db = opened(path, write=write)
        except BaseException:
            self._unlock()
            raise

    def __enter__(self) -> Gradebook:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """Close the file; what was saved is on the disk already."""
        self._db.close()
        self._unlock()

    def _unlock(self) -> None:
        if self._lock is not None:
            self._lock.close()
            self._lock = None

    @contextmanager
    def _writing(self) -> Iterator[None]:
        """One transaction: all of it or, when the disk takes no more, nothing and a UsageError."""
        try:
            with self._db.atomic():
                yield
        except sqlite3.OperationalError as error:
            raise UsageError(f"`{self._path.name}` can't be written: {error}.") from error

    # -- attempts and results

    def attempt(self, handed_in: HandIn) -> Attempt:
        """The attempt that a hand-in is; it is added, as the latest, when it is new.

        Its number chooses individual data and questions.
        """
        values = attempt_values(handed_in)
        same = ("mode", "handed_in_at", "claimed_at", "work")
        earlier = self.attempts(handed_in.apprentice, handed_in.exercise)
        for one in earlier:
            if all(attempt_values(one)[name] == values[name] for name in same):
                return one
        with self._writing():
            self._add(handed_in.apprentice)
            packed = zlib.compress(msgspec.msgpack.encode(dict(handed_in.files)))
            size = sum(map(len, handed_in.files.values()))
            self._db.table("work").insert(
                {"digest": handed_in.work, "files": packed, "size": size, "as_handed_in": 1},
                ignore=True,
            )
            named = {"apprentice": handed_in.apprentice, "exercise": handed_in.exercise}
            told = {"seed_attempt": len(earlier) + 1, "help": handed_in.help.value}
            self._db.table("attempt").insert({**named, **values, **told})
        return self.attempts(handed_in.apprentice, handed_in.exercise)[-1]

    def _add(self, apprentice: str) -> None:
        """Add somebody, unless they are there already."""
        values = {"id": apprentice, "added_at": as_text(datetime.now(UTC))}
        self._db.table("apprentice").insert(values, ignore=True)

    def attempts(self, apprentice: str, exercise: str) -> tuple[Attempt, ...]:
        """All hand-ins of an exercise by one apprentice, in the order in which they arrived."""
        rows = self._db.query(
            """select a.*, w.as_handed_in from attempt as a join work as w on w.digest = a.work
            where a.apprentice = ? and a.exercise = ? order by a.id""",
            [apprentice, exercise],
        )
        return tuple(
            Attempt(
                row["id"],
                number,
                row["seed_attempt"],
                datetime.fromisoformat(row["seen_at"]),
                datetime.fromisoformat(row["handed_in_at"]),
                moment(row["claimed_at"]),
                row["work"],
                Mode(row["mode"]),
                bool(row["as_handed_in"]),
            )
            for number, row in enumerate(rows, start=1)
        )

    def save(
        self, attempt: int, key: Key, result: ExerciseResult, *, proposed: bool = False
    ) -> None:
        """Keep a result, in one transaction; it supersedes the attempt's earlier ones.

        A `proposed` one stands beside the current one until `accept` is called.
        """
        required = [check for check in result.checks if check.required]
        records = [] if result.status is Status.NOT_STARTED else self._records(attempt, result)
        with self._writing():
            states = ("proposed",) if proposed else ("proposed", "current")
            marks = ", ".join("?" * len(states))
            self._db.execute(
                f"update result set state = 'superseded' where attempt = ? and state in ({marks})",
                [attempt, *states],
            )
            self._db.table("result").insert(
                {
                    "attempt": attempt,
                    "state": "proposed" if proposed else "current",
                    "graded_at": as_text(datetime.now(UTC)),
                    "exercise_digest": key.exercise_digest,
                    "grader": key.grader,
                    "isolation": key.isolation,
                    "status": result.status.value,
                    "points": sum(check.points for check in required),
                    "points_max": sum(check.points_max for check in required),
                    "seconds": result.seconds,
                    "evidence": msgspec.json.encode(records).decode(),
                    "report": encoded(result).decode(),
                }
            )

    def _records(self, attempt: int, result: ExerciseResult) -> list[Record]:
        row = self._db.table("attempt").get(attempt)
        return records_of(
            result,
            learner=row["apprentice"],
            attempt=attempt,
            mode=Mode(row["mode"]),
            at=datetime.fromisoformat(row["handed_in_at"]),
            help=Help(row["help"]),
        )

    def evidence(self, apprentice: str | None = None) -> Iterator[Record]:
        """The records behind every result that stands, for levels; of one apprentice or of all.

        In order of arrival. A hand-in is never dated later than one that arrived after it: a clock
        that was ahead once must not make an old hand-in the latest for years.
        """
        query = """select a.apprentice, r.evidence from result as r
            join attempt as a on a.id = r.attempt where r.state = 'current'"""
        values = [] if apprentice is None else [apprentice]
        query += "" if apprentice is None else " and a.apprentice = ?"
        rows = self._db.query(f"{query} order by a.apprentice, a.id", values)
        for _, group in groupby(rows, lambda row: row["apprentice"]):
            yield from in_order_of_time([_RECORDS.decode(row["evidence"]) for row in group])

    def results(
        self, *, state: str = "current", apprentice: str | None = None, exercise: str | None = None
    ) -> Iterator[Stored]:
        """Results in one state, by apprentice, exercise and order of arrival."""
        where, values = ["r.state = ?"], [state]
        for name, value in (("apprentice", apprentice), ("exercise", exercise)):
            if value is not None:
                where.append(f"a.{name} = ?")
                values.append(value)
        order = "a.apprentice, a.exercise, a.id, r.id"
        query = f"{_RESULTS} where {' and '.join(where)} order by {order}"
        for row in self._db.query(query, values):
            yield stored(row)

    def has(self, attempt: int, key: Key) -> bool:
        """Whether a result of this attempt under this key stands or is proposed.

        One that came to no end doesn't count, nor one that is older than a judgement of its work.
        """
        query = """select 1 from result as r join attempt as a on a.id = r.attempt
            where a.id = ? and r.state in ('current', 'proposed') and r.status <> 'broken'
            and r.exercise_digest = ? and r.grader = ? and r.isolation = ?
            and not exists (select 1 from judgement as j where j.apprentice = a.apprentice
                and j.exercise = a.exercise and j.work = a.work and j.at > r.graded_at)"""
        values = [attempt, key.exercise_digest, key.grader, key.isolation]
        return next(self._db.query(query, values), None) is not None

    def current(self, attempt: int) -> Stored | None:
        """The result of an attempt that stands."""
        rows = self._db.query(f"{_RESULTS} where a.id = ? and r.state = 'current'", [attempt])
        return next(map(stored, rows), None)

    def outdated(self) -> Iterator[Stored]:
        """Results that stand although their work was judged after they were made."""
        query = f"""{_RESULTS} where r.state = 'current' and exists (select 1 from judgement as j
            where j.apprentice = a.apprentice and j.exercise = a.exercise and j.work = a.work
            and j.at > r.graded_at) order by a.id"""
        yield from map(stored, list(self._db.query(query)))

    def accept(self) -> int:
        """Let every proposed result take the place of the current one; how many there were."""
        replaced = "state = 'current' and attempt in (select attempt from result where {0})"
        proposed = "state = 'proposed'"
        with self._db.atomic():
            count = self._db.table("result").count_where(proposed)
            where = replaced.format(proposed)
            self._db.execute(f"update result set state = 'superseded' where {where}")
            self._db.execute(f"update result set state = 'current' where {proposed}")
            if count:
                self._note("accept", f"{count} results of a changed exercise took effect")
        return count

    def files(self, work: str) -> dict[str, bytes]:
        """The work that has this digest, as it was handed in; nothing when it was forgotten."""
        for row in self._db.table("work").rows_where("digest = ?", [work]):
            return msgspec.msgpack.decode(zlib.decompress(row["files"]), type=dict[str, bytes])
        return {}

    def apprentices(self) -> tuple[str, ...]:
        """Every pseudonym, sorted."""
        return tuple(row["id"] for row in self._db.table("apprentice").rows_where(order_by="id"))

    def isolations(self) -> tuple[str, ...]:
        """The levels at which the results that stand were graded, sorted."""
        rows = self._db.query("select distinct isolation from result where state = 'current'")
        return tuple(sorted(row["isolation"] for row in rows))

    # -- what a tutor decides

    def judge(self, judgement: StoredJudgement) -> None:
        """Keep a judgement; the latest one on a criterion of an exercise counts."""
        values = {name: getattr(judgement, name) for name in judgement.__dataclass_fields__}
        with self._db.atomic():
            self._db.table("judgement").insert({**values, "at": as_text(judgement.at)})

    def judgements(self, apprentice: str, exercise: str, work: str) -> tuple[StoredJudgement, ...]:
        """The latest judgement on each criterion for this work that was not taken back."""
        where = "apprentice = ? and exercise = ? and work = ?"
        standing = self._standing(where, [apprentice, exercise, work])
        return tuple(made[-1] for made in standing if made)

    def last_judgement(self, by: str) -> StoredJudgement | None:
        """The latest judgement of this role that still decides; None when there is none."""
        latest = [made[-1] for made in self._standing("1 = 1", []) if made]
        return max((one for one in latest if one.by == by), key=lambda one: one.at, default=None)

    def undo_judgement(self, judgement: StoredJudgement, by: str, at: datetime) -> None:
        """Let the judgement before decide again, if there is one; both stay in the record."""
        at = max(at, judgement.at)  # a clock that was put back changes no order
        self.judge(replace(judgement, level=TAKEN_BACK, by=by, at=at, reason="taken back"))

    def remarks(self, exercise: str, criterion: str, level: str) -> tuple[str, ...]:
        """The reasons that were given for a level, the latest first, each once."""
        where = "exercise = ? and criterion = ?"
        found = [one for made in self._standing(where, [exercise, criterion]) for one in made[-1:]]
        latest = sorted(found, key=lambda one: one.at, reverse=True)
        return tuple(dict.fromkeys(one.reason for one in latest if one.level == level))

    def _standing(self, where: str, values: list[str]) -> Iterable[list[StoredJudgement]]:
        """For each criterion of each work its judgements in order, less those taken back."""
        made: dict[tuple[str, str, str, str], list[StoredJudgement]] = {}
        for row in self._db.table("judgement").rows_where(where, values, order_by="at, id"):
            row.pop("id")
            one = StoredJudgement(**{**row, "at": datetime.fromisoformat(row["at"])})
            key = (one.apprentice, one.exercise, one.work, one.criterion)
            if one.level == TAKEN_BACK:
                del made.get(key, [])[-1:]
            else:
                made.setdefault(key, []).append(one)
        return made.values()

    def talked(self, apprentice: str, talk: Talk) -> None:
        """Keep an "explain your code" talk."""
        with self._db.atomic():
            self._db.table("talk").insert(
                {
                    "apprentice": apprentice,
                    "exercise": talk.exercise,
                    "held_on": talk.on.isoformat(),
                    "by": talk.tutor,
                    "note": talk.note,
                }
            )

    def talks(self, apprentice: str) -> tuple[Talk, ...]:
        """The talks with one apprentice, oldest first."""
        rows = self._db.table("talk").rows_where(
            "apprentice = ?", [apprentice], order_by="held_on, id"
        )
        return tuple(
            Talk(
                exercise=row["exercise"],
                on=date.fromisoformat(row["held_on"]),
                tutor=row["by"],
                note=row["note"],
            )
            for row in rows
        )

    def comment(self, apprentice: str, by: str, at: datetime, text: str) -> None:
        """Keep what a tutor says to an apprentice."""
        values = {"apprentice": apprentice, "by": by, "at": as_text(at), "text": text}
        with self._writing():
            self._add(apprentice)
            self._db.table("comment").insert(values)

    def comments(self, apprentice: str) -> tuple[Comment, ...]:
        """What tutors have said to one apprentice, oldest first."""
        rows = self._db.table("comment").rows_where(
            "apprentice = ?", [apprentice], select="by, at, text", order_by="at, id"
        )
        return tuple(Comment(**row) for row in rows)

    def take_back(self, apprentice: str, place: int) -> None:
        """Delete a comment: the one at this place of `comments`, from 1."""
        with self._writing():
            self._db.execute(
                """delete from comment where id = (select id from comment where apprentice = ?
                order by at, id limit 1 offset ?)""",
                [apprentice, place - 1],
            )

    # -- forgetting

    def holds(self, apprentice: str) -> dict[str, int]:
        """How many rows of each table would go if somebody was forgotten."""
        return forgetting.counted(self._db, apprentice)

    def last_seen(self) -> dict[str, datetime]:
        """When each apprentice last handed something in, but not before they were added.

        A date that is still to come was made by a wrong clock, and counts for nothing.
        """
        query = """select p.id, max(p.added_at, coalesce(max(a.handed_in_at), '')) as at
            from apprentice as p left join attempt as a
                on a.apprentice = p.id and a.handed_in_at <= :now
            group by p.id"""
        rows = self._db.query(query, {"now": as_text(datetime.now(UTC))})
        return {row["id"]: datetime.fromisoformat(row["at"]) for row in rows}

    def forget(self, apprentices: Collection[str], detail: str, audit_since: datetime) -> bool:
        """Erase people with all that is only theirs, and note that it was done.

        Lines of the audit from before `audit_since` go too. Nothing of it stays in the file once
        no other program reads it: False while one does.
        """
        with self._db.atomic():
            for apprentice in apprentices:
                forgetting.erase(self._db, apprentice)
            self._db.execute("delete from audit where at < ?", [as_text(audit_since)])
            self._note("forget", detail)
        return forgetting.compact(self._db)

    def _note(self, action: str, detail: str) -> None:
        self._db.table("audit").insert(
            {"at": as_text(datetime.now(UTC)), "action": action, "detail": detail}
        )
