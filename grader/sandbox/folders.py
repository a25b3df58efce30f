"""Where things lie: fixed places inside the sandbox at level full, temporary folders below it."""

from __future__ import annotations

import os
import shutil
from collections.abc import Sequence
from pathlib import Path

from . import bubblewrap, temporary
from .inside.removal import remove_folder
from .level import Level
from .limits import Mount

NOBODY = 65534  # uid and gid that programs get when the worker is root; owns nothing anywhere


def becomes(level: Level) -> tuple[int, int] | None:
    """Return the uid and gid that programs change to at `level`, `None` if they keep ours."""
    return (NOBODY, NOBODY) if os.getuid() == 0 and level > Level.NONE else None


class Folders:
    """The folder of packages and the work roots; made and removed here below level full."""

    def __init__(self, level: Level, packages: Sequence[Mount]) -> None:
        self._level = level
        self._roots: set[str] = set()
        self._base: Path | None = None
        self.packages = bubblewrap.PACKAGES
        if level < Level.FULL:
            self._base = temporary.folder("cells")
            self._base.chmod(0o711)
            self.packages = str(self._link(self._base / "packages", packages))

    @staticmethod
    def _link(folder: Path, packages: Sequence[Mount]) -> Path:
        folder.mkdir()
        folder.chmod(0o755)  # whatever the umask is
        for mount in packages:
            suffix = "" if mount.source.is_dir() else mount.source.suffix
            (folder / f"{mount.name}{suffix}").symlink_to(mount.source.resolve())
        return folder

    @property
    def first_root(self) -> str:
        """The root that cells get as long as one at a time is open."""
        return bubblewrap.ROOT if self._base is None else str(self._base / "w1")

    def new_root(self) -> str:
        """Return an empty folder that a cell may write in; the same path while it is free."""
        if self._base is None:
            return bubblewrap.ROOT
        number = 1
        while (root := str(self._base / f"w{number}")) in self._roots:
            number += 1
        Path(root).mkdir(0o700)
        self._roots.add(root)
        if user := becomes(self._level):
            os.chown(root, *user)
        return root

    def drop_root(self, root: str) -> tuple[str, ...]:
        """Remove a cell's folder; return what could not be removed, in words."""
        if root not in self._roots:
            return ()
        try:
            remove_folder(root)
        except OSError as error:
            return (f"the work folder could not be removed ({error})",)
        self._roots.discard(root)
        return ()

    def close(self) -> None:
        """Remove everything."""
        if self._base is not None:
            for root in list(self._roots):
                self.drop_root(root)
            shutil.rmtree(self._base, ignore_errors=True)
            self._base = None
