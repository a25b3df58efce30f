from datetime import UTC, date, datetime, time, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest
from program import OPENS, age, local, meeting, minutes_between, parse, workdays


def test_age():
    assert age(date(2000, 2, 29), on=date(2024, 2, 28)) == 23
    assert age(date(2000, 2, 29), on=date(2024, 2, 29)) == 24


def test_parse_knows_the_zone():
    found = parse("2025-06-01 12:00", "Europe/London")
    assert found == datetime(2025, 6, 1, 11, 0, tzinfo=UTC)
    assert found.utcoffset() == timedelta(hours=1)
    assert found.tzinfo == ZoneInfo("Europe/London")


def test_local():
    noon = datetime(2025, 1, 1, 12, tzinfo=UTC)
    assert local(noon, "America/New_York").hour == 7
    assert local(noon, "America/New_York") == noon


def test_fold():
    first = datetime(2025, 10, 26, 1, 30, tzinfo=ZoneInfo("Europe/London"))
    assert minutes_between(first, first.replace(fold=1)) == 60


def test_constant():
    assert OPENS == time(9, 30)
    assert OPENS.isoformat() == "09:30:00"


def test_fixed_offset():
    india = timezone(timedelta(hours=5, minutes=30))
    assert meeting(india).isoformat() == "2025-03-03T09:00:00+05:30"


def test_workdays():
    assert list(workdays(date(2025, 3, 7), 3)) == [
        date(2025, 3, 7), date(2025, 3, 10), date(2025, 3, 11),
    ]


def test_naive_times_are_refused():
    with pytest.raises(ValueError, match="zone"):
        local(datetime(2025, 1, 1), "Europe/London")
