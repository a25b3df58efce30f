"""Right, and writes down each call: run under the public examples to learn their calls."""

# ruff: noqa: F821 - the runner puts the missing names in front or behind


def _wrap(function, args, kwargs):
    with _Path(__file__).with_name("calls.txt").open("a", encoding="utf-8") as file:
        file.write(ascii(_call_key(function, args, kwargs)) + "\n")
    return function(*args, **kwargs)
