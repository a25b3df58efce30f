from zones import UnknownStopError, fare


def test_fare():
    fare("CE", "AP")
    fare("WD", "QU")
    fare("ML", "ST", concession=True)


def test_error():
    try:
        fare("CE", "ZZ")
    except UnknownStopError:
        pass
