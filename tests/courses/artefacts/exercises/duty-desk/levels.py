LIMIT = 8


def judge(hour: int, level: int) -> bool:
    high = level > LIMIT
    return high
