import network


class UnknownStopError(ValueError):
    pass


def look_up(code):
    for known, zones in network.STOPS.items():
        if known == code:
            return zones
    error = UnknownStopError("unknown stop")
    error.stop = code
    raise error


def fare(start, end, concession=False):
    ends = [look_up(start), look_up(end)]
    borders = min(abs(a - b) for a in ends[0] for b in ends[1])
    price = [185, 245, 305, 365, 425, 425][borders]
    return int(price / 2) if concession else price
