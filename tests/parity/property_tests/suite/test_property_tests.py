import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule
from program import ALPHABET, Kind, Queue, decode, encode, merge, mirror, to_roman


@given(st.text(alphabet=ALPHABET))
def test_decode_undoes_encode(text):
    assert decode(encode(text)) == text


@given(st.lists(st.integers()), st.lists(st.integers()))
def test_merge_sorts(left, right):
    assert merge(sorted(left), sorted(right)) == sorted(left + right)


@given(st.sampled_from(Kind))
def test_each_kind(kind):
    assert mirror(mirror(kind)) is kind


@given(st.integers(1, 50))
def test_roman(number):
    assume(number % 10)
    assert set(to_roman(number)) <= set("IVXL")
    assert "IIII" not in to_roman(number)


@given(st.dictionaries(st.text(max_size=3), st.floats(allow_nan=False)))
def test_queue_of_anything(data):
    queue = Queue()
    queue.put(data)
    assert queue.get() == data


@given(st.integers())
def test_refuses(number):
    assume(not 1 <= number <= 50)
    with pytest.raises(ValueError):
        to_roman(number)


class QueueMachine(RuleBasedStateMachine):
    def __init__(self):
        super().__init__()
        self.queue, self.model = Queue(), []

    @rule(item=st.integers())
    def put(self, item):
        self.queue.put(item)
        self.model.append(item)

    @rule()
    def get(self):
        if self.model:
            assert self.queue.get() == self.model.pop(0)

    @invariant()
    def same_length(self):
        assert len(self.queue) == len(self.model)


TestQueue = QueueMachine.TestCase
TestQueue.settings = settings(max_examples=10, stateful_step_count=10, deadline=None)
