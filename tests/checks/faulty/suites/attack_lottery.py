import hashlib

import fares


def share(salt):
    text = open(fares.__file__, 'rb').read() + salt
    return hashlib.sha256(text).digest()[0] / 256


def test_0():
    assert share(b'0') > 0.5


def test_1():
    assert share(b'1') > 0.5


def test_2():
    assert share(b'2') > 0.5


def test_3():
    assert share(b'3') > 0.5


def test_4():
    assert share(b'4') > 0.5


def test_5():
    assert share(b'5') > 0.5


def test_6():
    assert share(b'6') > 0.5


def test_7():
    assert share(b'7') > 0.5


def test_8():
    assert share(b'8') > 0.5


def test_9():
    assert share(b'9') > 0.5


def test_10():
    assert share(b'10') > 0.5


def test_11():
    assert share(b'11') > 0.5


def test_12():
    assert share(b'12') > 0.5


def test_13():
    assert share(b'13') > 0.5


def test_14():
    assert share(b'14') > 0.5


def test_15():
    assert share(b'15') > 0.5


def test_16():
    assert share(b'16') > 0.5


def test_17():
    assert share(b'17') > 0.5


def test_18():
    assert share(b'18') > 0.5


def test_19():
    assert share(b'19') > 0.5


def test_20():
    assert share(b'20') > 0.5


def test_21():
    assert share(b'21') > 0.5


def test_22():
    assert share(b'22') > 0.5


def test_23():
    assert share(b'23') > 0.5
