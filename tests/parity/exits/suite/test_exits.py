import pytest
from program import Fault, check, guarded, main


@pytest.mark.parametrize(
    ("words", "code", "out", "err"),
    [
        (["a", "b"], 0, "a\nb\nbye\n", ""),
        (["a", "bad"], 4, "a\nbye\n", "fault: a bad word\n"),
        (["stop"], 3, "bye\n", ""),
        ([], 0, "bye\n", ""),
    ],
)
def test_exit_codes(candidate, words, code, out, err):
    done = candidate.run(["program.py", *words])
    assert (done.returncode, done.stdout, done.stderr) == (code, out, err)


def test_leaving_within_a_test():
    with pytest.raises(SystemExit) as caught:
        check("stop")
    assert caught.value.code == 3
    assert guarded(["a", "stop"]) == 3


def test_faults(capsys):
    with pytest.raises(Fault):
        guarded(["bad"])
    assert main(["x", "bad"]) == Fault.code
    assert capsys.readouterr().err == "fault: a bad word\n"
