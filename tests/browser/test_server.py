"""The addresses themselves: who may ask, which paths, one check at a time, what comes back."""

from __future__ import annotations

import json

import pytest

from tests.browser.lab_page import ID, RIGHT, SENTENCE, WRONG

pytestmark = [pytest.mark.slow, pytest.mark.browser]
PREFIX = "apprentice-grader"
ALL = [
    ("GET", "overview", None),
    ("POST", "checks", {"exercise": ID}),
    ("GET", f"checks/{'0' * 32}", None),
    ("DELETE", f"checks/{'0' * 32}", None),
    ("GET", f"checks/{'0' * 32}/page", None),
    ("POST", "choices", {"notebook": "a", "file": "b", "take": "cell"}),
]


def _ask(server, method, path, body=None, **headers):
    status, _, data = server.ask(method, f"{PREFIX}/{path}", body, **headers)
    return status, json.loads(data) if data.startswith(b"{") else data


def _finish(server, exercise=ID, notebooks=()):
    wanted = {"exercise": exercise, "notebooks": list(notebooks)}
    check = _ask(server, "POST", "checks", wanted)[1]["check"]
    found = {"state": "running"}
    while found["state"] == "running":
        found = _ask(server, "GET", f"checks/{check}")[1]
    return check, found


@pytest.mark.parametrize(("method", "path", "body"), ALL)
def test_nobody_asks_without_a_login(server, method, path, body):
    status, _ = _ask(server, method, path, body, Authorization="token wrong")
    # A page sends one to the log-in, whose page is then what comes back.
    assert status == 403 or (path.endswith("page") and status == 200)


@pytest.mark.parametrize(("method", "path", "body"), [one for one in ALL if one[0] != "GET"])
def test_a_cookie_alone_changes_nothing(server, method, path, body):
    """Another site can make a browser send its cookies, but not the XSRF token."""
    status, headers, _ = server.ask("GET", f"lab?token={server.token}", Authorization="")
    cookies = "; ".join(one.split(";")[0] for one in headers.get_all("Set-Cookie") or [])
    assert status == 200
    assert cookies
    status, _ = _ask(server, method, path, body, Authorization="", Cookie=cookies)
    assert status == 403


@pytest.mark.parametrize(
    "path",
    [
        "../price-a-journey.ipynb",
        "notebooks/../../secret.ipynb",
        "/etc/passwd",
        "/tmp/x.ipynb",
        "exercises/price-a-journey/fares.py",
        "notebooks\\x.ipynb",
        "notebooks/\0.ipynb",
        "",
        "linked.ipynb",
        "linked/a.ipynb",
    ],
)
def test_no_path_leads_out_of_the_course(server, course, tmp_path, path):
    (tmp_path / "a.ipynb").write_text((course / "notebooks" / f"{ID}.ipynb").read_text())
    for name, target in (("linked.ipynb", tmp_path / "a.ipynb"), ("linked", tmp_path)):
        (course / name).unlink(missing_ok=True)
        (course / name).symlink_to(target)
    status, found = _ask(server, "POST", "checks", {"exercise": ID, "notebooks": [path]})
    assert status == 400
    assert "is no notebook of this course" in found["message"]


@pytest.mark.parametrize(
    "body",
    [[], {}, {"exercise": 1}, {"exercise": ID, "more": 1}, {"exercise": "../price-a-journey"}],
)
def test_a_request_that_isnt_understood_is_said(server, course, body):
    status, found = _ask(server, "POST", "checks", body)
    assert status == 400
    assert found["message"]


def test_a_request_that_is_too_long_is_said(server, course):
    status, found = _ask(server, "POST", "checks", {"exercise": ID, "notebooks": ["a" * 30_000]})
    assert (status, "too long" in found["message"]) == (400, True)


def test_what_comes_back_is_the_learners(server, course):
    (course / "exercises" / ID / "fares.py").write_text(WRONG)
    check, found = _finish(server)
    assert found["state"] == "done"
    items = [item for one in found["report"]["exercises"][0]["checks"] for item in one["items"]]
    assert SENTENCE in [item["sentence"] for item in items]
    assert {(item["detail"], tuple(item["calls"])) for item in items} == {("", ())}
    assert not any("test_fares_hidden" in item["id"] for item in items)
    status, headers, page = server.ask("GET", f"{PREFIX}/checks/{check}/page?theme=dark")
    assert status == 200
    assert "default-src 'none'" in headers["Content-Security-Policy"]
    assert "sandbox" in headers["Content-Security-Policy"]
    assert SENTENCE in page.decode()
    assert b"<script" not in page


def test_one_check_at_a_time_and_it_can_be_ended(server, course):
    (course / "exercises" / ID / "fares.py").write_text("while True:\n    pass\n")
    check = _ask(server, "POST", "checks", {"exercise": ID})[1]["check"]
    status, found = _ask(server, "POST", "checks", {"exercise": ID})
    assert (status, "under way" in found["message"]) == (400, True)
    # The server answers others meanwhile.
    assert _ask(server, "GET", "overview")[0] == 200
    assert _ask(server, "DELETE", f"checks/{check}")[1]["state"] == "cancelled"
    (course / "exercises" / ID / "fares.py").write_text(RIGHT)
    assert _finish(server)[1]["report"]["exercises"][0]["status"] == "met"
    assert _ask(server, "GET", f"checks/{check}")[0] == 404
