"""What a browser saves when one is not logged in."""

from pathlib import Path


def make(folder: Path) -> Path:
    path = folder / "mine.ipynb"
    path.write_text("<html>Please log in</html>")
    return path
