"""Everything that a tar can hold and a submission must not."""

import io
import tarfile
from pathlib import Path


def make(folder: Path) -> Path:
    path = folder / "special.tar"
    with tarfile.open(path, "w") as archive:

        def add(name: str, kind: bytes, **facts: object) -> None:
            info = tarfile.TarInfo(name)
            info.type = kind
            for key, value in facts.items():
                setattr(info, key, value)
            archive.addfile(info, io.BytesIO(b"x") if kind == tarfile.REGTYPE else None)

        add("null", tarfile.CHRTYPE, devmajor=1, devminor=3)
        add("disk", tarfile.BLKTYPE, devmajor=8, devminor=0)
        add("solution.py", tarfile.FIFOTYPE)
        add("out", tarfile.SYMTYPE, linkname="../../..")
        add("out/PWNED_TAR.py", tarfile.REGTYPE, size=1)
        add("passwords", tarfile.LNKTYPE, linkname="/etc/passwd")
        add("a/b/c/link", tarfile.SYMTYPE, linkname="../../../x")
        add("hard", tarfile.LNKTYPE, linkname="a/b/c/link")
        add("as-owner", tarfile.REGTYPE, size=1, mode=0o6755, uid=0)
    return path
