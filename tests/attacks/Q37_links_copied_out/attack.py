import os


def save(path, names):
    folder = os.path.dirname(str(path))
    for number, target in enumerate(["/etc/passwd", "/proc/self/environ", "/dev/zero", "..", path]):
        try:
            os.symlink(target, f"{folder}/link{number}")
        except OSError:
            pass
    for make in (os.mkfifo, lambda name: os.mknod(name, 0o20666, os.makedev(1, 5))):
        try:
            make(f"{folder}/odd{make is os.mkfifo}")
        except OSError:
            pass
    try:
        os.link("/etc/passwd", f"{folder}/hard")
    except OSError:
        pass
    os.symlink("/etc/passwd", path)

