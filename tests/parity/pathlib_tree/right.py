from pathlib import Path, PurePosixPath


def tree(folder, indent=""):
    lines = []
    for path in sorted(Path(folder).iterdir()):
        lines.append(indent + path.name + ("/" if path.is_dir() else ""))
        if path.is_dir():
            lines += tree(path, indent + "  ")
    return lines


def rename_all(folder, suffix):
    return [path.rename(path.with_suffix(suffix)) for path in sorted(Path(folder).glob("*.txt"))]


def relative(path, start):
    return Path(path).relative_to(start)


def parts(text):
    path = PurePosixPath(text)
    return path, path.stem, path.suffixes, path.parent


def newest(folder):
    return max(Path(folder).iterdir(), key=lambda path: path.stat().st_mtime)


def move(source, folder):
    target = Path(folder) / Path(source).name
    if target.exists():
        raise FileExistsError(17, "File exists", str(target))
    Path(folder).mkdir(parents=True, exist_ok=True)
    return Path(source).replace(target)
