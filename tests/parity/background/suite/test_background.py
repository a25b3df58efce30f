import socket

import pytest


@pytest.fixture
def port():
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return free.getsockname()[1]


def test_serves_files(candidate, port):
    candidate.write("hello.txt", "hi £")
    with candidate.start(["program.py", port]):
        answer = candidate.request(port, "GET", "/hello.txt")
        assert (answer.status, answer.text) == (200, "hi £")
        assert answer.headers["Content-Type"] == "text/plain"
        assert candidate.request(port, "GET", "/none.txt").status == 404


def test_takes_a_note(candidate, port):
    running = candidate.start(["program.py", port])
    answer = candidate.request(port, "POST", "/", b"\x00note", {"X-From": "me"})
    assert (answer.status, answer.body) == (303, b"")
    assert answer.headers["location"] == "/inbox/note.txt"
    assert candidate.read_bytes("inbox/note.txt") == b"\x00note"
    assert '"POST / HTTP/1.1" 303' in running.stop().stdout


def test_ends_by_itself(candidate):
    done = candidate.start(["program.py"]).wait()
    assert (done.returncode, done.stderr) == (1, "usage: program PORT\n")
