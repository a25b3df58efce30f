import contextlib


class NotEnoughError(Exception):
    pass


class Account:
    def __init__(self, balance):
        self.balance = balance

    def take(self, amount):
        if amount > self.balance:
            raise NotEnoughError(amount)
        self.balance -= amount


class Timer:
    def __init__(self):
        self.running, self.rounds, self.failed_with = False, 0, None

    def __enter__(self):
        self.running = True
        return self

    def __exit__(self, kind, error, trace):
        self.running = False
        self.rounds += 1
        self.failed_with = kind.__name__ if kind else None
        return False


class quiet:  # noqa: N801
    def __init__(self, *kinds):
        self.kinds = kinds

    def __enter__(self):
        return None

    def __exit__(self, kind, error, trace):
        return kind is not None and issubclass(kind, self.kinds)


@contextlib.contextmanager
def tag(name):
    print(f"<{name}>")
    yield name
    print(f"</{name}>")


@contextlib.contextmanager
def transaction(account):
    before = account.balance
    try:
        yield account
    except Exception:
        account.balance = before
        raise
