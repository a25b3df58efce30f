import json
import socket

import program
import pytest


@pytest.fixture
def port():
    server = program.start()
    yield server.server_port
    server.shutdown()
    server.server_close()


@pytest.fixture(autouse=True)
def stock():
    program.STOCK.clear()
    program.STOCK["apples"] = 3


def test_gets_an_item(candidate, port):
    answer = candidate.request(port, "GET", "/stock/apples")
    assert answer.status == 200
    assert answer.headers["content-type"] == "application/json"
    assert answer.json() == {"item": "apples", "count": 3}


def test_unknown_item(candidate, port):
    answer = candidate.request(port, "GET", "/stock/pears")
    assert (answer.status, answer.json()) == (404, {"error": "unknown item"})


def test_adds_and_writes(candidate, port):
    body = json.dumps({"count": 2})
    assert candidate.request(port, "POST", "/stock/apples", body).status == 201
    answer = candidate.request(port, "GET", "/stock/apples")
    assert answer.text == '{"item": "apples", "count": 5}'
    assert json.loads(candidate.read_text("stock.json")) == {"apples": 5}


def test_no_such_method(candidate, port):
    assert candidate.request(port, "DELETE", "/stock/apples").status == 501


def test_as_a_command(candidate):
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    with candidate.start(["program.py", port]) as running:
        answer = candidate.request(port, "GET", "/stock/apples")
        assert answer.json()["count"] == 3
    assert running.stop().stdout == "ready\n"
    with pytest.raises(ConnectionRefusedError):
        candidate.request(port, "GET", "/stock/apples")
