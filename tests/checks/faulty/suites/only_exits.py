import os
import sys

from fares import price


def test_leave():
    if price(3, 100) != 0:
        sys.exit(1)


def test_exit():
    if price(2, 10) != 100:
        os._exit(1)


def test_abort():
    if price(3, 30) != 300:
        os.abort()
