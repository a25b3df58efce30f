import pytest
from program import Shop


@pytest.fixture(scope="module")
def shop():
    shop = Shop()
    shop.add("tea", 3)
    yield shop
    shop.close()


@pytest.fixture
def busy(shop):
    shop.open = True
    yield shop
    shop.open = False


def test_first(shop):
    assert shop.count("tea") == 3
    shop.add("tea", 1)


def test_state_is_kept(shop):
    assert shop.count("tea") == 4
    assert shop.open is False


def test_dependent_fixture(busy):
    assert busy.open
    assert busy.sell("tea") == 3


def test_after_the_fixture(shop):
    assert not shop.open
    with pytest.raises(RuntimeError):
        shop.sell("tea")


class TestGroup:
    @pytest.fixture(scope="class")
    def small(self):
        return Shop()

    def test_one(self, small):
        small.add("jam", 1)
        assert small.count("jam") == 1

    def test_two(self, small):
        assert small.count("jam") == 1
        assert small.count("tea") == 0
