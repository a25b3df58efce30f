"""Tests of the parcel rates."""

import pytest
from solution import (
    Parcel,
    ParcelError,
    Van,
    announce,
    apply,
    each_twice,
    first_of,
    heaviest,
    label,
    rate,
    save,
    store,
    tidy,
    visit,
)


def test_rate():
    assert rate(1) == 250
    with pytest.raises(ParcelError):
        rate(0)


def test_lists():
    names = ["b", "a"]
    tidy(names)
    assert names == ["a", "b"]
    assert heaviest([1, 3, 2]) == 3
    assert list(each_twice([1, 2])) == [2, 4]
    assert apply(abs, [-1]) == [1]


def test_texts(tmp_path, capsys):
    assert label("Ada") == "To: Ada"
    save(tmp_path / "names.txt", ["Ada"])
    assert (tmp_path / "names.txt").read_text() == "Ada"
    announce("Ada")
    assert "Ada" in capsys.readouterr().out


def test_parcels():
    assert Parcel("Ada", 2).heavier(Parcel("Ben", 1))


def test_vans_and_visits(tmp_path):
    with Van() as van:
        van.load("Ada")
        assert van.count() == 1
    seen = []
    visit(seen.append, [" Ada "])
    assert seen == ["Ada"]
    assert first_of(["Ada", "Ben"]) == "Ada"
    assert first_of([]) is None
    assert store(tmp_path / "kept.txt", ["Ada"]).read_text() == "Ada"
