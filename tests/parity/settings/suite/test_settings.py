import os
import unittest
from unittest import mock

import pytest
from program import home, load, save


def test_defaults(monkeypatch, tmp_path):
    monkeypatch.chdir(tmp_path)
    assert load() == {"host": "localhost", "port": 8080}


def test_a_file_in_the_current_folder(monkeypatch, tmp_path):
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "app.ini").write_text("[app]\nport = 99\n")
    monkeypatch.chdir(tmp_path / "in")
    assert load()["port"] == 99
    save(host="h")
    assert (tmp_path / "in" / "app.ini").read_text() == "[app]\nhost = h\n\n"


class EnvironmentTest(unittest.TestCase):
    @mock.patch.dict(os.environ, {"APP_HOST": "example.org", "APP_PORT": "1"})
    def test_overrides(self):
        self.assertEqual(load("nowhere.ini"), {"host": "example.org", "port": 1})

    def test_back_to_normal(self):
        with mock.patch.dict(os.environ, {"APP_HOST": "x"}):
            self.assertEqual(load("nowhere.ini")["host"], "x")
        self.assertEqual(load("nowhere.ini")["host"], "localhost")


def test_home(monkeypatch, tmp_path):
    monkeypatch.delenv("APP_HOME", raising=False)
    with pytest.raises(KeyError, match="APP_HOME"):
        home()
    monkeypatch.setenv("APP_HOME", str(tmp_path))
    assert home() == tmp_path
