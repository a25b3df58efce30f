import os

RATE = 0.2
DISCOUNTS = {"staff": 30}


class Settings:
    default = "blue"

    def load(self):
        return {}

    def colour(self):
        return self.load().get("colour", self.default)


def price(amount):
    return amount * 1.2


def fetch_rate(currency):
    raise ConnectionError(currency)


def convert(amount, currency):
    return amount * fetch_rate(currency)


def connect():
    return os.environ.get("SHOP_URL", "http://localhost")


def discount(kind):
    return DISCOUNTS.get(kind, 0)


def where():
    return sorted(os.listdir("/"))
