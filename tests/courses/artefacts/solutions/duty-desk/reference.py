"""The bundle of the reference: two commits on `main`, the colleague's and the learner's."""

from dulwich.bundle import create_bundle_from_repo, write_bundle
from dulwich.objects import Blob, Commit, Tree
from dulwich.repo import Repo

COLLEAGUE = b"Ros Fenwick <ros@becksafe.example>"
LEARNER = b"Sam Tester <sam@home.example>"


def build(seed, folder):
    repo = Repo.init(str(folder / "repo"), mkdir=True, default_branch=b"main")
    first = commit(repo, b"1\n", b"Start (BS-1)", COLLEAGUE, [])
    commit(repo, b"1\n2\n", b"Add a level (BS-2)", LEARNER, [first])
    with create_bundle_from_repo(repo, refs=[b"refs/heads/main"]) as bundle:
        with (folder / "handover.bundle").open("wb") as file:
            write_bundle(file, bundle)
    for path in sorted((folder / "repo").rglob("*"), reverse=True):
        path.rmdir() if path.is_dir() else path.unlink()
    (folder / "repo").rmdir()


def commit(repo, levels, message, author, parents):
    blob, tree, made = Blob.from_string(levels), Tree(), Commit()
    tree.add(b"levels.txt", 0o100644, blob.id)
    made.tree, made.parents, made.message = tree.id, parents, message
    made.author = made.committer = author
    made.author_time = made.commit_time = 1_770_000_000 + len(parents)
    made.author_timezone = made.commit_timezone = 0
    for one in (blob, tree, made):
        repo.object_store.add_object(one)
    repo.refs[b"refs/heads/main"] = made.id
    return made.id
