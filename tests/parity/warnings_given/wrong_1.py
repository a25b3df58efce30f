import warnings


class OldWarning(UserWarning):
    pass


def area(width, height):
    warnings.warn("use size() instead", FutureWarning, stacklevel=2)
    return width * height


def save(name):
    warnings.warn(f"format {name} is old", OldWarning)


def quiet(number):
    if number < 0:
        warnings.warn("negative")
    return number
