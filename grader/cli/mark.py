"""`grade mark`: what waits for a person, shown with its evidence, decided with a reason."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import zip_longest
from pathlib import Path
from typing import TypeVar

from rich.console import Console

from grader.catalogue import Exercise
from grader.checks.rubric import Criterion
from grader.cli.asking import Dialogue, Stopped, need_terminal
from grader.cli.finding import exercises_under, solutions_for
from grader.cohort.identity import Identity, Person, is_plain, read_beside
from grader.cohort.marking import (
    Waiting,
    apply_judgements,
    criteria_of,
    evidence_of,
    waiting,
)
from grader.errors import UsageError
from grader.gradebook import Gradebook, Stored, StoredJudgement
from grader.reports.paper import Paper
from grader.reports.wording import STATUS, count
from grader.submission import read_back
from grader.tables import did_you_mean
from grader.workspace.own_names import OwnNames

INDENT = "    "
KEYS = "w the whole work · s skip · b back · u undo the last · q quit"
REMARKS = 9  # of those made before that are offered
SHOWN = 8  # lines of each piece of evidence that are shown unasked


T = TypeVar("T")


@dataclass(frozen=True)
class Options:
    """The command line's options as click gives them."""

    gradebook: Path
    exercises: Path
    solutions: Path | None
    identity: Path | None
    apprentice: str | None
    exercise: str | None
    by: str | None
    again: bool
    talk: tuple[str, str] | None
    held_on: str | None
    undo: bool = False


def mark(options: Options) -> None:
    """Go through what waits, or record a talk."""
    every = exercises_under([options.exercises])
    known = {one.id: one for one in every}
    _, identity = read_beside(options.gradebook, options.identity)
    if options.by is not None and not is_plain(options.by):
        raise UsageError("--by takes a role or a pseudonym in one word, such as tutor-1.")
    with Gradebook(options.gradebook, write=False) as book:
        _refuse_unknown(book, options, known)
        queue = waiting(
            book,
            every,
            apprentice=options.apprentice,
            exercise=options.exercise,
            again=options.again,
        )
    need_terminal("`grade mark`")
    dialogue = Dialogue(Paper(Console(highlight=False)))
    marking = Marking(options.gradebook, known, identity, dialogue)
    solutions = solutions_for(every, options.solutions)
    try:
        by = options.by or who_marks(dialogue)
        if options.talk is not None:
            from grader.cli.talk import record

            record(marking, *options.talk, by, options.held_on, solutions)
            return
        if options.undo:
            marking.undo(by)
        else:
            marking.go_through(queue, by)
    except (Stopped, KeyboardInterrupt):
        pass
    marking.finish(solutions)


def _refuse_unknown(book: Gradebook, options: Options, known: dict[str, Exercise]) -> None:
    """Raise UsageError for an apprentice or an exercise that isn't there."""
    apprentice, exercise = options.talk or (options.apprentice, options.exercise)
    people = book.apprentices()
    if apprentice is not None and apprentice not in people:
        near = did_you_mean(apprentice, people)
        raise UsageError(f"`{apprentice}` is nobody in this gradebook{near or '.'}")
    if exercise is not None and exercise not in known:
        near = did_you_mean(exercise, known)
        raise UsageError(f"There is no exercise `{exercise}` here{near or '.'}")


def who_marks(dialogue: Dialogue) -> str:
    """A role or a pseudonym, never a name."""
    dialogue.paper.put("Who marks? A role or pseudonym in one word, such as tutor-1, not a name.")
    while not is_plain(by := dialogue.ask("> ")):
        dialogue.paper.put("One word of letters, digits and hyphens, please.")
    return by


class Marking:
    """One sitting. The gradebook is opened for each judgement only, so that others may work."""

    def __init__(
        self,
        gradebook: Path,
        exercises: dict[str, Exercise],
        identity: Identity,
        dialogue: Dialogue,
        clock: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        self.exercises = exercises
        self.dialogue = dialogue
        self.paper = dialogue.paper
        self.clock = clock
        self._gradebook = gradebook
        self._identity = identity
        self._kept = self._taken_back = 0

    def person(self, apprentice: str) -> Person:
        """Their line of the identity file, for what is adjusted for them."""
        return self._identity.people.get(apprentice, Person(apprentice))

    def own_names(self, apprentice: str) -> OwnNames:
        """What must not get into a text on somebody: their name, anybody's address."""
        name = self.person(apprentice).name
        addresses = tuple(one.email for one in self._identity.people.values() if one.email)
        return OwnNames(people=(name,) if name else (), addresses=addresses)

    def every_name(self) -> OwnNames:
        """What must not get into a text that was written on somebody else."""
        people = self._identity.people.values()
        return OwnNames(
            people=tuple(one.name for one in people if one.name),
            addresses=tuple(one.email for one in people if one.email),
        )

    def reading(self) -> Gradebook:
        """The gradebook, to look something up."""
        return Gradebook(self._gradebook, write=False)

    def write(self, action: Callable[[Gradebook], T]) -> T:
        """Keep something; when the gradebook can't take it just now, ask to try again."""
        while True:
            try:
                with Gradebook(self._gradebook) as book:
                    return action(book)
            except UsageError as error:
                self.paper.put((str(error), "yellow"))
                self.dialogue.ask("What you wrote isn't lost: press Return to try again. ")

    def go_through(self, queue: Sequence[Waiting], by: str) -> None:
        """Ask about one after the other; Stopped when whoever marks has had enough."""
        if not queue:
            self.paper.put("Nothing waits for you.")
            return
        people = len({one.apprentice for one in queue})
        told = f"{len(queue)} {'criterion waits' if len(queue) == 1 else 'criteria wait'},"
        self.paper.put((f"{told} of {count(people, 'apprentice')}", "bold"))
        self.paper.put("Each decision is kept at once; quit whenever you like and go on later.")
        place = 0
        while 0 <= place < len(queue):
            answer = self._one(queue[place], f"{place + 1} of {len(queue)}", by)
            if isinstance(answer, int):
                place = max(0, place + answer)
            else:  # taken back, so that it waits again
                place = next((n for n, w in enumerate(queue) if _is_on(answer, w)), place)

    def undo(self, by: str) -> StoredJudgement | None:
        """Take back the latest judgement of whoever marks; both stay in the record."""

        def take_back(book: Gradebook) -> StoredJudgement | None:
            last = book.last_judgement(by)
            if last is not None:
                book.undo_judgement(last, by, self.clock())
            return last

        last = self.write(take_back)
        if last is None:
            self.paper.put(f"There is no judgement by {by} to take back.")
            return None
        self._taken_back += 1
        name = f"{last.apprentice} {last.exercise} {last.criterion}"
        self.paper.put(("Taken back: ", "green"), f"{name}, “{last.level}”: {last.reason}")
        return last

    def _one(self, one: Waiting, number: str, by: str) -> int | StoredJudgement:
        """Ask about one criterion; how far to go on from there, or what was taken back."""
        exercise = self.exercises[one.exercise]
        criterion = next(row for row in criteria_of(exercise) if row.id == one.criterion)
        with self.reading() as book:
            stored = book.current(one.attempt)
            kept = book.files(one.work)
            files = {**kept, **read_back(kept, list(kept))}
            judged = {
                kept.criterion: kept
                for kept in book.judgements(one.apprentice, one.exercise, one.work)
            }
        if stored is None:  # forgotten, or graded anew, since the list was made
            return 1
        self._show(one, number, criterion, stored, files, judged.get(criterion.id))
        levels = list(criterion.levels)
        keys = tuple(str(place) for place in range(1, len(levels) + 1))
        while True:
            prompt = f"Level {keys[0]} to {keys[-1]} ({KEYS}): "
            answer = self.dialogue.choice(prompt, (*keys, "w", "s", "b", "u", "q"))
            if answer == "w":
                self._show_work(files)
            elif answer == "q":
                raise Stopped
            elif answer in ("s", "b"):
                return 1 if answer == "s" else -1
            elif answer == "u":
                return self.undo(by) or 0
            elif self._decided(one, levels[int(answer) - 1], by):
                return 1

    def _decided(self, one: Waiting, level: str, by: str) -> bool:
        """Ask for the reason and keep the judgement; False when there is to be none after all."""
        with self.reading() as book:
            remarks = book.remarks(one.exercise, one.criterion, level)[:REMARKS]
        asked = f"Why “{level}”? Say what in the work shows it."
        names = self.own_names(one.apprentice)
        reason = self.dialogue.reason(asked, names, remarks, self.every_name())
        if reason:
            self._keep(one, level, by, reason)
        return bool(reason)

    def _show(
        self,
        one: Waiting,
        number: str,
        criterion: Criterion,
        stored: Stored,
        files: dict[str, bytes],
        judged: StoredJudgement | None,
    ) -> None:
        paper = self.paper
        paper.gap()
        paper.put((f"{number} · {one.exercise} · {one.apprentice}", "bold cyan"))
        paper.put((criterion.title, "bold"))
        paper.put(f"handed in {stored.handed_in_at:%Y-%m-%d}: {_sizes(files)}", indent=2)
        person = self.person(one.apprentice)
        if person.format or person.extra_time > 1:
            more = f"extra time × {person.extra_time:g}" if person.extra_time > 1 else ""
            paper.put("; ".join(filter(None, (person.format, more))), indent=2, label="adjusted: ")
        for line in _beginnings(evidence_of(stored, criterion.id)):
            paper.row(f"  {paper.safe(line, paper.width - 4)}")
        if judged is not None:
            words = f"{judged.level}, by {judged.by} on {judged.at:%Y-%m-%d}: {judged.reason}"
            paper.put(words, indent=2, label="judged before: ", style="yellow")
        for place, (level, words) in enumerate(criterion.levels.items(), 1):
            meets = " (meets)" if level == criterion.meets else ""
            paper.put((f"{level}{meets}: ", "bold"), words, indent=2, label=f"{place}  ")

    def _show_work(self, files: dict[str, bytes]) -> None:
        """All of the work, a screen at a time."""
        room = max(self.paper.console.height - 3, 10)
        for name, data in sorted(files.items()):
            self.paper.put((name, "bold"))
            try:
                lines = data.decode("utf-8").split("\n")
            except UnicodeDecodeError:
                self.paper.put(f"{len(data):,} bytes that are no text", indent=2)
                continue
            for start in range(0, len(lines), room):
                self.paper.block("\n".join(lines[start : start + room]), indent=2)
                left = len(lines) - start - room
                asked = f"{left} more lines of {name}: Return, or n for the next file: "
                if left > 0 and self.dialogue.ask(asked).lower() in ("n", "q"):
                    break

    def _keep(self, one: Waiting, level: str, by: str, reason: str) -> None:
        judgement = StoredJudgement(
            apprentice=one.apprentice,
            exercise=one.exercise,
            work=one.work,
            criterion=one.criterion,
            level=level,
            by=by,
            at=self.clock(),
            reason=reason,
        )
        self.write(lambda book: book.judge(judgement))
        self._kept += 1
        self.paper.put(("Kept.", "green"))

    def finish(self, solutions: Path | None) -> None:
        """Bring results up to date, also with what an earlier sitting left, and tell of it."""
        changed = self.write(lambda book: list(apply_judgements(book, self.exercises, solutions)))
        self.paper.gap()
        back = f", {self._taken_back} taken back" if self._taken_back else ""
        self.paper.put((f"{count(self._kept, 'judgement')} kept{back}.", "bold"))
        later = 0
        for stored, status in changed:
            if status is None:
                later += 1
                continue
            before = STATUS[stored.result.status]
            now = f"{before} → {STATUS[status]}" if STATUS[status] != before else before
            name = f"{stored.apprentice} {stored.exercise}"
            self.paper.put(f"{name}: {now}", indent=2, label=self.paper.bullet)
        if later:
            self.paper.put(
                f"{count(later, 'result')} will follow when `grade cohort` is run next, because "
                "the exercise or the grader has changed."
            )


def _is_on(judgement: StoredJudgement, one: Waiting) -> bool:
    names = ("apprentice", "exercise", "criterion", "work")
    return all(getattr(judgement, name) == getattr(one, name) for name in names)


def _beginnings(lines: Sequence[str]) -> Iterator[str]:
    """The first lines of each piece of evidence; what belongs to a piece is indented."""
    number = 0
    for line, following in zip_longest(lines, lines[1:], fillvalue=""):
        number = number + 1 if line.startswith(INDENT) else 0
        if number <= SHOWN:
            yield line
        elif not following.startswith(INDENT):
            yield f"{INDENT}… {count(number - SHOWN, 'more line')}: w shows the whole work"


def _sizes(files: dict[str, bytes]) -> str:
    told = ((name, count(len(data.splitlines()), "line")) for name, data in sorted(files.items()))
    return ", ".join(f"{name} ({lines})" for name, lines in told)
