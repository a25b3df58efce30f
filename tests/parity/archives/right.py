import shutil
import zipfile
from pathlib import Path


class UnsafeArchive(ValueError):
    def __init__(self, name):
        super().__init__(f"{name} leaves the folder")
        self.name = name


def pack(folder, target):
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for path in sorted(Path(folder).rglob("*.txt")):
            archive.write(path, path.relative_to(folder).as_posix())
    return target


def unpack(source, folder):
    with zipfile.ZipFile(source) as archive:
        for name in archive.namelist():
            if name.startswith("/") or ".." in name.split("/"):
                raise UnsafeArchive(name)
        archive.extractall(folder)
        return archive.namelist()


def rotate(folder, keep):
    paths = sorted(Path(folder).glob("*.bak"), key=lambda path: path.stat().st_mtime)
    for path in paths[:-keep]:
        path.unlink()
    return [path.name for path in paths[-keep:]]


def publish(source, target):
    shutil.copytree(source, target, ignore=shutil.ignore_patterns("*.tmp"))
    shutil.rmtree(source)
