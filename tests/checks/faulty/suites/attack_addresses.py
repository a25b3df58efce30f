import os

import fares


def test_address():
    assert id(fares) > 0 and hash(fares.price) is not None
    assert os.cpu_count() >= 1 and len(os.sched_getaffinity(0)) >= 1
    assert os.stat(fares.__file__).st_ino == os.stat(fares.__file__).st_ino
