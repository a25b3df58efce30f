"""Appended last: each public function of the program now goes through `_wrap`."""

# ruff: noqa: F821 - the runner puts the missing names in front or behind

import dataclasses as _dataclasses
import functools as _functools


def _deep(value, about):
    """The value with `about` of each part: items, values of keys, fields of dataclasses."""
    if type(value) in (list, tuple):
        value = type(value)(_deep(item, about) for item in value)
    elif type(value) is dict:
        value = {key: _deep(item, about) for key, item in value.items()}
    elif _dataclasses.is_dataclass(value):
        parts = {f.name: getattr(value, f.name) for f in _dataclasses.fields(value)}
        return _dataclasses.replace(value, **{k: _deep(v, about) for k, v in parts.items()})
    return about(value) if type(value) in (int, float, str, list, tuple, dict) else value


def _rebound(function):
    @_functools.wraps(function)
    def wrapped(*args, **kwargs):
        return _wrap(function, args, kwargs)

    return wrapped


for _name, _value in list(globals().items()):
    _own = type(_value) is type(_rebound) and _value.__module__ == __name__
    if _own and not _name.startswith("_"):
        globals()[_name] = _rebound(_value)
