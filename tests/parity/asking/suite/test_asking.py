from unittest import mock

import pytest
from program import ask_number, menu, total


def test_asks_again(candidate, capsys):
    candidate.stdin("x\n\n-7\n")
    assert ask_number() == -7
    assert capsys.readouterr().out == (
        "number? 'x' is no number\nnumber? '' is no number\nnumber? "
    )


def test_gives_up(candidate):
    candidate.stdin("a\nb\n")
    with pytest.raises(ValueError, match="too many tries"):
        ask_number(tries=2)
    candidate.stdin("a\n")
    with pytest.raises(EOFError):
        ask_number()


def test_total(candidate, capsys):
    candidate.stdin("1.5\n2\nend\n9\n")
    assert total() == 3.5
    candidate.stdin("4\n")
    assert total() == 4
    assert capsys.readouterr().out == "2 amounts: 3.50\n1 amounts: 4.00\n"


def test_menu_with_swapped_input(candidate, capsys):
    asked = []

    def answer(prompt=""):
        asked.append(prompt)
        return "2"

    candidate.swap("builtins.input", answer)
    assert menu(["tea", "milk"]) == "milk"
    assert asked == ["choose: "]
    assert capsys.readouterr().out == "1) tea\n2) milk\n"


def test_monkeypatched_input(monkeypatch):
    answers = iter(["one", "1"])
    monkeypatch.setattr("builtins.input", lambda prompt="": next(answers))
    assert menu(["tea"]) == "tea"


def test_mocked_input():
    with mock.patch("builtins.input", side_effect=["5"]) as fake:
        assert ask_number("n: ") == 5
    fake.assert_called_once_with("n: ")


def test_stdin_by_monkeypatch(monkeypatch):
    import io

    monkeypatch.setattr("sys.stdin", io.StringIO("8\n"))
    assert ask_number() == 8
