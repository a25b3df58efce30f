from pathlib import Path


def make(folder: Path) -> None:
    for name in ("hidden/test_qz7.py", "exercise.toml", "feedback.toml", "faulty/a.py", "examples/test_examples.py"):
        path = folder / name
        path.parent.mkdir(exist_ok=True)
        path.write_text("def test_ok(): pass\n")
