import shop
from shop import price_of


def receipt(*items):
    basket = shop.Basket()
    lines = []
    for item in items:
        basket.add(item)
        lines.append(f"{item:<6}{price_of(item):>5}")
    return "\n".join([*lines, f"{'total':<6}{basket.total:>5}"])
