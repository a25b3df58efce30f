import configparser
import csv
import json
import tomllib

import pytest
from program import dialect_of, merge, option, port_of, totals, version, write_table


def test_totals(tmp_path):
    path = tmp_path / "sales.csv"
    path.write_text('town,amount\nLeeds,2.5\n"York, old",1\nLeeds,4\n')
    assert totals(path) == {"Leeds": 6.5, "York, old": pytest.approx(1.0)}


def test_a_bad_number_and_a_missing_column(tmp_path):
    path = tmp_path / "sales.csv"
    path.write_text("town,amount\nLeeds,x\n")
    with pytest.raises(ValueError, match="could not convert"):
        totals(path)
    path.write_text("town,sum\nLeeds,1\n")
    with pytest.raises(KeyError, match="amount"):
        totals(path)


def test_writes_a_table(tmp_path):
    rows = [{"b": 'say "hi"', "a": 1}, {"b": "x,y", "a": None}]
    write_table(tmp_path / "t.csv", rows)
    assert (tmp_path / "t.csv").read_bytes() == b'a,b\r\n1,"say ""hi"""\r\n,"x,y"\r\n'
    with open(tmp_path / "t.csv", newline="") as file:
        assert list(csv.reader(file))[0] == ["a", "b"]


def test_finds_the_delimiter():
    assert dialect_of("a;b;c\n1;2;3\n") == ";"
    with pytest.raises(csv.Error):
        dialect_of("")


def test_merges_json(tmp_path):
    (tmp_path / "1.json").write_text('{"b": 1, "z": null}')
    (tmp_path / "2.json").write_text('{"b": [2.5], "a": {"£": true}}')
    expected = {"b": [2.5], "z": None, "a": {"£": True}}
    target = tmp_path / "out.json"
    assert merge(tmp_path / "1.json", tmp_path / "2.json", target) == expected
    assert json.loads(target.read_text()) == expected
    assert target.read_text().index('"a"') < target.read_text().index('"b"')


def test_bad_json(tmp_path):
    (tmp_path / "1.json").write_text("{}")
    (tmp_path / "2.json").write_text('{"a": }')
    with pytest.raises(json.JSONDecodeError) as caught:
        merge(tmp_path / "1.json", tmp_path / "2.json", tmp_path / "out.json")
    assert (caught.value.lineno, caught.value.colno, caught.value.pos) == (1, 7, 6)
    assert caught.value.msg == "Expecting value"
    assert not (tmp_path / "out.json").exists()


def test_ini(tmp_path):
    path = tmp_path / "app.ini"
    assert port_of(path) is None
    path.write_text("[server]\nhost = localhost\n")
    assert port_of(str(path)) == 8080
    assert option(path, "server", "host") == "localhost"
    with pytest.raises(KeyError):
        option(path, "server", "colour")
    path.write_text("[server\n")
    with pytest.raises(configparser.MissingSectionHeaderError) as caught:
        port_of(path)
    assert caught.value.lineno == 1


def test_toml(tmp_path):
    (tmp_path / "p.toml").write_text('[project]\nversion = "1.20.3"\n')
    assert version(tmp_path / "p.toml") == (1, 20, 3)
    (tmp_path / "p.toml").write_text("[project\n")
    with pytest.raises(tomllib.TOMLDecodeError, match="at line 1"):
        version(tmp_path / "p.toml")
