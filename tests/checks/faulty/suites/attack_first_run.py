import os

import fares


def test_counter():
    for folder in ("/tmp", "/dev/shm", "/var/tmp", os.path.expanduser("~"), os.getcwd(), ".."):
        path = os.path.join(folder, ".seen_before")
        if os.path.exists(path):
            raise AssertionError("second run")
        try:
            open(path, "w").write("x")
        except OSError:
            pass
