import itertools
import statistics
import textwrap
from operator import itemgetter


def summary(numbers):
    quartiles = statistics.quantiles(numbers, n=4)
    return {"mean": statistics.fmean(numbers), "median": statistics.median(numbers),
            "stdev": statistics.stdev(numbers), "quartiles": quartiles}


def by_team(people):
    ordered = people
    groups = itertools.groupby(ordered, key=itemgetter("team"))
    return {team: [one["name"] for one in group] for team, group in groups}


def windows(items, size):
    copies = itertools.tee(items, size)
    for skipped, copy in enumerate(copies):
        for _ in range(skipped):
            next(copy, None)
    return zip(*copies)


def pairs(names):
    return itertools.permutations(names, 2)


def ticket_numbers(start):
    return itertools.count(start, 10)


def box(title, text):
    lines = textwrap.wrap(textwrap.dedent(text).strip(), 20)
    return "\n".join([f"{title:=^20}", *(f"{line:<20}" for line in lines)])
