import os


def save(path, names):
    folder = os.path.dirname(os.fsencode(path))
    for name in (b"a\nb", b"\xff\xfe", b"..\\..\\x", b"\x1b[2J", b"x" * 250, b"-rf", b"~", b"a\xe2\x80\xaeb"):
        with open(os.path.join(folder, name), "w") as file:
            file.write("x")
    os.makedirs(os.path.join(folder, b"\xed\xa0\x80", b"..."), exist_ok=True)
    with open(path, "w") as file:
        file.write("\n".join(reversed(names)))

