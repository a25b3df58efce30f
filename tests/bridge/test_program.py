"""The learner's program as a command: it ends as Python itself would end it."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from grader.bridge.candidate import program


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Any:
    """`run(source, *argv)`: exit code, output and errors of the program, run in this process."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(sys, "argv", list(sys.argv))
    monkeypatch.syspath_prepend(str(tmp_path))
    monkeypatch.setattr(sys, "dont_write_bytecode", True)

    def start(source: str, *argv: str, module: bool = False) -> tuple[int, str, str]:
        Path("fares.py").write_text(source)
        words = ["-m", "fares"] if module else ["fares.py"]
        sys.modules.pop("fares", None)
        code = program._run([*words, *argv])
        out, err = capsys.readouterr()
        return code, out, err

    return start


def test_a_program_gets_its_arguments_and_ends_well(run: Any) -> None:
    source = "import sys\nif __name__ == '__main__':\n    print(sys.argv)\n"
    assert run(source, "3", "adult") == (0, "['fares.py', '3', 'adult']\n", "")


def test_a_module_can_be_run(run: Any) -> None:
    code, out, _ = run("import sys\nprint(__name__, sys.argv[1:])", "x", module=True)
    assert (code, out) == (0, "__main__ ['x']\n")


@pytest.mark.parametrize(
    ("leave", "code", "err"),
    [
        ("sys.exit()", 0, ""),
        ("sys.exit(0)", 0, ""),
        ("sys.exit(3)", 3, ""),
        ("sys.exit(True)", 1, ""),
        ("sys.exit(-1)", 255, ""),
        ("sys.exit(256)", 0, ""),
        ("sys.exit('no such zone')", 1, "no such zone\n"),
        ("raise SystemExit(('a',))", 1, "('a',)\n"),
    ],
)
def test_exit_codes_are_those_of_python(run: Any, leave: str, code: int, err: str) -> None:
    assert run(f"import sys\n{leave}\n") == (code, "", err)


@pytest.mark.parametrize(
    ("leave", "code", "err"),
    [
        ("exit()", 0, ""),
        ("quit()", 0, ""),
        ("exit(2)", 2, ""),
        ("quit(2)", 2, ""),
        ("exit('no such zone')", 1, "no such zone\n"),
    ],
)
def test_exit_and_quit_are_there_as_in_plain_python(
    tmp_path: Path, leave: str, code: int, err: str
) -> None:
    """In a process without `site`, as in the sandbox, which alone has no such names."""
    (tmp_path / "fares.py").write_text(f"print('ran')\n{leave}\nprint('never')\n")
    start = (
        f"import sys; sys.path.insert(0, {str(Path(program.__file__).parents[3])!r})\n"
        "assert not hasattr(__builtins__, 'exit')\n"
        "from grader.bridge.candidate import program\n"
        f"where = {{'argv': ['fares.py'], 'folder': {str(tmp_path)!r}, 'environ': {{}}}}\n"
        "program.main(where, [0, 1, 2])"
    )
    command = [sys.executable, "-S", "-c", start]
    done = subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, text=True)
    assert (done.returncode, done.stdout, done.stderr) == (code, "ran\n", err)


def test_a_traceback_shows_the_learners_lines_alone(run: Any) -> None:
    code, _, err = run("def price():\n    raise ValueError('zone')\n\nprice()\n")
    assert code == 1
    assert err.startswith("Traceback (most recent call last):\n")
    assert err.endswith("ValueError: zone\n")
    assert 'fares.py", line 4, in <module>' in err
    assert "runpy" not in err
    assert "program.py" not in err


def test_a_syntax_error_is_shown(run: Any) -> None:
    code, _, err = run("price = (\n")
    assert code == 1
    assert "SyntaxError" in err


def test_a_program_that_is_not_there(run: Any) -> None:
    code = program._run(["nothing.py"])
    assert code == 1


def test_output_that_cannot_be_written_is_an_exit_code(
    run: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Full:
        def flush(self) -> None:
            raise BrokenPipeError

    monkeypatch.setattr(sys, "stdout", Full())
    assert run("")[0] == 120


ENTRY = """
import json, sys
from grader.bridge.candidate import warm
from grader.bridge.candidate.program import main
warm()
main(json.loads(sys.argv[1]), [0, 1, 2])
"""


def test_the_entry_point_sets_up_streams_folder_and_environment(tmp_path: Path) -> None:
    source = (
        "import os, sys\n"
        "import rates\n"
        "print(input(), os.environ['CITY'], os.getcwd() == sys.path[0], rates.FULL)\n"
        "print('£ \\ud800', file=sys.stderr)\n"
        "sys.exit(4)\n"
    )
    (tmp_path / "fares.py").write_text(source)
    (tmp_path / "rates.py").write_text("FULL = 240\n")
    arguments = {
        "argv": ["fares.py"],
        "folder": str(tmp_path),
        "environ": {"CITY": "Leeds"},
    }
    done = subprocess.run(
        [sys.executable, "-c", ENTRY, json.dumps(arguments)],
        input="hello £\n".encode(),
        capture_output=True,
        timeout=20,
        check=False,
    )
    assert done.returncode == 4, done.stderr
    assert done.stdout.decode() == "hello £ Leeds True 240\n"
    assert done.stderr.decode() == "£ \\ud800\n"
    assert not (tmp_path / "__pycache__").exists()
