"""Classes whose metaclass says that everything is an instance, a subclass and equal."""


class Meta(type):
    def __instancecheck__(cls, instance):
        return True

    def __subclasscheck__(cls, subclass):
        return True

    def __eq__(cls, other):
        return True

    def __hash__(cls):
        return hash(int)

    def __getattr__(cls, name):
        if name.startswith("__"):
            raise AttributeError(name)
        return cls

    def __contains__(cls, item):
        return True

    def __len__(cls):
        return 1

    def __call__(cls, *args, **kwargs):
        return cls


class LiarError(Exception, metaclass=Meta):
    pass


_given_out = {}


def __getattr__(name):
    if name.startswith("__"):
        raise AttributeError(name)
    return _given_out.setdefault(name, Meta(name, (LiarError,), {}))
