"""Coverage-guided fuzzing of whatever reads hostile bytes on the trusted side.

    pip install -e '.[fuzz]'
    python tests/fuzz/fuzz.py TARGET -max_total_time=300      one of the targets below
    python tests/fuzz/fuzz.py all -max_total_time=1200        that time shared among all of them

Other arguments are libFuzzer's. A finding is written to the current folder as `crash-…`; make it
a line of `seeds/TARGET.txt`, where `test_seeds.py` tries it in every run of the tests.
"""

from __future__ import annotations

import ast
import subprocess
import sys
import tempfile
from pathlib import Path

SEEDS = Path(__file__).parent / "seeds"


def seeds(target: str) -> list[bytes]:
    """The inputs that fuzzing starts from: one bytes literal a line, `#` begins a comment."""
    lines = (SEEDS / f"{target}.txt").read_text("ascii").splitlines()
    return [ast.literal_eval(line) for line in lines if line and not line.startswith("#")]


def main(target: str, arguments: list[str]) -> None:
    import atheris

    with atheris.instrument_imports(
        include=["grader.submission", "grader.bridge", "grader.tables", "json", "tomllib"]
    ):
        import targets
    chosen = targets.TARGETS[target]
    with tempfile.TemporaryDirectory() as corpus:
        for number, data in enumerate(seeds(target)):
            (Path(corpus) / f"seed{number}").write_bytes(data)
        atheris.Setup([sys.argv[0], corpus, f"-max_len={chosen.longest}", *arguments], chosen.run)
        atheris.Fuzz()


def everything(arguments: list[str]) -> int:
    """All targets one after the other, each for its share of the time."""
    names = sorted(path.stem for path in SEEDS.glob("*.txt"))
    seconds = [one for one in arguments if one.startswith("-max_total_time=")]
    share = int((seconds or ["=600"])[0].partition("=")[2]) // len(names)
    rest = [one for one in arguments if one not in seconds]
    codes = [
        subprocess.run(
            [sys.executable, __file__, name, *rest, f"-max_total_time={share}"], check=False
        ).returncode
        for name in names
    ]
    return max(codes)


if __name__ == "__main__":
    if len(sys.argv) < 2:
        sys.exit(__doc__)
    sys.path.insert(0, str(Path(__file__).parent))
    if sys.argv[1] == "all":
        sys.exit(everything(sys.argv[2:]))
    main(sys.argv[1], sys.argv[2:])
