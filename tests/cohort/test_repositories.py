"""Hand-ins that are git repositories: the last commit, read in the sandbox."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from dulwich.objects import Blob, Commit, Tree
from dulwich.repo import Repo

from grader.cohort.identity import Identity
from grader.cohort.intake import take_in
from grader.cohort.repositories import Repositories
from grader.sandbox import Level
from grader.submission import read_submission
from tests.bridge.artefacts.repositories import bundle_of

COURSE = {"price-a-journey": ("fares.py",), "first-unit": ("zones.py",)}
AT = 1_770_000_000


def committed(folder, files, at=AT):
    """A repository with one commit of files by path."""
    repo = Repo.init(str(folder), mkdir=True, default_branch=b"main")

    def tree_of(files):
        tree = Tree()
        for name in sorted({path.partition("/")[0] for path in files}):
            if name in files:
                blob = Blob.from_string(files[name])
                repo.object_store.add_object(blob)
                tree.add(name.encode(), 0o100644, blob.id)
            else:
                below = {
                    p[len(name) + 1 :]: d for p, d in files.items() if p.startswith(f"{name}/")
                }
                tree.add(name.encode(), 0o040000, tree_of(below))
        repo.object_store.add_object(tree)
        return tree.id

    made = Commit()
    made.tree = tree_of(files)
    made.author = made.committer = b"Sam Tester <sam@home.example>"
    made.author_time = made.commit_time = at
    made.author_timezone = made.commit_timezone = 0
    made.message = b"Work"
    repo.object_store.add_object(made)
    repo.refs[b"refs/heads/main"] = made.id
    return repo


@pytest.fixture(scope="module")
def reader(tmp_path_factory):
    with Repositories(Level.FULL, tmp_path_factory.mktemp("spool")) as found:
        yield found


def test_bundles_and_clones_are_graded_as_they_were_committed(tmp_path, reader):
    root = tmp_path / "in"
    root.mkdir()
    files = {
        "exercises/price-a-journey/fares.py": b"x = 1\n",
        "exercises/price-a-journey/notes.md": b"mine",
        ".venv/first-unit/zones.py": b"no",
        "deep/down/price-a-journey/fares.py": b"x = 2\n",
    }
    (root / "heron-1.bundle").write_bytes(bundle_of(committed(tmp_path / "one", files)))
    committed(root / "heron-2", {"zones.py": b"y = 1\n"})
    (root / "heron-2" / "zones.py").write_bytes(b"y = 2\n")
    (root / "heron-3.bundle").write_bytes(b"# v2 git bundle\nnot one")
    committed(root / "heron-4", {"letter.txt": b"hello"})
    committed(root / "heron-5", {"zones.py": b"y"}, at=4_000_000_000)
    intake = take_in(root, COURSE, Identity(), repositories=reader.read)
    one, two, late = intake.found
    assert (one.apprentice, one.exercise, two.apprentice) == (
        "heron-1",
        "price-a-journey",
        "heron-2",
    )
    assert one.handed_in_at == datetime.fromtimestamp(AT, UTC)
    assert "was changed after the last commit" in two.remarks[0]
    assert (late.handed_in_at, late.remarks) == (None, ("The last commit is dated in the future.",))
    for found, data in ((one, b"x = 1\n"), (two, b"y = 1\n")):
        read = read_submission(found.place, COURSE[found.exercise], exercise=found.exercise)
        assert list(read.files.values()) == [data]
    told = " ".join(sentence.sentence for sentence in intake.unmatched)
    assert "heron-3.bundle is a git repository that can't be read" in told
    assert "heron-4 is a git repository in which no exercise of this course is committed" in told


def test_an_empty_repository_is_told(tmp_path, reader):
    Repo.init(str(tmp_path / "heron-1"), mkdir=True)
    intake = take_in(tmp_path, COURSE, Identity(), repositories=reader.read)
    assert "heron-1 is a git repository" in intake.unmatched[0].sentence


def test_without_a_reader_repositories_are_listed(tmp_path):
    (tmp_path / "heron-1.bundle").write_bytes(b"# v2 git bundle\n")
    intake = take_in(tmp_path, COURSE, Identity())
    assert "none is read here" in intake.unmatched[0].sentence
