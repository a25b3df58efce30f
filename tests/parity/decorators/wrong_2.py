import functools


def count_calls(function):
    def wrapper(*args, **kwargs):
        wrapper.calls += 1
        return function(*args, **kwargs)

    wrapper.calls = 0
    return wrapper


def retry(times, on):
    def decorate(function):
        @functools.wraps(function)
        def wrapper(*args, **kwargs):
            for attempt in range(times):
                try:
                    return function(*args, **kwargs)
                except Exception:
                    if attempt == times - 1:
                        raise

        return wrapper

    return decorate


class Limited:
    def __init__(self, function, most):
        self.function = function
        self.left = most

    def __call__(self, *args):
        if self.left <= 0:
            raise RuntimeError("too often")
        self.left -= 1
        return self.function(*args)


@count_calls
def greet(name):
    """Greet somebody."""
    return f"Hello {name}"
