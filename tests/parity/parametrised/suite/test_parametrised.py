import pytest
import program
from program import CODES, MAX, Kind, LEVELS, label, level_of


@pytest.mark.parametrize("code", CODES)
def test_each_code(code):
    assert label(code).startswith(code)
    assert len(code) == 2


@pytest.mark.parametrize(("name", "start"), LEVELS.items())
def test_each_level(name, start):
    assert level_of(start) == name


@pytest.mark.parametrize("kind", [pytest.param(kind, id=kind.name.lower()) for kind in Kind])
def test_each_kind(kind):
    assert kind.value in ("a", "b")


@pytest.mark.parametrize("kind", Kind)
@pytest.mark.parametrize("loud", [True, False])
def test_both(kind, loud):
    text = program.say(kind, loud)
    assert text.isupper() is loud


@pytest.mark.parametrize("score", [0, 1, MAX - 1, MAX])
def test_scores(score):
    assert level_of(score) in LEVELS


@pytest.mark.parametrize("score", [-1, pytest.param(MAX + 1, id="above")])
def test_out_of_range(score):
    with pytest.raises(ValueError):
        level_of(score)


@pytest.fixture(params=sorted(CODES))
def code(request):
    return request.param


def test_with_a_fixture(code):
    assert code in CODES


@pytest.mark.skipif(MAX < 50, reason="short scale")
def test_long_scale():
    assert level_of(50)
