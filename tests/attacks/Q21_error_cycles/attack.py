class Knot(Exception):
    pass


def _answer(*args, **kwargs):
    first, second = Knot("a"), Knot("b")
    first.__cause__, second.__cause__ = second, first
    first.args = (first, second, [first])
    for number in range(100_000):
        first.add_note(f"note {number}")
    raise first


def rate(weight):
    group = ExceptionGroup("g", [ValueError(1)])
    for _ in range(500):
        group = ExceptionGroup("g", [group, ValueError(2)])
    raise group


def heaviest(weights):
    raise BaseExceptionGroup("g", [KeyboardInterrupt(), SystemExit(0), GeneratorExit()])


def label(name):
    raise GeneratorExit


def each_twice(weights):
    raise StopIteration(5)


def __getattr__(name):
    if name.startswith("__"):
        raise AttributeError(name)
    return _answer
