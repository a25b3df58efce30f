"""What tells one call from another: the function, its arguments, and the contents of files."""

import inspect as _inspect
from pathlib import Path as _Path


def _call_key(function, args, kwargs):
    bound = _inspect.signature(function).bind(*args, **kwargs)
    bound.apply_defaults()
    return f"{function.__name__}{[_part_of_key(value) for value in bound.arguments.values()]}"


def _part_of_key(value):
    if not isinstance(value, _Path):
        return repr(value)
    return str(value.read_bytes()) if value.is_file() else "no file"
