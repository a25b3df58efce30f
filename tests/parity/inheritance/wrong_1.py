class Animal:
    kinds = []

    def __init_subclass__(cls):
        Animal.kinds.append(cls.__name__)

    def __init__(self, name, legs):
        self.name, self.legs = name, legs

    def sound(self):
        return "nothing"

    def speak(self):
        return f"{self.name} says {self.sound()}"


class Dog(Animal):
    def __init__(self, name):
        super().__init__(name, legs=4)

    def sound(self):
        return "woof"


class Puppy(Dog):
    """A young dog."""

    def __init__(self, name, months):
        super().__init__(name)
        self.months = months

    def speak(self):
        return "softly"


class Being:
    def abilities(self):
        return ["be"]


class Flying(Being):
    def abilities(self):
        return ["fly", *super().abilities()]


class Swimming(Being):
    def abilities(self):
        return ["swim", *super().abilities()]


class Swan(Flying):
    pass


class Account:
    def __init__(self, balance):
        self.balance = balance

    def may_take(self, amount):
        return True

    def take(self, amount):
        if not self.may_take(amount):
            raise ValueError(amount)
        self.balance -= amount


class SavingsAccount(Account):
    def may_take(self, amount):
        return amount <= self.balance
