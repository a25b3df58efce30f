import sys

_server = sys.modules["_candidate.server"].Server
_plain = _server.send
_kept = []


def _send(self, message):
    _kept.append(message)
    if len(_kept) > 3:
        _plain(self, _kept.pop(0))


_server.send = _send
