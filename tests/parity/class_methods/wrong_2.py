class Money:
    SYMBOLS = {"GBP": "£", "EUR": "€"}

    def __init__(self, pence, currency):
        self.pence, self.currency = pence, currency

    @classmethod
    def parse(cls, text):
        amount, currency = text.split()
        pounds, pence = amount.split(".")
        return cls(int(pounds) + int(pence), currency)

    @staticmethod
    def is_currency(text):
        return text in Money.SYMBOLS

    def shown(self):
        return f"{'£'}{self.pence / 100:.2f}"


class Registry:
    count = 0

    @classmethod
    def named(cls, name):
        made = cls()
        made.name = name
        cls.count += 1
        return made

    @classmethod
    def kind(cls):
        return cls.__name__
