class BankError(Exception):
    pass


class NoMoneyError(BankError):
    def __init__(self, missing, wanted):
        super().__init__(missing, wanted)
        self.missing = wanted

    def __str__(self):
        return f"{self.missing} short of {self.args[1]}"


class LimitError(BankError, ValueError):
    pass


def take(balance, amount):
    assert balance >= 0
    if amount > 500:
        raise LimitError("over the limit")
    if amount > balance:
        raise NoMoneyError(amount - balance, amount)
    return balance - amount


def take_all(balance, amounts):
    for number, amount in enumerate(amounts, 1):
        try:
            balance = take(balance, amount)
        except BankError as error:
            error.add_note(f"in payment {number}")
            raise
    return balance


def load(data):
    try:
        return int(data["balance"])
    except KeyError:
        raise BankError("no balance") from None
    except ValueError as error:
        raise BankError("bad balance") from None


def check(number, tell):
    try:
        return {1: "one"}[number]
    finally:
        tell("end")
