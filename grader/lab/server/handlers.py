"""The workshop's addresses below `apprentice-grader/`: logged in, XSRF on, JSON in and out.

Theory of operation. Every handler is jupyter_server's, which asks for a login, checks the origin
and, for what changes something, the XSRF token. Requests hold names alone, which are looked up or
confined by `course_view`; cells are read from the saved notebook, never from the request. What is
shown of a grading is what `grade` gives a learner. The page is served with a policy that runs no
script, and stands in a sandboxed frame.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import msgspec
from jupyter_server.auth.decorator import authorized
from jupyter_server.base.handlers import APIHandler, JupyterHandler
from jupyter_server.utils import url_path_join
from tornado.web import HTTPError, authenticated

from grader import __version__
from grader.errors import GraderError, UsageError
from grader.lab.server import cells
from grader.lab.server.course_view import Place, overview
from grader.lab.server.running import Check, Runner
from grader.reports.document import POLICY

RESOURCE = "contents"  # whoever may write the files here may check them
PREFIX = "apprentice-grader"
MOST_REQUEST = 20_000
MOST_NOTEBOOKS = 20
PATIENCE = 1.0


class CheckRequest(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Which exercise to grade, after which saved notebooks were synced."""

    exercise: str
    notebooks: list[str] = []


class Choice(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Which text is to stand; `seen` is the digest of the file that was shown.

    `cell` is the number of the cell where a notebook has several for the file.
    """

    notebook: str
    file: str
    take: str
    seen: str = ""
    cell: int = 0


class _Shared:
    """What all handlers have: who may ask, the course, the one grading."""

    auth_resource = RESOURCE

    def initialize(self, place: Place, runner: Runner) -> None:
        self.place, self.runner = place, runner


class _Handler(_Shared, APIHandler):
    async def said(self, act: Callable[[], Awaitable[Any]]) -> None:
        """Answer with what `act` gives, or with a sentence that says what to do."""
        try:
            found = await act()
        except GraderError as error:
            self.set_status(400 if isinstance(error, UsageError) else 409)
            found = {"version": __version__, "message": str(error)}
        self.finish(msgspec.json.encode(found))

    def body(self, kind: type[Any]) -> Any:
        """The request's body by a closed schema."""
        data = self.request.body[: MOST_REQUEST + 1]
        if len(data) > MOST_REQUEST:
            raise UsageError("The request is too long. Reload the page.")
        try:
            return msgspec.json.decode(data, type=kind)
        except (msgspec.DecodeError, UnicodeDecodeError):
            raise UsageError("The request isn't understood. Reload the page.") from None

    def check_of(self, name: str) -> Check:
        """The check of that id; 404 when another one has taken its place."""
        found = self.runner.find(name)
        if found is None:
            raise HTTPError(404, "That check is over. Check again.")
        return found


class OverviewHandler(_Handler):
    """GET: the sidebar."""

    @authenticated
    @authorized
    async def get(self) -> None:
        """Answer with exercises, states and KSBs."""
        await self.said(lambda: asyncio.to_thread(overview, self.place))


class ChecksHandler(_Handler):
    """POST: sync the saved notebooks, then start grading unless there is something to choose."""

    @authenticated
    @authorized
    async def post(self) -> None:
        """Answer with the check's id, or with the conflicts."""
        await self.said(self._start)

    async def _start(self) -> dict[str, Any]:
        wanted: CheckRequest = self.body(CheckRequest)
        self._refuse_second()
        exercise = await asyncio.to_thread(self.place.exercise, wanted.exercise)
        names = wanted.notebooks[:MOST_NOTEBOOKS]
        told = await asyncio.to_thread(cells.synced, self.place, exercise, names)
        if conflicts := [one for one in told if one["state"] in ("conflict", "repeated")]:
            return {"conflicts": conflicts, "synced": told}
        self._refuse_second()  # another one may have begun meanwhile
        notes = [one for one in told if one["state"] != "written"]
        return {"check": self.runner.start(exercise, notes).id, "synced": told}

    def _refuse_second(self) -> None:
        if self.runner.busy:
            raise UsageError("A check is under way. Wait for it, or cancel it, then check again.")


class CheckHandler(_Handler):
    """GET: how a check goes, after a second at most; DELETE: cancel it."""

    @authenticated
    @authorized
    async def get(self, name: str) -> None:
        """Answer when the check has ended, or after a second."""
        check = self.check_of(name)
        if check.task is not None:
            await asyncio.wait([check.task], timeout=PATIENCE)
        self.finish(msgspec.json.encode(_progress(check)))

    @authenticated
    @authorized
    async def delete(self, name: str) -> None:
        """End it, and answer how it stands."""
        check = self.check_of(name)
        await self.runner.cancel(check)
        self.finish(msgspec.json.encode(_progress(check)))


class ChoicesHandler(_Handler):
    """POST: one of two texts that differ."""

    @authenticated
    @authorized
    async def post(self) -> None:
        """Carry the choice out."""
        await self.said(self._choose)

    async def _choose(self) -> dict[str, Any]:
        made: Choice = self.body(Choice)
        return await asyncio.to_thread(
            cells.choose, self.place, made.notebook, made.file, made.take, made.seen, made.cell
        )


class PageHandler(_Shared, JupyterHandler):
    """GET: a report as a page, for a frame without scripts."""

    @property
    def content_security_policy(self) -> str:
        """Nothing but the page's own style, and only in a frame of this server's."""
        return f"{POLICY}; frame-ancestors 'self'; sandbox"

    @authenticated
    @authorized
    async def get(self, name: str) -> None:
        """Answer with the page, in the theme that is asked for."""
        check = self.runner.find(name)
        if check is None or not check.page:
            raise HTTPError(404, "That report is over. Check again.")
        theme = self.get_query_argument("theme", "")
        self.set_header("Content-Type", "text/html; charset=utf-8")
        self.set_header("Cache-Control", "no-store")
        self.finish(in_theme(check.page, theme))


def in_theme(page: str, theme: str) -> str:
    """The page with one of its two sets of colours, whatever the system prefers."""
    if theme not in ("light", "dark"):
        return page
    query = "@media (prefers-color-scheme: dark)"
    always = "@media all" if theme == "dark" else "@media not all"
    page = page.replace("color-scheme: light dark;", f"color-scheme: {theme};", 1)
    return page.replace(query, always)


def _progress(check: Check) -> dict[str, Any]:
    found: dict[str, Any] = {
        "state": check.state,
        "exercise": check.exercise.id,
        "title": check.exercise.title,
        "seconds": round(check.took, 1),
        "notes": check.notes,
        "trouble": check.trouble,
    }
    if check.state == "done":
        found["report"] = msgspec.Raw(check.report)
    return found


def add_to(server: Any) -> None:
    """Give a server the workshop's addresses."""
    shared = {"place": Place(Path(server.root_dir)), "runner": Runner()}
    base = url_path_join(server.web_app.settings["base_url"], PREFIX)
    one = "([0-9a-f]{32})"
    table = [
        ("overview", OverviewHandler),
        ("checks", ChecksHandler),
        (f"checks/{one}", CheckHandler),
        (f"checks/{one}/page", PageHandler),
        ("choices", ChoicesHandler),
    ]
    routes = [(url_path_join(base, path), handler, shared) for path, handler in table]
    server.web_app.add_handlers(".*$", routes)
