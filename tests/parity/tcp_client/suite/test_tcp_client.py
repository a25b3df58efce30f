import socketserver

import pytest
from program import ask, talk


class Echo(socketserver.StreamRequestHandler):
    lines = []

    def handle(self):
        for line in self.rfile:
            self.lines.append(line)
            if line == b"long\n":
                self.wfile.write(b"x" * 300_000)
            else:
                self.wfile.write(b"you said " + line)


@pytest.fixture
def port(candidate):
    Echo.lines.clear()
    return candidate.service(Echo).port


def test_asks(port):
    assert ask(port, "hello £") == "you said hello £"
    assert Echo.lines == ["hello £\n".encode()]


def test_a_long_answer(port):
    assert ask(port, "long") == "x" * 300_000


def test_talks(port):
    assert talk(port, ["a", "b"]) == ["you said a", "you said b"]


def test_many_connections(port):
    assert [ask(port, str(n)) for n in range(20)] == [f"you said {n}" for n in range(20)]
