import sys

import program
import pytest


def test_from_standard_input(candidate):
    done = candidate.run(["program.py"], stdin="b a b\n")
    assert (done.returncode, done.stdout, done.stderr) == (0, "a 1\nb 2\n", "")


def test_a_file_and_an_option(candidate, tmp_path):
    (tmp_path / "in.txt").write_text("x y x\n")
    done = candidate.run(["program.py", tmp_path / "in.txt", "--min", "2"])
    assert done.stdout == "x 2\n"


def test_writes_a_file(candidate, tmp_path):
    candidate.run(["program.py", "--out", tmp_path / "sub.txt"], stdin="a")
    assert (tmp_path / "sub.txt").read_text() == "a 1"
    candidate.run(["program.py", "--out=here.txt"], stdin="b")
    assert candidate.read_text("here.txt") == "b 1"


def test_a_missing_file(candidate, tmp_path):
    done = candidate.run(["program.py", str(tmp_path / "none.txt")])
    assert done.returncode == 2
    assert done.stdout == ""
    assert done.stderr == f"tally: {tmp_path / 'none.txt'}: not found\n"


def test_wrong_usage(candidate):
    done = candidate.run(["program.py", "--min", "two"])
    assert done.returncode == 2
    assert "usage: tally" in done.stderr
    assert "invalid int value: 'two'" in done.stderr


def test_environment(candidate):
    done = candidate.run(["program.py"], stdin="a", environ={"TALLY_UPPER": "1"})
    assert done.stdout == "A 1\n"


def test_nothing_to_say(candidate):
    done = candidate.run(["-m", "program"], stdin="")
    assert done.returncode == 1
    assert done.stderr.endswith("nothing to say\n")


def test_main_called_here(candidate, capsys, tmp_path):
    (tmp_path / "in.txt").write_text("q")
    assert program.main([str(tmp_path / "in.txt")]) == 0
    assert capsys.readouterr().out == "q 1\n"
    candidate.stdin("z z")
    candidate.argv("program.py", "--min", "2")
    candidate.environ(TALLY_UPPER="yes")
    assert program.main() == 0
    assert capsys.readouterr().out == "Z 2\n"


def test_leaving_early(candidate, capsys):
    with pytest.raises(SystemExit) as caught:
        program.main(["--help"])
    assert caught.value.code == 0
    assert capsys.readouterr().out.startswith("usage: tally [-h] [--min N]")
    candidate.stdin("")
    with pytest.raises(SystemExit, match="nothing to say") as caught:
        program.main([])
    assert caught.value.code == "tally: nothing to say"


def test_the_parser():
    options = program.build().parse_args(["f", "--min", "3"])
    assert (options.file, options.min, options.out) == ("f", 3, None)


def test_surroundings_by_monkeypatch(monkeypatch, capsys, tmp_path):
    (tmp_path / "in.txt").write_text("n m")
    monkeypatch.setattr(sys, "argv", ["program.py", "in.txt", "--out", "res.txt"])
    monkeypatch.setenv("TALLY_UPPER", "1")
    monkeypatch.chdir(tmp_path)
    assert program.main() == 0
    assert (tmp_path / "res.txt").read_text() == "M 1\nN 1"
    monkeypatch.delenv("TALLY_UPPER")
    assert program.main() == 0
    assert (tmp_path / "res.txt").read_text() == "m 1\nn 1"
