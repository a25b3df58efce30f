from collections import ChainMap, Counter, OrderedDict, defaultdict, deque


class Config(ChainMap):
    pass


def count_words(text):
    return Counter(text.split())


def by_initial(words):
    groups = defaultdict(list)
    for word in words:
        groups[word[0]].append(word)
    return groups


def rotate(items, steps):
    items.rotate(steps)
    return items


def history(items):
    return deque(items, maxlen=3)


def lru(pairs):
    kept = OrderedDict()
    for key, value in pairs:
        kept[key] = value
        kept.move_to_end(key)
    return kept
