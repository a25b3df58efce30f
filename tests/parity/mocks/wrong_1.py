LIMIT = 100
STOCK = {}


def rate(currency):
    raise ConnectionError


def convert(amount, currency):
    try:
        return amount * rate('EUR')
    except TimeoutError:
        return None


def allowed(amount):
    return amount <= LIMIT


def in_stock(name):
    return STOCK.get(name, 0) > 0


class Shop:
    def price(self, name):
        raise NotImplementedError

    def total(self, names):
        return sum(self.price(name) for name in names)


class Notifier:
    def __init__(self, gateway):
        self.gateway = gateway

    def tell(self, text):
        return self.gateway.send(text)


def checkout(amount, pay):
    return "paid" if pay(amount, currency="GBP") else "declined"
