"""Sources in every encoding that is not UTF-8; the program itself is one of them."""

from pathlib import Path

FILES = {
    "solution.py": "name = 'Müller'\n".encode("latin-1"),
    "test_solution.py": b"x = '" + b"a" * (50 << 20) + b"'\n",
    "utf16.py": "x = 1\n".encode("utf-16"),
    "bom.py": b"\xef\xbb\xbfx = 1\n",
    "nul.py": b"x = 1\n\0\nprint('after nul')\n",
    "cr.py": b"# comment\rprint('hidden after CR')\rx = 1\r",
    "ff.py": b"\x0cx = 1\x0c\n\x1a\n",
    "surr.py": b"x = '\xed\xa0\x80'\n",
    "cookie_bad.py": b"# coding: no-such-codec\nx=1\n",
    "cookie_two.py": b"# coding: utf-8\n# coding: latin-1\nx=1\n",
    "empty.py": b"",
}


def make(folder: Path) -> None:
    for name, data in FILES.items():
        (folder / name).write_bytes(data)
