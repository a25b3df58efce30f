import os

import fares


def test_size():
    assert os.path.getsize(fares.__file__) % 256 == 0
    assert len({os.path.getsize(fares.__file__), 512}) == 1
