"""The `work` fixture: handed-in files as data, whatever they hold.

Theory of operation. Nothing here believes, evaluates or follows what a file says. A file that
is missing, too large or malformed ends the test as the learner's matter, with one sentence that
names the file, the line and what to do; it is never our fault or the author's.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from typing import Any, TypeVar

import msgspec

from grader.bridge.artefacts import debugging
from grader.bridge.artefacts.csv_table import Table, table_of
from grader.bridge.artefacts.database import Answer, Cell, ScriptFailed, Step, run_sql
from grader.bridge.artefacts.diagram import Diagram
from grader.bridge.artefacts.html_page import HtmlPage, html_of
from grader.bridge.artefacts.malformed import Malformed, Wrong
from grader.bridge.artefacts.markdown_page import Section, page_of
from grader.bridge.artefacts.mermaid_text import diagram_of
from grader.bridge.artefacts.nested import json_of, shaped, toml_of
from grader.bridge.artefacts.plain_text import text_of
from grader.bridge.artefacts.repository import Repository, read_repository
from grader.bridge.artefacts.scripts import Entry, run_script, survey
from grader.bridge.artefacts.sql_script import Statement, statements_of
from grader.bridge.artefacts.trying import read
from grader.bridge.commands import Completed
from grader.bridge.incidents import AuthorFault, Cause, Incident
from grader.bridge.session import Session
from grader.errors import SandboxError
from grader.escaping import visible
from grader.sandbox import Sandbox

T = TypeVar("T")
Shape = TypeVar("Shape", bound=msgspec.Struct)


class Work:
    """The files of one submission, as a hidden test reads them."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._scripted = False

    # -- data

    def has(self, name: str) -> bool:
        """Whether the file was handed in and holds something."""
        self._check_name(name)
        return bool(self._session.files.get(name, b"").strip())

    def raw(self, name: str) -> bytes:
        """The file as it is."""
        self._check_name(name)
        data = self._session.files.get(name)
        if data is None:
            raise self._stop(name, Malformed("isn't there; put it into your folder"))
        if not data:
            raise self._stop(name, Malformed("is empty; put your work into it"))
        return data

    def text(self, name: str) -> str:
        """Text in UTF-8 with "\\n" line ends."""
        return self._read(name, text_of)

    def lines(self, name: str) -> list[str]:
        """Its lines without line ends; a last empty one is left out."""
        return self.text(name).removesuffix("\n").split("\n")

    def csv(self, name: str, columns: Sequence[str] = (), *, delimiter: str = ",") -> Table:
        """A table with a header that has `columns`; rows are dicts with `.line`."""
        return self._read(name, lambda data: table_of(data, columns, delimiter))

    def toml(self, name: str, shape: type[Any] | None = None) -> Any:
        """A TOML document as a dict, or as `shape`, a msgspec Struct that it must fit."""
        return self._shaped(name, self._read(name, toml_of), shape)

    def json(self, name: str, shape: type[Any] | None = None) -> Any:
        """A JSON value; as `shape`, a msgspec Struct that it must fit."""
        return self._shaped(name, self._read(name, json_of), shape)

    def markdown(self, name: str) -> Section:
        """A page of Markdown as its outermost section."""
        return self._read(name, page_of)

    def html(self, name: str) -> HtmlPage:
        """A page of HTML (or a drawing in SVG) as browsers read it."""
        return self._read(name, html_of)

    def mermaid(self, name: str) -> Diagram:
        """A Mermaid diagram as nodes and edges."""
        return self._read(name, diagram_of)

    # -- SQL

    def sql(self, name: str) -> tuple[Statement, ...]:
        """The statements of a file of SQL; nothing is run."""
        return self._read(name, statements_of)

    def query(self, name: str, sql: str, *values: Cell) -> list[dict[str, Cell]]:
        """Run the file on an empty SQLite database, then one query; its rows."""
        answer = self.database(name, [(sql, values)])[0]
        if answer.error:  # its text could quote our query
            self._note(name)(f"{sql}: {answer.error}")
            problem = "can't be asked what this test asks; check the names of tables and columns"
            raise self._stop(name, Malformed(problem))
        return answer.records

    def database(self, names: str | Sequence[str], steps: Sequence[Step]) -> list[Answer]:
        """Run files on an empty SQLite database, then statements; one answer for each.

        `steps` are pairs of a statement and its values. An answer's `error` is SQLite's.
        """
        files = [names] if isinstance(names, str) else list(names)
        setup = [self.sql(name) for name in files]
        note, seconds = self._note(files[-1]), self._patience(10)
        try:
            return self._or_stop(
                files[-1],
                lambda: run_sql(self._readers, setup, steps, note, seconds=seconds),
            )
        except ScriptFailed as failed:
            raise self._stop(files[failed.file], failed.problem) from None

    # -- git

    def git(self, name: str, known: Collection[str] = ()) -> Repository:
        """A bundle, or a clone packed with tar, read in the sandbox.

        `known` are addresses of the exercise's invented people; all others get pseudonyms.
        """
        data, note, seconds = self.raw(name), self._note(name), self._patience(20)
        return self._or_stop(
            name,
            lambda: read_repository(self._readers, data, known=known, seconds=seconds, note=note),
        )

    # -- what was handed in to be run

    def pdb(
        self,
        name: str,
        program: str,
        files: Mapping[str, bytes | str] | None = None,
        arguments: Sequence[str] = (),
        *,
        seconds: float = 20.0,
    ) -> debugging.Replay:
        """Replay a script of `pdb` commands on a program of the author's, in the sandbox.

        The program's folder holds the given files, and `files` over them: none of the learner's.
        It may take `seconds`, or the time of a test if that is less.
        """
        given = {n: d for n, d in self._session.files.items() if n not in self._session.handed_in}
        extra = {n: d.encode() if isinstance(d, str) else d for n, d in (files or {}).items()}
        folder = {**given, **extra}
        if program not in folder:
            raise AuthorFault(f"work.pdb: {program} is neither given nor among `files`")
        self._session.remark(debugging.REMARK)
        commands, note = self._read(name, debugging.commands_of), self._note(name)
        return self._or_stop(
            name,
            lambda: debugging.replay(
                self._readers,
                commands,
                program,
                folder,
                arguments,
                seconds=self._patience(seconds),
                note=note,
            ),
        )

    def script(
        self,
        name: str,
        *arguments: str,
        stdin: str = "",
        environ: Mapping[str, str] | None = None,
        timeout: float | None = None,
    ) -> Completed:
        """Run a handed-in `.py` or `.sh` in the program's folder; what it makes stays there.

        Shell scripts need `processes = true` and `programs` under `[sandbox]`.
        """
        self.raw(name)
        self._scripted = True
        return self._or_stop(
            name,
            lambda: run_script(self._session, name, arguments, stdin, environ or {}, timeout),
        )

    def entries(self) -> dict[str, Entry]:
        """Everything in the program's folder: kinds, modes, contents, where links lead."""
        return self._or_stop("your program", lambda: survey(self._session))

    def close(self) -> None:
        """The test is over: nothing that a script has started goes on."""
        if self._scripted:
            self._session.end_all()

    # -- what a test finds

    def wrong(self, name: str, line: int, text: str) -> Wrong:
        """A finding, to be raised: `raise work.wrong("stories.csv", 4, "has no goal")`.

        The learner reads `text` and the place. Keep hidden values out of it.
        """
        self._check_name(name)
        return Wrong(f"{visible(name)}, line {line}" if line else visible(name), text)

    # -- inside

    @property
    def _readers(self) -> Sandbox:
        if self._session.readers is None:
            raise AuthorFault("`work` reads this in artefacts/ only, not in hidden/")
        return self._session.readers

    def _patience(self, seconds: float) -> float:
        """How long a reader may take: less than the watchdog of a test, which knows no file."""
        return min(seconds, self._session.deadlines.test)

    def _read(self, name: str, parse: Callable[[bytes], T]) -> T:
        data = self.raw(name)
        return self._or_stop(name, lambda: read(parse, data, self._note(name)))

    def _shaped(self, name: str, found: Any, shape: type[Any] | None) -> Any:
        return found if shape is None else self._or_stop(name, lambda: shaped(found, shape))

    def _or_stop(self, name: str, make: Callable[[], T]) -> T:
        try:
            return make()
        except Malformed as problem:
            raise self._stop(name, problem) from None
        except (SandboxError, OSError) as error:  # ours, whatever the file holds
            raise self._session.at_fault(f"{name} could not be read here: {error}") from None

    def _stop(self, name: str, problem: Malformed) -> BaseException:
        """The end of this test; for a given file it is the author who must act."""
        sentence = problem.sentence(name)
        if name in self._session.files and name not in self._session.handed_in:
            return AuthorFault(f"a given file can't be read: {sentence}")
        return self._session.stop(Incident(Cause.FILE, sentence))

    def _note(self, name: str) -> Callable[[str], None]:
        return lambda text: self._session.remark(f"{visible(name)}: {visible(text, 300)}")

    def _check_name(self, name: str) -> None:
        known = {*self._session.handed_in, *self._session.files}
        if name not in known:
            raise AuthorFault(f"`work` in exercise.toml doesn't name {name}")
