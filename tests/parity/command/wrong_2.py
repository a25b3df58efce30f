import argparse
import os
import sys
from pathlib import Path


def build():
    parser = argparse.ArgumentParser(prog="tally", description="Count words.")
    parser.add_argument("file", nargs="?")
    parser.add_argument("--min", type=int, default=1, metavar="N")
    parser.add_argument("--out")
    return parser


def count(text):
    found = {}
    for word in text.split():
        found[word] = found.get(word, 0) + 1
    return found


def main(argv=None):
    options = build().parse_args(argv)
    try:
        text = Path(options.file).read_text() if options.file else sys.stdin.read()
    except FileNotFoundError:
        print(f"tally: {options.file}: not found")
        return 2
    lines = [f"{w} {n}" for w, n in sorted(count(text).items()) if n >= options.min]
    if os.environ.get("TALLY_UPPER"):
        lines = [line.upper() for line in lines]
    if options.out:
        Path(options.out).write_text("\n".join(lines))
    else:
        print(*lines, sep="\n")
    if not lines:
        print("tally: nothing to say")
    return 0


if __name__ == "__main__":
    sys.exit(main())
