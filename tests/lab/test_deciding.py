"""Laws of the decision, and of any order of edits, runs, takes and restarts with two notebooks."""

from __future__ import annotations

import tempfile
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from grader.lab.deciding import decide
from grader.lab.sync import compare_cells, sync_cell, take_cell, take_file
from grader.submission import MarkedCell
from grader.workspace import History, Workspace

from .conftest import make_course

MARK = "price-a-journey/fares.py"
TEXTS = st.sampled_from("abc")
HOMES = st.sampled_from(("one.ipynb", "two.ipynb"))


@given(TEXTS, TEXTS | st.none(), TEXTS | st.none(), st.frozensets(TEXTS))
def test_a_file_is_replaced_only_by_a_new_text_and_only_if_it_is_as_last_agreed(
    cell, file, last, set_aside
):
    decided = decide(cell, file, last, set_aside)
    assert (decided == "same") == (cell == file)
    if decided == "written" and file is not None:
        assert file == last != cell
        assert cell not in set_aside
    if decided == "conflict":
        assert len({cell, file, last}) == 3


def _cells(text):
    return [MarkedCell(1, MARK, text)]


class Course(RuleBasedStateMachine):
    """Two notebooks and an editor on one file; each step is one that a person can take."""

    def __init__(self) -> None:
        super().__init__()
        self.temporary = tempfile.TemporaryDirectory()
        exercises = make_course(Path(self.temporary.name), "price-a-journey")
        self.exercises, self.path = exercises, exercises / MARK
        self.workspace = Workspace(exercises)
        starter = self.path.read_text()
        self.cells = dict.fromkeys(("one.ipynb", "two.ipynb"), starter)
        self.count = 0
        self.flagged: dict[str, str] = {}
        self.expected = starter  # what the file must hold

    def _new(self, text: str) -> str:
        self.count += 1
        return f"{text} = {self.count}\n"

    @rule(home=HOMES, text=TEXTS)
    def edit_cell(self, home, text):
        self.cells[home] = self._new(text)

    @rule(text=TEXTS)
    def edit_file(self, text):
        self.expected = self._new(text)
        self.path.write_text(self.expected)

    @rule(home=HOMES)
    def run(self, home):
        before, cell = self.expected, self.cells[home]
        done = sync_cell(self.workspace, MARK, cell, home)
        self.flagged.pop(home, None)
        if done.state == "written":
            assert before != cell
            self._is_kept(before, cell)
            self.expected = cell
        elif done.state == "same":
            assert before == cell
        else:
            assert before != cell
            assert done.difference
            self.flagged[home] = done.seen

    @rule(home=HOMES)
    def take_the_cell(self, home):
        if home in self.flagged:
            before, cell = self.expected, self.cells[home]
            done = take_cell(self.workspace, MARK, cell, self.flagged[home], home)
            if done.state == "written":
                self._is_kept(before, cell)
                self.expected = cell
            self.flagged[home] = done.seen

    @rule(home=HOMES, replaced=st.booleans())
    def take_the_file(self, home, replaced):
        cell = self.cells[home]
        assert take_file(self.workspace, MARK, _cells(cell), home) == self.expected
        if cell != self.expected:
            self._is_kept(cell)
        if replaced:
            self.cells[home] = self.expected
        else:  # the old cell is still there, and run again by mistake
            assert compare_cells(self.workspace, _cells(cell), home).state in ("same", "cell-older")

    @rule()
    def restart(self):
        self.workspace = Workspace(self.exercises)
        self.flagged.clear()

    def _is_kept(self, *texts):
        history = History(self.workspace)
        kept = {history.content(one).decode() for one in history.entries(MARK)}
        assert set(texts) <= kept

    @invariant()
    def the_file_is_what_was_last_written(self):
        assert self.path.read_text() == self.expected

    @rule(home=HOMES)
    def an_old_cell_never_wins_over_the_other_notebooks_work(self, home):
        other = next(one for one in self.cells if one != home)
        if compare_cells(self.workspace, _cells(self.cells[home]), home).state == "same":
            old = self.cells[home]
            sync_cell(self.workspace, MARK, old, home)
            self.edit_cell(other, "b")
            self.run(other)
            if self.expected == self.cells[other]:
                assert sync_cell(self.workspace, MARK, old, home).state == "cell-older"

    def teardown(self):
        self.temporary.cleanup()


Course.TestCase.settings = settings(max_examples=12, stateful_step_count=15, deadline=None)
TestCourse = Course.TestCase
