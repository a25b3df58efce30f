"""`%load_ext grader`: %%workfile, %check, %hint, %progress, %take."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from typing import Any

from grader.catalogue.exercise import ANSWERS
from grader.checks.preparing import prepare
from grader.errors import GraderError, UsageError
from grader.escaping import visible
from grader.lab import showing
from grader.lab.breakpoints import restore
from grader.lab.checking import Checked, check
from grader.lab.loading import from_file, is_loaded, load, share
from grader.lab.session import Session
from grader.lab.sync import RefusedError, SyncResult, sync_cell, take_cell, take_file
from grader.reports.wording import listed
from grader.workspace import identity_of, learner_of
from grader.workspace.hints import hint_words, next_hint, test_hints
from grader.workspace.progress import standings

NO_ID = (
    "You have no made-up id yet, and your questions are picked by it: run `grade start` in a "
    "terminal before you answer, then run this again."
)


def load_into(shell: Any) -> None:
    """Give a shell of IPython the magics, and `breakpoint()` back."""
    restore(shell)
    magics = Magics(shell)
    shell.events.register("pre_run_cell", magics.begin_cell)
    shell.register_magic_function(magics.workfile, "cell", "workfile")
    for name in ("check", "hint", "progress", "take"):
        shell.register_magic_function(getattr(magics, name), "line", name)


class Magics:
    """The commands of one kernel. What goes wrong is said in a sentence, never a traceback."""

    def __init__(self, shell: Any) -> None:
        self._shell = shell
        self._known: Session | None = None
        self._cell_id = ""

    def begin_cell(self, info: Any) -> None:
        """Note which cell is run: IPython says so to listeners only."""
        found = getattr(info, "cell_id", None)
        self._cell_id = found if isinstance(found, str) else ""

    def workfile(self, line: str, cell: str) -> None:
        """%%workfile EXERCISE/FILE: write the rest of this cell to the file, and load it."""
        self._said(lambda: self._workfile(line.strip(), cell))

    def check(self, line: str) -> None:
        """%check [EXERCISE]: grade the files as they are, and show the report."""
        self._said(lambda: self._check(line.strip()))

    def hint(self, line: str) -> None:
        """%hint [EXERCISE]: one more hint each time."""
        self._said(lambda: self._hint(line.strip()))

    def progress(self, _line: str = "") -> None:
        """%progress: where each exercise stands."""
        self._said(self._progress)

    def take(self, line: str) -> None:
        """%take file [FILE] or %take cell [FILE]: choose where a cell and its file differ."""
        self._said(lambda: self._take(line.split()))

    # -- what they do

    def _workfile(self, mark: str, cell: str) -> None:
        session = self._session
        number, others = session.beside(mark, cell, self._cell_id)
        done = sync_cell(session.workspace, mark, cell, session.home, others, number)
        if done.state != "refused":
            session.runs[mark] = cell
            session.ran_in[mark] = self._cell_id
            session.current = mark.partition("/")[0]
        self._after(mark, done)

    def _after(self, mark: str, done: SyncResult) -> None:
        """Load what was written, or remember what there is to choose from; and say so."""
        session = self._session
        if done.state in ("cell-older", "conflict", "repeated"):
            session.seen[mark] = done.seen
        else:
            session.seen.pop(mark, None)
        loaded = ""
        if done.state in ("same", "written"):
            session.note(mark)
            loaded = self._load(mark)
        self._show(showing.synced(done, loaded))

    def _load(self, mark: str) -> str:
        exercise_id, _, name = mark.partition("/")
        path = self._session.workspace.exercises / exercise_id / name
        if not is_loaded(name) or not path.is_file():
            return ""
        before = self._session.shared.setdefault(mark, {})
        try:
            module = load(path)
        except (Exception, SystemExit) as error:  # noqa: BLE001 - the learner's program may raise anything
            found = (type(error), error, from_file(error, path))
            self._shell.showtraceback(found)
            return f"It could not be loaded: {type(error).__name__}, see above."
        names = share(module, self._shell.user_ns, before)
        shown = f" ({', '.join(names[:6])})" if names else ""
        return f"Loaded again as {module.__name__}{shown}."

    def _check(self, text: str) -> None:
        session = self._session
        exercise = session.exercise(text)
        notes = session.not_graded(exercise)
        found = self._checked(exercise)
        session.current = exercise.id
        self._show(showing.checked(found, notes, session.exercises))

    def _checked(self, exercise: Any) -> Checked:
        line = _Progress(self._shell)
        try:
            found = check(exercise, line.show)
        finally:
            line.end()
        for one in found.report.exercises:
            self._session.results[one.id] = one
        return found

    def _hint(self, text: str) -> None:
        session = self._session
        exercise = session.exercise(text)

        def from_tests() -> tuple[str, ...]:
            if exercise.id not in session.results:
                self._checked(exercise)
            return test_hints(session.results[exercise.id])

        given = next_hint(session.workspace, exercise, from_tests)
        self._show(showing.words(*hint_words(given, exercise)))

    def _progress(self) -> None:
        session = self._session
        self._show(showing.progress(standings(session.workspace, session.exercises)))

    def _take(self, given: list[str]) -> None:
        side = given.pop(0) if given[:1] in (["file"], ["cell"]) else "file"
        if len(given) > 1:
            raise UsageError("One file at a time: `%take file FILE` or `%take cell FILE`.")
        mark = self._session.mark(given[0] if given else "")
        (self._take_cell if side == "cell" else self._take_file)(mark)

    def _take_cell(self, mark: str) -> None:
        session = self._session
        if mark not in session.runs or mark not in session.seen:
            raise UsageError(
                f"There is nothing to choose for {visible(mark, 80)} yet: run its cell first. "
                "(After a restart of the kernel, run it again.)"
            )
        text = session.runs[mark]
        _, others = session.beside(mark, text, session.ran_in[mark])
        seen = session.seen[mark]
        done = take_cell(session.workspace, mark, text, seen, session.home, others)
        if done.state == "written":
            session.by_cell.pop(mark, None)
        self._after(mark, done)

    def _take_file(self, mark: str) -> None:
        session = self._session
        exercise_id, _, name = mark.partition("/")
        more = self._questions(exercise_id) if name == ANSWERS else ""
        cells = session.cells(mark)
        text = take_file(session.workspace, mark, cells, session.home)
        session.runs[mark] = text
        session.ran_in[mark] = ""
        session.by_cell.pop(mark, None)
        session.current = exercise_id
        session.seen.pop(mark, None)
        self._shell.set_next_input(f"%%workfile {mark}\n{text}".rstrip("\n"), replace=self._alone)
        loaded = self._load(mark)
        self._show(
            showing.words(
                f"Here is {mark} as it is in the file. {loaded} Go on in the new cell.",
                *filter(None, [_older(mark, [cell.number for cell in cells]), more]),
            )
        )

    def _questions(self, exercise_id: str) -> str:
        """Write the questions into the form for answers; what there is to say about them."""
        exercises = self._session.workspace.exercises
        exercise = self._session.exercise(exercise_id)
        prepare(exercise, learner_of(exercises), exercise.folder)
        return "" if identity_of(self._session.workspace) else NO_ID

    # -- the shell

    @property
    def _session(self) -> Session:
        if self._known is None:
            self._known = Session(self._shell.user_ns)
        return self._known

    @property
    def _alone(self) -> bool:
        """Whether the cell that is run holds this one line, so that nothing else is replaced."""
        raw = self._shell.history_manager.input_hist_raw[-1].strip()
        return raw.startswith("%take") and "\n" not in raw

    def _said(self, act: Callable[[], None]) -> None:
        try:
            act()
        except (GraderError, RefusedError) as error:
            print(error, file=sys.stderr)
        except KeyboardInterrupt:
            print("Stopped.", file=sys.stderr)
        if self._known is not None:
            for notice in self._known.workspace.notices:
                print(notice, file=sys.stderr)
            self._known.workspace.notices.clear()

    def _show(self, bundle: showing.Bundle) -> None:
        from IPython.display import display

        display(dict(bundle), raw=True)


def _older(mark: str, numbers: Sequence[int]) -> str:
    """Say which cells for the same file should go now."""
    saved = [f"cell {number}" for number in numbers if number]
    which = f"Delete {listed(saved)}" if saved else "Delete an older cell"
    if not numbers:
        return ""
    return (
        f"{which} (counted from the top before this): a notebook should have one cell for {mark}. "
        "What the older one holds is kept in .grader/history, and it isn't written by itself."
    )


class _Progress:
    """One line that is written again: in a kernel it changes, in a terminal it stands once."""

    def __init__(self, shell: Any) -> None:
        self._kernel = hasattr(shell, "kernel")
        self._handle: Any = None
        self._said = False

    def show(self, text: str) -> None:
        from IPython.display import display

        bundle = {"text/plain": text}
        if self._handle is not None:
            self._handle.update(bundle, raw=True)
        elif self._kernel:
            self._handle = display(bundle, raw=True, display_id=True)
        elif not self._said:
            print(text)
            self._said = True

    def end(self) -> None:
        if self._handle is not None:
            self._handle.update({"text/plain": "Checked."}, raw=True)
