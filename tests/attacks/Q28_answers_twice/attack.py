import sys

_server = sys.modules["_candidate.server"].Server
_plain = _server.send
_server.send = lambda self, message: (_plain(self, message), _plain(self, message))
