"""Where an apprentice stands, without grading anything again."""

from __future__ import annotations

from grader.catalogue import digest_of
from grader.results import Digests, ExerciseResult, Status
from grader.submission import read_folder
from grader.workspace.progress import FILE, following, next_to_do, note, standings


def graded(exercise, status):
    work = digest_of(read_folder(exercise.folder, exercise.work).files)
    return ExerciseResult(
        id=exercise.id, title="", client="", track="", difficulty=1, status=status,
        digest=Digests(exercise="", work=work),
    )  # fmt: skip


def begin(exercise, text="x = 1\n"):
    (exercise.folder / exercise.work[0]).write_text(text, encoding="utf-8")


def test_nothing_is_noted_where_nobody_works(workspace, exercise):
    note(workspace, [graded(exercise, Status.MET)])
    assert not workspace.exists


def test_from_not_started_to_done(workspace, exercises):
    first, second = exercises
    workspace.folder.mkdir()
    assert next_to_do(standings(workspace, exercises)).exercise is first
    begin(second)
    found = standings(workspace, exercises)
    assert [one.status for one in found] == [Status.NOT_STARTED, None]
    assert next_to_do(found).exercise is second  # what was begun comes before what was not
    note(workspace, [graded(second, Status.MET)])
    assert next_to_do(standings(workspace, exercises)).exercise is first
    begin(second, "x = 2\n")  # another work than the one that was met
    assert standings(workspace, exercises)[1].status is None
    begin(first)
    note(workspace, [graded(one, Status.MET) for one in exercises])
    assert next_to_do(standings(workspace, exercises)) is None


def test_what_follows(workspace, exercises):
    first, second = exercises
    assert following(standings(workspace, exercises), first.id).exercise is second
    assert following(standings(workspace, exercises), second.id).exercise is first
    workspace.folder.mkdir()
    begin(first)
    note(workspace, [graded(first, Status.PENDING)])
    assert following(standings(workspace, exercises), second.id) is None


def test_a_damaged_file_is_moved_aside(workspace, exercises):
    workspace.folder.mkdir()
    (workspace.folder / FILE).write_text("[]")
    assert len(standings(workspace, exercises)) == 2
    assert list(workspace.folder.glob("checked.json.damaged-*"))


def test_that_it_cannot_be_noted_stops_nobody(workspace, exercise):
    workspace.folder.mkdir()
    (workspace.folder / FILE).mkdir()
    note(workspace, [graded(exercise, Status.MET)])
    assert (workspace.folder / FILE).is_dir()
