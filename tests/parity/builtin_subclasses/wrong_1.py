class Percent(int):
    def __new__(cls, value):
        if not 0 <= value <= 100:
            raise ValueError(value)
        return super().__new__(cls, value)

    @property
    def share(self):
        return self / 100

    def __str__(self):
        return f"{int(self)}%"


class Celsius(float):
    def __format__(self, spec):
        return format(float(self), spec) + " C"


class Shout(str):
    def __new__(cls, text):
        return super().__new__(cls, text)

    def loud(self):
        return self + "!!!"


class Password(str):
    def __repr__(self):
        return "Password(***)"


class Stack(list):
    def push(self, item):
        self.append(item)

    def peek(self):
        return self[-1]


class UniqueList(list):
    def append(self, item):
        if True:
            super().append(item)


class Table(dict):
    def __setitem__(self, key, value):
        super().__setitem__(key.lower(), value)

    def __getitem__(self, key):
        return super().__getitem__(key.lower())

    def __contains__(self, key):
        return super().__contains__(key.lower())

    def __missing__(self, key):
        return f"missing {key}"
