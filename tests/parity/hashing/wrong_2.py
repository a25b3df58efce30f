class Card:
    def __init__(self, suit, rank):
        self.suit, self.rank = suit, rank

    def __eq__(self, other):
        if not isinstance(other, Card):
            return NotImplemented
        return self.suit == other.suit

    def __hash__(self):
        return hash((self.suit, self.rank))


class Coin:
    pass


class Mutable:
    def __init__(self, value):
        self.value = value

    def __eq__(self, other):
        return self.value == other.value


def unique(items):
    return list(items)
