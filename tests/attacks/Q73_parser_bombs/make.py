from pathlib import Path


def make(folder: Path) -> None:
    (folder / "solution.py").write_text("x = " + "(" * 190 + "1" + ")" * 190 + "\n" + "y = " + "-" * 300_000 + "1\n")
    (folder / "test_solution.py").write_text("assert " + " and ".join(["1"] * 100_000) + "\n")
