"""A git repository as it was handed in, opened without git: objects, names, what lies about.

Theory of operation. Only objects, refs, logs and the index are looked at. Configuration, hooks,
attributes, alternates and links are not even unpacked, so that nothing in them can be obeyed.
Objects are asked for by number and believed only when their contents have that number.
"""

from __future__ import annotations

import hashlib
import io
import os
import re
import stat
import tarfile
import warnings
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from .answering import Refused

MOST_FILES = 4_000
MOST_UNPACKED = 48 << 20

_ID = re.compile(rb"[0-9a-f]{40}")
_HEADS = ("MERGE_HEAD", "CHERRY_PICK_HEAD", "REVERT_HEAD", "ORIG_HEAD", "FETCH_HEAD")
_KEPT = re.compile(
    r"(?:HEAD|packed-refs|index|refs/.+|logs/.+"
    r"|objects/[0-9a-f]{2}/[0-9a-f]{38}|objects/pack/pack-[0-9a-f]+\.(?:pack|idx))"
)
_TYPES = {1: b"commit", 2: b"tree", 3: b"blob", 4: b"tag"}


@dataclass
class Opened:
    """A repository: `store` gives objects; `refs` may be symbolic ("ref: …")."""

    store: Any
    kind: str
    refs: dict[str, bytes] = field(default_factory=dict)
    logs: dict[str, bytes] = field(default_factory=dict)
    index: bytes = b""
    merging: list[str] = field(default_factory=list)
    files: dict[str, bytes] = field(default_factory=dict)
    prerequisites: list[str] = field(default_factory=list)

    def commit_of(self, name: str) -> str:
        """The number that a name stands for, "" when it leads nowhere."""
        for _ in range(6):
            found = self.refs.get(name, b"").strip()
            if not found.startswith(b"ref:"):
                return found.decode() if _ID.fullmatch(found) else ""
            name = found[4:].strip().decode("utf-8", "replace")
        return ""

    def object(self, number: str) -> tuple[bytes, bytes]:
        """Type and contents of an object; KeyError when it isn't there or isn't itself."""
        kind, raw = self.store.get_raw(number.encode())
        name = _TYPES.get(kind, b"")
        if hashlib.sha1(b"%s %d\0%s" % (name, len(raw), raw)).hexdigest() != number:
            raise KeyError(number)
        return name, raw


def open_bundle(data: bytes) -> Opened:
    """A bundle: every object of it, and the names at its head."""
    from dulwich.bundle import read_bundle
    from dulwich.object_store import MemoryObjectStore

    if not data.startswith((b"# v2 git bundle\n", b"# v3 git bundle\n")):
        raise Refused("isn't a git bundle; make one with `git bundle create NAME --all`")
    warnings.simplefilter("ignore")
    bundle = read_bundle(io.BytesIO(data))
    if "sha256" in str(bundle.capabilities.get("object-format")):
        raise Refused("uses SHA-256 numbers, which are not read; use an ordinary repository")
    store = MemoryObjectStore()
    prerequisites = [number.decode() for number, _ in bundle.prerequisites]
    try:
        bundle.store_objects(store)
    except KeyError:
        raise Refused(
            "needs commits that are not in it; make it with `git bundle create NAME --all`"
        ) from None
    refs = {
        name.decode("utf-8", "replace"): bytes(number) for name, number in bundle.references.items()
    }
    bundle.close()
    return Opened(store, "bundle", refs, prerequisites=prerequisites)


def open_tar(data: bytes) -> Opened:
    """A clone packed with tar, `.git` included."""
    return open_files(_unpacked(data))


def open_folder(folder: str) -> Opened:
    """A folder with a `.git` in it, or a bare repository."""
    found: dict[str, bytes] = {}
    for base, _, names in os.walk(folder):
        for name in names:
            path = Path(base, name)
            if stat.S_ISREG(path.lstat().st_mode):
                found[path.relative_to(folder).as_posix()] = path.read_bytes()
    return open_files(found)


def open_files(files: dict[str, bytes]) -> Opened:
    """A repository from the files of its folder."""
    from dulwich.object_store import DiskObjectStore

    root = _root_of(files)
    git = {name[len(root) :]: data for name, data in files.items() if name.startswith(root)}
    if len(git.get("HEAD", b"")) == 0:
        raise Refused("holds no git repository; pack the whole folder, `.git` included")
    home = Path("repository").resolve()
    for name, data in git.items():
        if _KEPT.fullmatch(name) and _is_inside(name):
            path = home / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(data)
    (home / "objects" / "pack").mkdir(parents=True, exist_ok=True)
    above = root.removesuffix(".git/")
    work = {
        name[len(above) :]: data
        for name, data in files.items()
        if root and name.startswith(above) and not name.startswith(root)
    }
    return Opened(
        DiskObjectStore(str(home / "objects")),
        "clone",
        {**_packed_refs(git.get("packed-refs", b"")), **_loose_refs(git)},
        {name[5:]: data for name, data in git.items() if name.startswith("logs/")},
        git.get("index", b""),
        [word.decode() for word in _ID.findall(git.get("MERGE_HEAD", b""))],
        work,
    )


def _root_of(files: dict[str, bytes]) -> str:
    """The folder that is the repository: the `.git` that lies highest, or the whole."""
    heads = [name for name in files if name == ".git/HEAD" or name.endswith("/.git/HEAD")]
    if heads:
        return min(heads, key=lambda name: (name.count("/"), name))[: -len("HEAD")]
    bare = [name for name in files if name == "HEAD" or name.endswith("/HEAD")]
    bare = [
        name for name in bare if f"{name[:-4]}packed-refs" in files or _has_objects(files, name)
    ]
    return min(bare, key=lambda name: (name.count("/"), name))[: -len("HEAD")] if bare else ""


def _has_objects(files: dict[str, bytes], head: str) -> bool:
    return any(name.startswith(f"{head[:-4]}objects/") for name in files)


def _unpacked(data: bytes) -> dict[str, bytes]:
    """The regular files of an archive, in memory; links and devices are left out."""
    found: dict[str, bytes] = {}
    room = MOST_UNPACKED
    try:
        with tarfile.open(fileobj=io.BytesIO(data), mode="r|*") as archive:
            for count, member in enumerate(archive):
                if count >= MOST_FILES or member.size > room:
                    raise Refused(
                        f"unpacks to more than {MOST_FILES:,} files or {MOST_UNPACKED >> 20} MB; "
                        "pack only the clone"
                    )
                name = member.name.removeprefix("./")
                reader = archive.extractfile(member) if member.isreg() else None
                if reader is not None and _is_inside(name):
                    found[name] = reader.read(member.size)
                    room -= member.size
    except (tarfile.TarError, OSError, EOFError, ValueError) as error:
        raise Refused("isn't a tar archive; make one with `tar czf NAME.tar.gz FOLDER`") from error
    return found


def _is_inside(name: str) -> bool:
    parts = name.split("/")
    return all(part not in ("", ".", "..") for part in parts) and "\0" not in name


def _loose_refs(git: dict[str, bytes]) -> dict[str, bytes]:
    return {
        name: data[:500]
        for name, data in git.items()
        if name.startswith("refs/") or name == "HEAD" or name in _HEADS
    }


def _packed_refs(data: bytes) -> dict[str, bytes]:
    found = {}
    for line in data.split(b"\n")[:10_000]:
        number, _, name = line.strip().partition(b" ")
        if _ID.fullmatch(number) and name.startswith(b"refs/"):
            found[name.decode("utf-8", "replace")] = number
    return found
