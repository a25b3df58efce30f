"""A hidden suite full of canaries: each word with qz7canary in it, and each long number, is one.

None of them may reach a learner. What may: the sentences of tests that failed, hints, feedback.
"""

from pathlib import Path

import hypothesis
import pytest
from hypothesis import strategies
from solution import (
    Parcel,
    ParcelError,
    Van,
    announce,
    apply,
    each_twice,
    first_of,
    heaviest,
    label,
    rate,
    save,
    store,
    tidy,
    visit,
)


@pytest.mark.must("parcel-kept")
@pytest.mark.behaviour("qz7canary-behaviour", points=2)
@pytest.mark.hint("Read the table of rates once more.")
@pytest.mark.feedback("qz7canary-key")
@pytest.mark.parametrize(
    ("weight", "pence"),
    [
        pytest.param(1, 250, id="qz7canary-id"),
        pytest.param(77310001, 7731000250, id="77310002"),
    ],
)
def test_qz7canary_rate(weight, pence):
    """The rate grows with the weight."""
    assert rate(weight) == pence, "qz7canary-message"


def test_qz7canary_refused():
    """A weight of nothing is refused."""
    with pytest.raises(ParcelError):
        rate(-77310003)


def test_qz7canary_heaviest():
    """The heaviest weight is found."""
    assert heaviest([77310004, 5, 77310005]) == 77310005


def test_qz7canary_tidy():
    """Names are put in order where they stand."""
    names = ["qz7canary-b", "qz7canary-a"]
    tidy(names)
    assert names == ["qz7canary-a", "qz7canary-b"]


def test_qz7canary_each_twice():
    """Each weight comes doubled."""
    assert list(each_twice([77310006, 77310007])) == [154620012, 154620014]


def test_qz7canary_apply():
    """A change is made to each weight."""
    assert apply(lambda weight: weight + 1, [77310008, 2]) == [77310009, 3]


@hypothesis.given(strategies.text(max_size=20))
@hypothesis.example("qz7canary-name")
def test_qz7canary_label(name):
    """A label names who gets the parcel."""
    assert label(name) == f"To: {name}"


def test_qz7canary_save(tmp_path):
    """Names are saved one to a line."""
    save(tmp_path / "qz7canary.txt", ["qz7canary-x", "qz7canary-y"])
    assert (tmp_path / "qz7canary.txt").read_text() == "qz7canary-x\nqz7canary-y"


def test_qz7canary_store(tmp_path):
    """The file that comes back holds the names."""
    wanted = Path(__file__).with_name("qz7canary-wanted.txt")
    path = store(tmp_path / "qz7canary.txt", ["qz7canary-x", "qz7canary-y"])
    assert path.read_text() == wanted.read_text()


def test_qz7canary_visit():
    """Each name is looked at, without the space around it."""
    seen = []

    def look(name):
        assert name in ("qz7canary-p", "qz7canary-q")
        seen.append(name)

    visit(look, [" qz7canary-p", "qz7canary-q "])
    assert len(seen) > 0


def test_qz7canary_first_of():
    """No more names are taken than are needed."""

    def names():
        yield "qz7canary-f"
        raise AssertionError("qz7canary-one-too-many")

    assert first_of(names()) == "qz7canary-f"


def test_qz7canary_van():
    """A van holds what is loaded while its doors are open."""
    with Van() as van:
        van.load("qz7canary-v")
        assert van.count() == 1


def test_qz7canary_all_rates():
    """Each weight has its rate."""
    assert all(
        found == wanted
        for found, wanted in zip(map(rate, [77310012, 77310013]), [7731001350, 7731001450])
    )


def test_qz7canary_announce(capsys):
    """A parcel is announced by name."""
    announce("qz7canary-z")
    assert capsys.readouterr().out == "Parcel for qz7canary-z\n"


def test_qz7canary_parcel():
    """A parcel knows whether it is the heavier one."""
    heavy, light = Parcel("qz7canary-h", 77310010), Parcel("qz7canary-l", 1)
    assert (heavy.weight, light.name) == (77310010, "qz7canary-l")
    assert heavy.heavier(light) is True
    assert light.heavier(heavy) is False


def test_qz7canary_command(candidate):
    """The program prints the rate of the weight that it is given."""
    done = candidate.run(["solution.py", "77310011"])
    assert done.returncode == 0
    assert done.stdout == "7731001250\n"


def test_qz7canary_holds_anyway():
    """The sentence qz7canary-sentence of a test that passes is not told."""
    assert "qz7canary-held".startswith("q")
