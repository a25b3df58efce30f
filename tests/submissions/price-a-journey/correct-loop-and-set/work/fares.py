from decimal import ROUND_HALF_UP, Decimal

FREE = set(range(5))
HALF = set(range(5, 16))


class FareError(Exception):
    pass


def check(value, smallest):
    if isinstance(value, int) and not isinstance(value, bool) and value >= smallest:
        return
    raise FareError("wrong value: " + str(value))


def price(zones, age, tariff):
    check(zones, 1)
    check(age, 0)
    cost = tariff[0]
    for place in range(1, zones):
        if place < len(tariff):
            cost = tariff[place]
        else:
            cost += tariff[-1] - tariff[-2]
    if age in FREE:
        return 0
    if age in HALF:
        return int((Decimal(cost) / 2).quantize(Decimal("1"), ROUND_HALF_UP))
    return cost
