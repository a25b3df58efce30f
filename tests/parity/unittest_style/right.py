class EmptyError(ValueError):
    pass


class Basket:
    def __init__(self, prices):
        self._prices = prices
        self.items = {}

    def __repr__(self):
        return f"Basket({self._prices!r})"

    def __len__(self):
        return sum(self.items.values())

    def add(self, name, count=1):
        self._prices[name]
        self.items[name] = self.items.get(name, 0) + count

    def clear(self):
        self.items.clear()

    def total(self):
        return sum(self._prices[name] * count for name, count in self.items.items())

    async def total_later(self):
        return self.total()


def mean(values):
    if not values:
        raise EmptyError("no values")
    return sum(values) / len(values)


def parse(text):
    return int(text) if text.strip().isdigit() else None
