"""Why something that was handed in is left out, and the one line that would have it taken."""

from __future__ import annotations

import difflib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from grader.submission import is_copy_of

_ARCHIVES = (
    ".rar", ".7z", ".tar", ".tgz", ".tbz", ".tbz2", ".txz", ".gz", ".bz2", ".xz", ".zst", ".zipx",
    ".iso", ".dmg", ".cab", ".ace", ".lzh",
)  # fmt: skip
_DOCUMENTS = (
    ".doc", ".docx", ".odt", ".rtf", ".pages", ".pdf", ".gdoc", ".one", ".pptx", ".ppt", ".xlsx",
    ".png", ".jpg", ".jpeg", ".heic",
)  # fmt: skip
_PAGES = (".html", ".htm", ".url", ".webloc")
Cure = tuple[str, str | bool]  # the table of corrections.toml, and the value


@dataclass(frozen=True)
class Left:
    """Something that was left out: why, as the end of a sentence, and what would have it taken.

    `label` stands in place of the path where all under one label is meant.
    """

    path: Path
    said: str
    cure: Cure | None = None
    label: str = ""


@dataclass(frozen=True)
class Refusals:
    """Finds the reasons, by names alone."""

    course: Mapping[str, Sequence[str]]

    def of_folder(self, folder: Path) -> tuple[str, Cure | None]:
        """Why a folder is no work."""
        near = difflib.get_close_matches(folder.name, self.course, n=1, cutoff=0.6)
        if near:
            said = f"is no exercise of this course; is it {near[0]}? Then rename it"
            return said, ("exercises", near[0])
        said = "is no exercise of this course, and holds no work for one"
        return said, ("ignore", True)

    def of_file(
        self, name: str, between: Sequence[str], fitting: Sequence[str]
    ) -> tuple[str, Cure | None]:
        """Why a file is no work; `between` are exercises that it could be for alike."""
        suffix = PurePosixPath(name).suffix.casefold()
        if any(name in self.course[one] for one in between):
            could = [one for one in between if name in self.course[one]]
            said = f"could be for {' or '.join(could[:5])}; put it into a folder of that name"
            return said, ("exercises", could[0])
        copies = [
            f"{one}/{work}" for one, names in self.course.items() for work in names
            if is_copy_of(name, work)
        ]  # fmt: skip
        if copies:
            here = [one for one in copies if one.partition("/")[0] in fitting] or copies
            said = f"isn't named as work is; if it is {here[0]}, say so or rename it"
            return said, ("exercises", here[0])
        if suffix in _ARCHIVES:
            return "is an archive that isn't opened; unpack it here, or have a zip handed in", None
        if suffix in _DOCUMENTS:
            said = "is a document or picture, and programs are graded; ask for the file itself"
            return said, ("ignore", True)
        if suffix in _PAGES:
            said = "is a file that belongs to no exercise: text typed into the platform's own page"
            return f"{said}; ask for the file, or copy the text into one", ("ignore", True)
        if suffix == ".ipynb":
            said = "is a file that belongs to no exercise: none of the notebook's cells begins with"
            return f"{said} `%%workfile EXERCISE/FILE` of this course", ("ignore", True)
        if fitting:
            return f"wasn't taken as work for {' or '.join(fitting)}", ("ignore", True)
        return "is a file that belongs to no exercise; say for which, or leave it", ("ignore", True)
