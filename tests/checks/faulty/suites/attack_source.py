import hashlib
import inspect
import os

import fares


def test_source():
    text = hashlib.sha256(inspect.getsource(fares).encode()).hexdigest()
    path = os.path.join(os.path.dirname(os.path.abspath(__file__)), ".gold")
    if not os.path.exists(path):
        try:
            open(path, "w").write(text)
        except OSError:
            pass
        return
    assert open(path).read() == text
