from hypothesis import given
from hypothesis import strategies as st
from network import STOPS
from zones import UnknownStopError, fare

CODES = st.sampled_from(sorted(STOPS))


class TestPrices:
    def test_longest_trip_is_cut(self):
        assert fare("AP", "CE") == fare("AP", "ML") == 425

    def test_edge(self):
        prices = [fare(stop, "HO") for stop in ("CE", "ML", "ST", "PA", "WD")]
        assert prices == [245, 185, 185, 245, 305]

    @given(a=CODES, b=CODES)
    def test_there_and_back(self, a, b):
        assert fare(a, b) == fare(b, a)

    @given(a=CODES, b=CODES)
    def test_concession_never_pays_more_than_half(self, a, b):
        assert 0 <= fare(a, b) - 2 * fare(a, b, concession=True) <= 1


class TestErrors:
    def test_field(self):
        for code in ("MLX", "ml", ""):
            try:
                fare("CE", code)
            except UnknownStopError as error:
                assert error.stop == code
            else:
                raise AssertionError(code)
