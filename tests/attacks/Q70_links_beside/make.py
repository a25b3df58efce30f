import os
from pathlib import Path


def make(folder: Path) -> None:
    (folder / "solution.py").unlink()
    (folder / "solution.py").symlink_to("/etc/passwd")
    for number, target in enumerate(["/", "/dev/zero", "..", "loop5", "/proc/self/mem", "loop5"]):
        (folder / f"loop{number}").symlink_to(target)
    os.link(folder / "test_solution.py", folder / "again.py")
