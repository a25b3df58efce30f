"""A whole HTML page that needs nothing else: no script, no font, no request."""

from __future__ import annotations

from importlib import resources

from grader.reports.markup import Html, element
from grader.reports.skill_page import patterns
from grader.reports.wording import STATEMENT
from grader.standard import standard

POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"
LICENCE = "https://www.nationalarchives.gov.uk/doc/open-government-licence/version/3/"


def document(title: str, header: Html, main: Html, *, graded: str) -> str:
    """Return a page; `graded` says in the footer how its results came about."""
    body = element(
        "body",
        element("a", "Skip to the report", href="#main", class_="skip"),
        patterns(),
        header,
        element("main", main, id="main"),
        _footer(graded),
    )
    return f"<!DOCTYPE html>\n{element('html', _head(title), body, lang='en-GB')}\n"


def _head(title: str) -> Html:
    style = resources.files(__package__).joinpath("page.css").read_text(encoding="utf-8")
    return element(
        "head",
        element("meta", charset="utf-8"),
        element("meta", http_equiv="Content-Security-Policy", content=POLICY),
        element("meta", name="viewport", content="width=device-width, initial-scale=1"),
        element("meta", name="color-scheme", content="light dark"),
        element("meta", name="referrer", content="no-referrer"),
        element("title", title),
        element("style", Html(style)),
    )


def _footer(graded: str) -> Html:
    facts = standard()
    wording = (
        f"Wording of the KSBs and duties: {facts.reference} {facts.title}, level {facts.level}, "
    )
    return element(
        "footer",
        element("p", graded),
        element("p", STATEMENT),
        element(
            "p",
            f"{wording}version {facts.version}. © Crown copyright 2025. Contains public sector "
            "information licensed under the ",
            element("a", "Open Government Licence v3.0", href=LICENCE, rel="license noreferrer"),
            ".",
        ),
    )
