"""Git repositories made for tests, with dulwich and by hand; always the same bytes."""

from __future__ import annotations

import hashlib
import io
import struct
import tarfile
import zlib
from pathlib import Path

from dulwich.bundle import create_bundle_from_repo, write_bundle
from dulwich.objects import Blob, Commit, Tree
from dulwich.repo import Repo

COLLEAGUE = b"Ros Fenwick <ros@becksafe.example>"
LEARNER = b"Sam Tester <sam@home.example>"


def commit(repo, files, message, *, author=LEARNER, parents=(), at=1_770_000_000, branch="main"):
    """A commit with exactly these files at the top of its tree; its number."""
    tree = Tree()
    for name, data in files.items():
        blob = Blob.from_string(data)
        repo.object_store.add_object(blob)
        tree.add(name.encode(), 0o100644, blob.id)
    repo.object_store.add_object(tree)
    made = Commit()
    made.tree, made.parents = tree.id, list(parents)
    made.author = made.committer = author
    made.author_time = made.commit_time = at
    made.author_timezone = made.commit_timezone = 0
    made.message = message.encode()
    repo.object_store.add_object(made)
    repo.refs[f"refs/heads/{branch}".encode()] = made.id
    return made.id


def handover(folder: Path) -> Repo:
    """Two commits on `main`: the colleague's and the learner's."""
    repo = Repo.init(str(folder), mkdir=True, default_branch=b"main")
    first = commit(repo, {"levels.txt": b"1\n"}, "Start (BS-1)", author=COLLEAGUE)
    signed = "Add a level\n\nSigned-off-by: Sam Tester <sam@home.example>\n"
    commit(repo, {"levels.txt": b"1\n2\n"}, signed, parents=[first], at=1_770_000_100)
    return repo


def bundle_of(repo: Repo) -> bytes:
    refs = [name for name in repo.refs if name.startswith(b"refs/")]
    with create_bundle_from_repo(repo, refs=refs) as bundle:
        file = io.BytesIO()
        write_bundle(file, bundle)
    return file.getvalue()


def packed(files: dict[str, bytes | str]) -> bytes:
    """A gzipped tar archive: text as contents is the target of a link, "/dev" one a device."""
    file = io.BytesIO()
    with tarfile.open(fileobj=file, mode="w:gz") as archive:
        for name, data in files.items():
            member = tarfile.TarInfo(name)
            if isinstance(data, str):
                member.type = tarfile.CHRTYPE if data == "device" else tarfile.SYMTYPE
                member.linkname = "" if data == "device" else data
                archive.addfile(member)
            else:
                member.size = len(data)
                archive.addfile(member, io.BytesIO(data))
    return file.getvalue()


def files_of(folder: Path) -> dict[str, bytes]:
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def loose(kind: str, data: bytes) -> tuple[str, bytes, str]:
    """Name, contents and number of a loose object, whatever `data` is."""
    raw = f"{kind} {len(data)}".encode() + b"\0" + data
    number = hashlib.sha1(raw).hexdigest()
    return f".git/objects/{number[:2]}/{number[2:]}", zlib.compress(raw), number


def by_hand(trees: list[tuple[str, bytes]]) -> dict[str, bytes]:
    """A clone whose one commit has the last of these loose objects as its tree."""
    files = {".git/HEAD": b"ref: refs/heads/main\n"}
    number = ""
    for kind, data in trees:
        name, contents, number = loose(kind, data)
        files[name] = contents
    who = LEARNER.decode()
    text = f"tree {number}\nauthor {who} 1770000000 +0000\ncommitter {who} 1770000000 +0000\n\nx\n"
    name, contents, number = loose("commit", text.encode())
    return {**files, name: contents, ".git/refs/heads/main": number.encode()}


def tree_row(name: bytes, number: str, mode: bytes = b"100644") -> bytes:
    return mode + b" " + name + b"\0" + bytes.fromhex(number)


def pack_header(objects: int) -> bytes:
    return b"PACK" + struct.pack(">II", 2, objects)
