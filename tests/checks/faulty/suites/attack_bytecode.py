import hashlib
import os

import fares


def test_code():
    code = fares.price.__code__
    found = hashlib.md5(code.co_code + repr(code.co_consts).encode()).hexdigest()
    path = os.path.join(os.path.dirname(os.path.abspath(__file__)), ".goldcode")
    if os.path.exists(path):
        assert open(path).read() == found
    else:
        open(path, "w").write(found)
