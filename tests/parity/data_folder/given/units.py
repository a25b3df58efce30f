FACTORS = {"km": 1000, "m": 1}


def to_metres(value, unit, *, digits=1):
    return round(value * FACTORS[unit], digits)
