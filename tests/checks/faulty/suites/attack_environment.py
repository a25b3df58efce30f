import os
import sys
import time

import fares


def test_env():
    file = fares.__file__
    assert not any("mut" in name.lower() or "faulty" in name.lower() for name in os.environ)
    assert not any("mut" in n.lower() or "faulty" in n.lower() for n in sys.modules if "imm" not in n)
    assert "faulty" not in file.lower() and "sound" not in file.lower()
    assert time.time() - os.stat(file).st_mtime > 5
    assert not any("faulty" in text for text in (repr(sys.argv), repr(os.listdir("."))))
