from collections import namedtuple
from typing import NamedTuple

Place = namedtuple("Place", "name longitude latitude extra", defaults=[0])


class Reading(NamedTuple):
    station: str
    celsius: float
    unit: str = "C"

    @property
    def fahrenheit(self):
        return self.celsius * 5 / 9 + 32

    def label(self):
        return f"{self.station}: {self.celsius} {self.unit}"


def hottest(readings):
    return max(readings, key=lambda reading: reading.celsius, default=None)


def nearest(places, point):
    def distance(place):
        return (place.latitude - point[0]) ** 2 + (place.longitude - point[1]) ** 2

    return min(places, key=distance)
