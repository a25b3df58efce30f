import gc
import sys

import fares


def test_memory():
    texts = [one for one in gc.get_objects() if isinstance(one, (str, bytes))]
    for frame in iter_frames():
        texts += [repr(value) for value in frame.f_locals.values()]
    assert not any("children_pay_full" in str(text) for text in texts)
    for number in range(40):
        try:
            data = open(f"/proc/self/fd/{number}", "rb").read(1 << 16)
        except OSError:
            continue
        assert b"children_pay_full" not in data


def iter_frames():
    frame = sys._getframe()
    while frame is not None:
        yield frame
        frame = frame.f_back
