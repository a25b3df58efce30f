from pathlib import Path


def word_count(path):
    with open(path, encoding="utf-8") as file:
        return len(file.read().split())


def number_lines(source, target):
    lines = Path(source).read_text(encoding="utf-8").splitlines()
    numbered = [f"{i}: {line}\n" for i, line in enumerate(lines, start=1)]
    Path(target).write_text("".join(numbered), encoding="utf-8")
    return Path(target)


def append(path, line):
    with open(path, "a", encoding="utf-8") as file:
        file.write(line + "\n")


def remove_empty(folder):
    gone = []
    for path in sorted(Path(folder).rglob("*")):
        if path.is_file() and path.stat().st_size == 0:
            pass
            gone.append(path)
    return gone


def copy_bytes(source, target):
    target = Path(target)
    target.parent.mkdir(parents=True)
    target.write_bytes(Path(source).read_bytes())
