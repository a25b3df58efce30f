"""Git repositories: what is read of them, and hostile ones, of which nothing is obeyed."""

from __future__ import annotations

import gzip
import hashlib
import os
import struct
import subprocess
import zlib
from pathlib import Path

import pytest

from grader.bridge.artefacts.malformed import Malformed
from grader.bridge.artefacts.repository import read_repository
from grader.submission import read_git_folder

ROS = "ros@becksafe.example"


@pytest.fixture
def handover(repositories, tmp_path):
    return repositories.handover(tmp_path / "repo")


def test_bundle(forks, repositories, handover):
    found = read_repository(forks, repositories.bundle_of(handover), known=[ROS])
    assert (found.kind, found.complete, found.branch) == ("bundle", True, "")
    newest, oldest = found.log("main")
    assert (oldest.subject, oldest.author) == ("Start (BS-1)", f"Ros Fenwick <{ROS}>")
    assert newest.author == newest.committer == "person-1"
    assert newest.message == "Add a level\n\nSigned-off-by: person-1 <person-1>\n"
    assert found.contents("main") == {"levels.txt": b"1\n2\n"}
    assert found.contents(oldest.id[:8]) == {"levels.txt": b"1\n"}
    assert found.changed(oldest.id, "main") == ["levels.txt"]
    assert found.is_ancestor(oldest.id, "main")
    assert not found.is_ancestor(newest.id, oldest.id)
    assert not found.is_ancestor("0" * 40, "main")
    with pytest.raises(LookupError):
        found.commit("gone")


def clone(handover, repositories, tmp_path):
    """A clone with a half-finished merge, a detached head, a reflog, a tag and loose files."""
    first = handover.refs[b"refs/heads/main"]
    other = repositories.commit(
        handover, {"levels.txt": b"9\n"}, "Other", parents=[first], branch="soil", at=1_770_000_200
    )
    del handover.refs[b"refs/heads/soil"]
    files = {f"field/.git/{n}": d for n, d in repositories.files_of(tmp_path / "repo/.git").items()}
    log = b"%s %s Sam Tester <sam@home.example> 1770000300 +0000\tcommit: Other by Sam Tester\n"
    return {
        **files,
        "field/.git/HEAD": first + b"\n",
        "field/.git/MERGE_HEAD": other + b"\n",
        "field/.git/logs/HEAD": log % (first, other),
        "field/.git/packed-refs": b"# pack-refs\n%s refs/tags/v1\n^%s\n" % (first, first),
        "field/.git/refs/heads/loop": b"ref: refs/heads/loop\n",
        "field/levels.txt": b"<<<<<<< HEAD\n",
        "field/new.txt": b"new\n",
    }, other.decode()


def test_packed_clone(forks, repositories, handover, tmp_path):
    files, lost = clone(handover, repositories, tmp_path)
    found = read_repository(forks, repositories.packed(files))
    assert (found.kind, found.head, found.merging) == ("clone", "", [lost])
    assert found.tag_names.keys() == {"v1"}
    assert found.remotes == {}
    assert "loop" not in found.branches
    assert found.commit(lost).subject == "Other"
    assert [(one.ref, one.new, one.message) for one in found.reflog] == [
        ("HEAD", lost, "commit: Other by person-1")
    ]
    assert found.worktree == {"levels.txt": b"<<<<<<< HEAD\n", "new.txt": b"new\n"}
    assert found.find("v1") == found.find("main")


def test_folder_of_a_cohort(forks, handover, tmp_path):
    folder = tmp_path / "repo"
    (folder / ".git/hooks/post-checkout").parent.mkdir(exist_ok=True)
    (folder / ".git/hooks/post-checkout").write_text("#!/bin/sh\ntouch pwned\n")
    (folder / ".git/config").write_text("[core]\n\tfsmonitor = touch pwned; false\n")
    (folder / ".git/refs/heads/away").symlink_to("/etc/passwd")
    files = read_git_folder(folder)
    assert not [name for name in files if "hooks" in name or "config" in name or "away" in name]
    found = read_repository(forks, files)
    assert found.branch == "main"
    assert len(found.log("main")) == 2
    assert not list(tmp_path.rglob("pwned"))
    assert read_git_folder(tmp_path) == {}


def test_index_and_conflicts(readers, repositories, tmp_path):
    git = ["git", "-c", "user.name=Sam", "-c", "user.email=sam@home.example"]
    if subprocess.run(["sh", "-c", "command -v git"], capture_output=True, check=False).returncode:
        pytest.skip("git is not installed")

    def run(*words):
        environ = {"PATH": os.environ["PATH"], "HOME": str(tmp_path), "GIT_CONFIG_NOSYSTEM": "1"}
        subprocess.run(
            [*git, *words],
            cwd=tmp_path / "r",
            env=environ,
            check=words[0] != "merge",
            capture_output=True,
        )

    (tmp_path / "r").mkdir()
    run("init", "-q", "-b", "main")
    for branch, text in (("main", "a\n"), ("soil", "b\n"), ("main", "c\n")):
        run("checkout", "-q", "-B" if branch == "soil" else "-q", branch) if text != "a\n" else None
        (tmp_path / "r/plan.txt").write_text(text)
        (tmp_path / "r/same.txt").write_text("same\n")
        run("add", ".")
        run("commit", "-q", "-m", f"Write {text}")
    run("merge", "soil")
    run("pack-refs", "--all")
    run("gc", "-q")
    files = repositories.files_of(tmp_path / "r")
    found = read_repository(readers, repositories.packed(files))
    assert found.conflicts == ["plan.txt"]
    assert found.staged == {"same.txt": b"same\n"}
    assert found.branches.keys() == {"main", "soil"}
    assert b"<<<<<<<" in found.worktree["plan.txt"]
    assert found.complete


# -- hostile ones


def refused(sandbox, handed_in):
    with pytest.raises(Malformed) as caught:
        read_repository(sandbox, handed_in)
    return caught.value.sentence("work.tar.gz")


def test_what_is_no_repository(readers, repositories):
    for data in (b"hello", b"\0" * 10_000, gzip.compress(b"hello"), repositories.packed({})):
        assert "work.tar.gz" in refused(readers, data)
    assert "no git repository" in refused(readers, repositories.packed({"a.txt": b"a"}))
    for data in (b"# v2 git bundle\n", b"# v2 git bundle\n\n", b"# v2 git bundle\n\nPACK"):
        assert "work.tar.gz" in refused(readers, data)
    sha256 = b"# v3 git bundle\n@object-format=sha256\n\n" + repositories.pack_header(0)
    assert "work.tar.gz" in refused(readers, sha256 + hashlib.sha1(sha256[-12:]).digest())


@pytest.mark.slow
def test_bombs(readers, repositories):
    bomb = gzip.compress(b"\0" * (200 << 20), 1)
    assert "work.tar.gz" in refused(readers, bomb)
    member = repositories.packed({".git/HEAD": b"ref: refs/heads/main", "big": b"\0" * (50 << 20)})
    assert "unpacks to more than" in refused(readers, member)


@pytest.mark.slow
def test_an_object_that_unpacks_to_too_much(readers, repositories):
    packer = zlib.compressobj(1)
    body = packer.compress(b"blob %d\0" % (40 << 24))
    body += b"".join(packer.compress(b"\0" * (1 << 24)) for _ in range(40)) + packer.flush()
    number = "ab" * 20
    tree = repositories.tree_row(b"big", number)
    files = repositories.by_hand([("tree", tree)])
    files[f".git/objects/{number[:2]}/{number[2:]}"] = body
    assert "too large" in refused(readers, repositories.packed(files))


def test_trees_that_unfold(readers, repositories):
    rows = b"".join(repositories.tree_row(b"f%d" % n, "11" * 20) for n in range(10))
    trees = [("tree", rows)]
    for _ in range(12):
        number = repositories.loose("tree", trees[-1][1])[2]
        folder = b"".join(repositories.tree_row(b"d%d" % n, number, b"40000") for n in range(10))
        trees.append(("tree", folder))
    said = refused(readers, repositories.packed(repositories.by_hand(trees)))
    assert "more than 5,000 files" in said


@pytest.mark.parametrize("name", [b"..", b".", b".GIT", b"../../up", b"a/b"])
def test_names_that_lead_away(readers, repositories, name):
    tree = [("blob", b"x"), ("tree", repositories.tree_row(name, "11" * 20))]
    said = refused(readers, repositories.packed(repositories.by_hand(tree)))
    assert "which can't be" in said or "can't be read" in said


def test_an_object_under_another_number_is_not_believed(readers, repositories):
    files = repositories.by_hand([("blob", b"true"), ("tree", b"")])
    right = repositories.loose("blob", b"true")
    wrong = repositories.loose("blob", b"false")
    tree = repositories.tree_row(b"a.txt", right[2])
    files = repositories.by_hand([("blob", b"true"), ("tree", tree)])
    files[right[0]] = wrong[1]
    found = read_repository(readers, repositories.packed(files))
    assert found.missing == [right[2]]
    assert not found.complete
    assert found.contents("main") == {}


def test_links_devices_and_ways_out_are_left_out(readers, repositories, handover):
    files = {f".git/{n}": d for n, d in repositories.files_of(Path(handover.controldir())).items()}
    files |= {
        "link": "/etc/passwd",
        "device": "device",
        "../up.txt": b"up",
        "/root.txt": b"root",
        ".git/objects/info/alternates": b"/etc\n",
        ".git/refs/heads/link": "/etc/passwd",
        ".git/config": b"[core]\n\tfsmonitor = touch pwned\n[include]\n\tpath = /etc/passwd\n",
        ".git/hooks/post-checkout": b"#!/bin/sh\ntouch pwned\n",
    }
    found = read_repository(readers, repositories.packed(files))
    assert found.worktree == {}
    assert found.branches.keys() == {"main"}


def test_a_thin_bundle_is_not_complete(readers, repositories):
    missing = "22" * 20
    head = f"# v2 git bundle\n-{missing} base\n{missing} refs/heads/main\n\n".encode()
    pack = repositories.pack_header(0)
    found = read_repository(readers, head + pack + hashlib.sha1(pack).digest())
    assert found.prerequisites == [missing]
    assert not found.complete


def test_a_pack_that_lies_about_itself(readers, repositories):
    head = b"# v2 git bundle\n%s refs/heads/main\n\n" % (b"33" * 20)
    for body in (
        repositories.pack_header(1 << 30),
        repositories.pack_header(1) + b"\x93" + zlib.compress(b"x"),
        repositories.pack_header(1) + bytes([0x70]) + b"\x22" * 20 + zlib.compress(b"\0\0"),
        b"PACK" + struct.pack(">II", 99, 1),
    ):
        assert "work.tar.gz" in refused(readers, head + body + hashlib.sha1(body).digest())


@pytest.mark.slow
def test_garbled_bundles(readers, repositories, handover):
    whole = repositories.bundle_of(handover)
    places = range(0, len(whole), 7)
    read, said = 0, []
    for place in places:
        data = bytearray(whole)
        data[place] ^= 0x55
        try:
            read += len(read_repository(readers, bytes(data)).commits) <= 2
        except Malformed as problem:
            said.append(problem.text)
    assert all(said)
    assert read + len(said) == len(places)
