class Countdown:
    def __init__(self, start):
        self.start = start

    def __iter__(self):
        self.one = getattr(self, 'one', None) or _Counting(self.start)
        return self.one

    def __reversed__(self):
        return iter(range(1, self.start + 1))


class _Counting:
    def __init__(self, left):
        self.left = left

    def __iter__(self):
        return self

    def __next__(self):
        if self.left == 0:
            raise StopIteration
        self.left -= 1
        return self.left + 1


class Deck:
    def __init__(self):
        self._cards = [suit + rank for suit in "AB" for rank in "12"]

    def __len__(self):
        return len(self._cards)

    def __getitem__(self, place):
        return self._cards[place]


class Peekable:
    def __init__(self, items):
        self._items = list(items)

    def __iter__(self):
        return self

    def __next__(self):
        if not self._items:
            raise StopIteration
        return self._items.pop(0)

    def __bool__(self):
        return bool(self._items)

    def peek(self, otherwise=None):
        return self._items[0] if self._items else otherwise
