import sys
import time

_module = sys.modules["_candidate.server"]


def _send(self, message):
    for byte in _module.pack(message):
        self.sock.sendall(bytes([byte]))
        time.sleep(0.5)


def rate(weight):
    _module.Server.send = _send
    return 250


_answer = rate


def __getattr__(name):
    if name.startswith("__"):
        raise AttributeError(name)
    return _answer
