"""The names by which this machine knows its user: the account, and what git signs with."""

from __future__ import annotations

import os
import pwd
import re
import subprocess
from dataclasses import dataclass
from pathlib import Path

# Accounts that many people share; finding these words in a text says nothing of a person.
_SHARED = frozenset(
    "root user admin administrator ubuntu debian jovyan vscode codespace student students "
    "apprentice apprentices learner developer dev runner guest test python docker nobody".split()
)
_SECONDS = 2.0
_WORD = re.compile(r"[^\W\d_]{3,}")


@dataclass(frozen=True)
class OwnNames:
    """`accounts` are user names, `people` names as people write them, `addresses` e-mail ones."""

    accounts: tuple[str, ...] = ()
    people: tuple[str, ...] = ()
    addresses: tuple[str, ...] = ()

    @property
    def words(self) -> frozenset[str]:
        """Every word of these names in small letters, three letters or more."""
        every = (*self.accounts, *self.people, *(one.split("@")[0] for one in self.addresses))
        return frozenset(word for name in every for word in _WORD.findall(name.lower()))


def own_names(folder: Path) -> OwnNames:
    """Ask the machine, and git with its settings for `folder`; what can't be had is left out."""
    account, full = _account()
    people = (full, _git(folder, "user.name"))
    return OwnNames(
        accounts=(account,) if len(account) > 2 and account.lower() not in _SHARED else (),
        people=tuple(dict.fromkeys(one for one in people if one and one.lower() not in _SHARED)),
        addresses=tuple(filter(None, (_git(folder, "user.email"),))),
    )


def _account() -> tuple[str, str]:
    """The account's name, and the full name that the system has for it."""
    try:
        found = pwd.getpwuid(os.getuid())
    except KeyError:
        return "", ""
    return found.pw_name, found.pw_gecos.split(",")[0].strip()


def _git(folder: Path, key: str) -> str:
    """One setting of git's; "" when there is no git, no such setting or no answer in time.

    `git config --get` only reads files: it runs no hook, no alias and no pager.
    """
    try:
        done = subprocess.run(
            ["git", "--no-pager", "config", "--get", key],
            cwd=folder,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=_SECONDS,
            check=False,
        )
    except (OSError, subprocess.SubprocessError):
        return ""
    return done.stdout[:200].decode("utf-8", "replace").strip()
