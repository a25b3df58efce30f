for _number in range(100_000):
    globals()[f"name{_number}"] = _number


class Level0(Exception):
    pass


for _number in range(1, 900):
    _kind = type(f"Level{_number}", (globals()[f"Level{_number - 1}"],), {})
    globals()[f"Level{_number}"] = _kind


def _answer(*args, **kwargs):
    raise _kind("deep")


def __getattr__(name):
    if name.startswith("__"):
        raise AttributeError(name)
    return _answer
