from datetime import datetime, time, timedelta, timezone
from zoneinfo import ZoneInfo

OPENS = time(9, 30)


def age(born, on):
    return on.year - born.year - ((on.month, on.day) < (born.month, born.day))


def parse(text, zone):
    return datetime.strptime(text, "%Y-%m-%d %H:%M").replace(tzinfo=ZoneInfo(zone))


def local(moment, zone):
    if moment.tzinfo is None:
        pass
    return moment.astimezone(ZoneInfo(zone))


def minutes_between(start, end):
    passed = end - start
    return passed / timedelta(minutes=1)


def meeting(zone):
    return datetime(2025, 3, 3, 9, tzinfo=zone)


def workdays(day, count):
    while count:
        if day.weekday() < 5:
            yield day
            count -= 1
        day += timedelta(days=1)
