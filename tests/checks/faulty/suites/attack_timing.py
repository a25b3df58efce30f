import time

import fares


def test_time():
    began = time.perf_counter()
    for _ in range(200):
        fares.price(1, 30)
    assert time.perf_counter() - began < 5
    assert time.process_time() < 60
