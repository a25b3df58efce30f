import contextlib
import io

import program
from program import ask_name, banner, menu, report


def test_print(capsys):
    banner("hi")
    captured = capsys.readouterr()
    assert captured.out == "******\n* hi *\n******\n"
    assert captured.err == ""


def test_in_pieces(capsys):
    menu(["a"])
    assert capsys.readouterr().out == "1) a\n"
    menu(["b", "c"])
    assert capsys.readouterr().out.splitlines() == ["1) b", "2) c"]


def test_stderr(capsys):
    assert report([3, -1]) == 1
    out, err = capsys.readouterr()
    assert out.strip() == "3"
    assert "ignored: -1" in err


def test_order_with_the_suites_own_prints(capsys):
    print("before")
    banner("x")
    print("after")
    assert capsys.readouterr().out.splitlines()[0] == "before"


def test_redirected():
    stream = io.StringIO()
    with contextlib.redirect_stdout(stream):
        menu(["x"])
    assert stream.getvalue() == "1) x\n"


def test_print_inside_a_callback(capsys):
    program.twice(lambda: print("called"))
    assert capsys.readouterr().out == "0\ncalled\n1\ncalled\n"


def test_input(candidate, capsys):
    candidate.stdin("\nAda\n")
    assert ask_name() == "Ada"
    assert capsys.readouterr().out.count("Name? ") == 2


def test_input_is_replaced(monkeypatch):
    answers = iter(["", "Bob"])
    monkeypatch.setattr("builtins.input", lambda prompt="": next(answers))
    assert ask_name() == "Bob"
