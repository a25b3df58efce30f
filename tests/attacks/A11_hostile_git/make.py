"""A repository whose settings and hooks leave a file behind when git is called in it."""

from pathlib import Path

CONFIG = """[core]
\trepositoryformatversion = 0
\tbare = false
\tfsmonitor = "touch PWNED_BY_GIT_FSMONITOR; false"
\tpager = "touch PWNED_BY_GIT_PAGER"
\tsshCommand = "touch PWNED_BY_GIT_SSH"
[diff]
\texternal = "touch PWNED_BY_GIT_DIFF"
[alias]
\tst = "!touch PWNED_BY_GIT_ALIAS"
"""


def make(folder: Path) -> None:
    git = folder / ".git"
    for name in ("hooks", "objects", "refs/heads"):
        (git / name).mkdir(parents=True)
    (git / "HEAD").write_text("ref: refs/heads/main\n")
    (git / "config").write_text(CONFIG)
    for name in ("post-checkout", "pre-commit", "post-index-change"):
        (git / "hooks" / name).write_text("#!/bin/sh\ntouch PWNED_BY_GIT_HOOK\n")
        (git / "hooks" / name).chmod(0o755)
    (folder / ".gitattributes").write_text("* filter=evil diff=evil\n")
