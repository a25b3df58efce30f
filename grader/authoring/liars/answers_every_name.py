"""A module that has whatever it is asked for, special names too, and all of it is one class."""


class Meta(type):
    def __getattr__(cls, name):
        return cls

    def __eq__(cls, other):
        return True

    def __hash__(cls):
        return 0


class LiarError(Exception, metaclass=Meta):
    def __getattr__(self, name):
        return LiarError

    def __call__(self, *args, **kwargs):
        return self

    def __eq__(self, other):
        return True

    __hash__ = Exception.__hash__


def __getattr__(name):
    return LiarError
