"""Right, but what it raises derives from several built-in exceptions beside its own."""


def _wrap(function, args, kwargs):
    try:
        return function(*args, **kwargs)
    except Exception as error:
        bases = [b for b in (ValueError, KeyError, TypeError) if not isinstance(error, b)]
        kind = type(type(error).__name__, (type(error), *bases), {})
        error.__class__ = kind
        raise
