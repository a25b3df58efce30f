class Shop:
    def __init__(self):
        self._stock = {}
        self.open = False

    def add(self, name, count):
        self._stock[name] = count

    def count(self, name):
        return self._stock.get(name, 0)

    def sell(self, name):
        if not self.open:
            raise RuntimeError("closed")
        self._stock[name] -= 1
        return self._stock[name]

    def close(self):
        self.open = False
