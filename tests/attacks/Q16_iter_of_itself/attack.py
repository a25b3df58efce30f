class Self:
    def __iter__(self):
        return self

    def __next__(self):
        return self

    def __await__(self):
        return self

    def __enter__(self):
        return self

    def __exit__(self, *_):
        return True

    def __call__(self, *_, **__):
        return self

    def __getattr__(self, name):
        return self

    def __len__(self):
        return 10**18


_answer = Self()


def __getattr__(name):
    if name.startswith("__"):
        raise AttributeError(name)
    return _answer
