"""Runs ruff over a learner's sources, as a limited process on a folder of our own.

Theory of operation. Ruff parses hostile text; it runs none of it. It gets copies in a private
folder, no configuration but ours, no cache, and limits on time, memory and what it can write; its
answer is decoded by a closed schema. Python has parsed the same files before, in a limited fork of
its own, so a file that is too much, or no Python at all, is told as such and never gets here: if
ruff then fails, that is not the learner's doing. Comments that switch rules off are ignored by
ruff and weighed by us.
"""

from __future__ import annotations

import ast
import io
import re
import resource
import shutil
import signal
import subprocess
import sys
import tempfile
import tokenize
from collections.abc import Mapping, Sequence
from pathlib import Path

import msgspec

from grader.bridge.limited import TooMuchError
from grader.errors import SandboxError
from grader.sandbox import lower, temporary

_SECONDS = 10  # of the processor
_HANGS = 60  # by the clock, beyond that: a busy machine makes no source too much
_MEMORY = 1 << 30
_OUTPUT = 8 << 20
_TARGET = "py311"
# SIGABRT: ruff's own stack or memory ran out, as for a thousand names joined by dots.
_LIMITS = (-signal.SIGXCPU, -signal.SIGXFSZ, -signal.SIGKILL, -signal.SIGABRT)
_NOQA = re.compile(
    r"#\s*(?P<whole>ruff:|flake8:)?\s*noqa\b(?P<codes>:\s*[A-Z]+[0-9]+(?:[,\s]+[A-Z]+[0-9]+)*)?"
    r"(?P<rest>.*)",
    re.IGNORECASE,
)
_RANGE = re.compile(r"#\s*ruff:\s*(?:disable|file-ignore|ignore)\b", re.IGNORECASE)
_REASON = re.compile(r"\w.*\w.*\w")


class Location(msgspec.Struct, frozen=True):
    """Where a finding stands; rows count from 1."""

    row: int


class Finding(msgspec.Struct, frozen=True):
    """One finding as ruff's JSON has it. `filename` is made relative; `code` may be missing."""

    filename: str
    location: Location
    message: str
    code: str | None = None
    noqa_row: int | None = None


class Waiver(msgspec.Struct, frozen=True):
    """A comment that asks for findings to be left out: which codes, and why."""

    line: int
    codes: tuple[str, ...]
    reason: str


class Source(msgspec.Struct, frozen=True):
    """What Python's own parser makes of a file; `broken` is the line of a syntax error, or 0."""

    broken: int = 0
    substance: bool = False
    waivers: tuple[Waiver, ...] = ()


class Sources(msgspec.Struct, frozen=True):
    """The sources by file."""

    by_file: dict[str, Source]


def read_sources(files: Mapping[str, bytes]) -> Sources:
    """Parse the files; to be called in a limited fork."""
    return Sources({name: _source(data) for name, data in files.items()})


def _source(data: bytes) -> Source:
    try:
        tree = ast.parse(data)
        words = list(tokenize.tokenize(io.BytesIO(data).readline))
    except SyntaxError as error:
        return Source(broken=max(1, error.lineno or 1))
    except (ValueError, tokenize.TokenError):
        return Source(broken=1)
    comments = [word for word in words if word.type == tokenize.COMMENT]
    found = [_waiver(word.string, word.start[0]) for word in comments]
    return Source(
        substance=not all(map(_is_plain, tree.body)),
        waivers=tuple(one for one in found if one is not None),
    )


def _is_plain(node: ast.stmt) -> bool:
    """Whether a statement is only an import or a text, as stands in a file before any work."""
    if isinstance(node, ast.Expr):
        return isinstance(node.value, ast.Constant)
    return isinstance(node, (ast.Import, ast.ImportFrom))


def _waiver(comment: str, line: int) -> Waiver | None:
    if _RANGE.search(comment):
        return Waiver(line, (), "")
    found = _NOQA.search(comment)
    if found is None:
        return None
    codes = tuple(re.findall(r"[A-Z]+[0-9]+", (found["codes"] or "").upper()))
    reason = found["rest"].strip(" -–—:#()")
    # A whole file, or every rule at once, is never left out for one reason.
    whole = bool(found["whole"]) or not codes
    return Waiver(line, codes, reason if _REASON.search(reason) and not whole else "")


def lint(
    files: Mapping[str, bytes],
    beside: Mapping[str, bytes],
    rules: Sequence[str],
    *,
    line_length: int,
    complexity: int,
) -> tuple[Finding, ...]:
    """Return ruff's findings on the files; those `beside` tell it which imports are our own.

    Raises TooMuchError when it runs into a limit, SandboxError when it isn't there, or fails.
    """
    words = [
        find_ruff(),
        "check",
        "--isolated",
        "--ignore-noqa",
        "--no-cache",
        "--no-fix",
        "--exit-zero",
        "--quiet",
        "--output-format=json",
        f"--target-version={_TARGET}",
        f"--select={','.join(rules)}",
        f"--config=line-length={line_length}",
        f"--config=lint.mccabe.max-complexity={complexity}",
        f"--config=lint.pycodestyle.max-line-length={line_length}",
        "--",
        *files,
    ]
    with temporary.lasting("style") as name:
        folder = name / "work"
        for file, data in {**beside, **files}.items():
            path = folder / file
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(data)
        found = _run(words, folder)
    return tuple(
        msgspec.structs.replace(one, filename=Path(one.filename).relative_to(folder).as_posix())
        for one in found
    )


def find_ruff() -> str:
    """Where ruff's command lies: beside this Python, or where its package says."""
    beside = shutil.which("ruff", path=str(Path(sys.executable).parent))
    if beside:
        return beside
    try:
        from ruff.__main__ import find_ruff_bin  # type: ignore[import-untyped]

        return str(find_ruff_bin())
    except (ImportError, FileNotFoundError):
        raise SandboxError(
            "The check of style needs ruff, which isn't installed here. "
            "Install the grader again with its dependencies."
        ) from None


def _run(words: Sequence[str], folder: Path) -> list[Finding]:
    with tempfile.TemporaryFile() as output:
        try:
            done = subprocess.run(
                words,
                cwd=folder,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.DEVNULL,
                env={"RAYON_NUM_THREADS": "1"},
                timeout=_SECONDS + _HANGS,
                check=False,
                preexec_fn=_limit,
            )
        except subprocess.TimeoutExpired:
            raise TooMuchError from None
        except OSError as error:
            raise SandboxError(f"ruff could not be run: {error.strerror}") from None
        output.seek(0)
        said = output.read(_OUTPUT)
    if done.returncode in _LIMITS or len(said) == _OUTPUT:
        raise TooMuchError
    if done.returncode != 0:
        raise SandboxError(f"ruff stopped by itself (exit code {done.returncode})")
    try:
        return msgspec.json.decode(said, type=list[Finding])
    except msgspec.DecodeError as error:
        raise SandboxError(f"ruff's answer can't be read: {error}") from None


def _limit() -> None:
    """In the child, before it becomes ruff."""
    lower(resource.RLIMIT_CORE, 0)
    lower(resource.RLIMIT_CPU, _SECONDS)
    lower(resource.RLIMIT_FSIZE, _OUTPUT)
    if sys.platform == "linux":
        lower(resource.RLIMIT_AS, _MEMORY)
