import fares


def test_docs():
    assert fares.__doc__ is None
    assert fares.price.__doc__ is None
    assert "#" not in open(fares.__file__).read()
