import subprocess

import pytest
from program import code_of, evaluate, upper


def test_output():
    assert evaluate("print(6 * 7)") == "42"
    assert upper("loud") == "LOUD"


def test_exit_code():
    assert code_of("raise SystemExit(3)") == 3


def test_a_failing_program():
    with pytest.raises(subprocess.CalledProcessError) as caught:
        evaluate("import sys; sys.exit(2)")
    assert caught.value.returncode == 2


def test_a_slow_program():
    with pytest.raises(subprocess.TimeoutExpired):
        evaluate("import time; time.sleep(20)", timeout=0.2)
