from ..prices import price


class Basket:
    def __init__(self):
        self.items = []

    def add(self, item):
        self.items.append(item)
        return self

    @property
    def total(self):
        return sum(price(item) for item in self.items)

    def __len__(self):
        return len(self.items)
