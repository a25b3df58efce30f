"""Checks one exercise whenever its work is saved, with a sandbox that stays warm in between."""

from __future__ import annotations

import contextlib
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from grader.bridge import Examiner
from grader.catalogue import Exercise, find_course
from grader.errors import GraderError
from grader.grading import Task, grade_one
from grader.results import ExerciseResult, GradeReport
from grader.sandbox import Level
from grader.summary import practice_report
from grader.workspace.hints import hint_words, next_hint, test_hints
from grader.workspace.keys import CLOSED, RESIZED, Events
from grader.workspace.looking import EVERY, Watched
from grader.workspace.place import Workspace
from grader.workspace.progress import following, note, standings
from grader.workspace.screen import Screen


@dataclass
class Watch:
    """One `grade watch` while it lasts. `task_of` says how an exercise is graded here."""

    exercises: Sequence[Exercise]
    exercise: Exercise
    level: Level
    task_of: Callable[[Exercise], Task]
    workspace: Workspace
    screen: Screen
    _examiner: Examiner | None = None
    _result: ExerciseResult | None = None

    def run(self, events: Events) -> None:
        """Check, wait, check again, until `q` or the end of the terminal."""
        try:
            while self._one_exercise(events):
                pass
        finally:
            self._close()
            self.screen.end()

    def _one_exercise(self, events: Events) -> bool:
        """Watch the present exercise; False when it is time to end, True for another exercise."""
        watched, current = Watched(self.exercise), self.exercise
        seen = watched.look()
        self._check()
        self._prepare()
        pressed: list[str] = []
        while True:
            for event in pressed or events.wait(EVERY):
                if event in ("q", CLOSED):
                    return False
                if event == "r":
                    seen = watched.look()
                self._do(event)
                if self.exercise is not current:
                    return True
            pressed.clear()
            if (now := watched.look()) != seen:
                # Keys that are pressed meanwhile are not lost.
                now = watched.settle(now, lambda seconds: pressed.extend(events.wait(seconds)))
                if now != seen:
                    seen = now
                    self._check()

    def _do(self, event: str) -> None:
        done = {"n": self._go_on, "r": self._check, "h": self._hint, RESIZED: self.screen.draw}
        try:
            done.get(event, lambda: None)()
        except GraderError as error:
            self.screen.add((str(error),))

    def _check(self) -> None:
        """Grade as the work is now, and show it; what goes wrong is shown and doesn't end us."""
        self.screen.busy(self.exercise)
        began = time.perf_counter()
        try:
            self._result = grade_one(self.task_of(self.exercise), self._warm)
        except GraderError as error:
            self._close()  # a sandbox that failed is not used again
            self.screen.show_trouble(self.exercise, str(error))
            return
        note(self.workspace, [self._result])
        self.screen.show(self._report(self._result), self.exercise, time.perf_counter() - began)

    def _report(self, result: ExerciseResult) -> GradeReport:
        return practice_report(
            [result],
            [self.exercise],
            find_course(self.exercise.folder.parent),
            level=self.level,
            submission=str(self.exercise.folder),
            now=datetime.now(UTC),
        )

    def _prepare(self) -> None:
        """Start now what the first check after saving needs, so that it needn't wait for it."""
        with contextlib.suppress(GraderError):  # told by the check that needs it
            examiner = self._warm()
            if "own-tests" in self.exercise.checks:
                _ = examiner.tools

    def _warm(self) -> Examiner:
        if self._examiner is None:
            self._examiner = Examiner(self.level)
        return self._examiner

    def _hint(self) -> None:
        result = self._result
        given = next_hint(
            self.workspace, self.exercise, lambda: test_hints(result) if result else ()
        )
        said = (*self.workspace.notices, *hint_words(given, self.exercise))
        self.workspace.notices.clear()
        self.screen.add(said)

    def _go_on(self) -> None:
        found = following(standings(self.workspace, self.exercises), self.exercise.id)
        if found is None:
            self.screen.add(("Every other exercise is done. Well done.",))
        else:
            self.exercise, self._result = found.exercise, None

    def _close(self) -> None:
        if self._examiner is not None:
            self._examiner.close()
            self._examiner = None
