import re

_TEXTS = ["\ud800", "\udfff\ud800", "\x00", "\ufffe\uffff", "a\u0301" * 1000, "\U000e0041", "\u202e"]
_BYTES = [b"\xed\xa0\x80", b"\xc0\x80", b"\xf4\x90\x80\x80", b"\xef\xbb\xbf", b"\xff\xfe"]
_count = [0]


def _answer(*args, **kwargs):
    _count[0] += 1
    raise type(_TEXTS[_count[0] % 2], (Exception,), {})(*_TEXTS, *_BYTES)


def label(name):
    return "".join(_TEXTS)


def heaviest(weights):
    return {text: raw for text, raw in zip(_TEXTS, _BYTES)}


def rate(weight):
    raise ValueError("\ud800\ud801")


def announce(name):
    print("\ud800\x00\x1b[31m", b"\xed")


def __getattr__(name):
    if name.startswith("__"):
        raise AttributeError(name)
    return _answer
