import random


class Dice:
    def __init__(self, seed):
        self._random = random.Random(seed)

    def roll(self):
        return self._random.randint(1, 6)

    def rolls(self, count):
        return [self.roll() for _ in range(count)]


def roll():
    return random.randint(0, 6)


def pick(items):
    return random.choice(items)


def shuffle(items):
    mixed = list(items)
    random.shuffle(mixed)
    return mixed


def deal(count):
    return random.sample(range(52), count)
