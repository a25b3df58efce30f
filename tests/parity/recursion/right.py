def hanoi(disks, source, target, spare):
    if disks == 0:
        return []
    before = hanoi(disks - 1, source, spare, target)
    return [*before, (source, target), *hanoi(disks - 1, spare, target, source)]


def flatten(items):
    flat = []
    for item in items:
        flat.extend(flatten(item) if isinstance(item, list) else [item])
    return flat


def depth(items):
    return 1 + max((depth(item) for item in items), default=0)


def permutations(text):
    if len(text) < 2:
        return [text]
    return [
        text[i] + rest
        for i in range(len(text))
        for rest in permutations(text[:i] + text[i + 1 :])
    ]
