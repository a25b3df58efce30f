from program import accumulator, compose, multipliers, once


def test_compose_with_functions_of_the_suite():
    assert compose(lambda x: x + 1, lambda x: x * 2)(5) == 11


def test_compose_with_built_ins():
    assert compose(len, str)(1234) == 4


def test_multipliers():
    assert [f(10) for f in multipliers(3)] == [0, 10, 20]


def test_once_calls_once():
    calls = []

    def action(name):
        calls.append(name)
        return len(calls)

    guarded = once(action)
    assert guarded("a") == 1
    assert guarded("b") == 1
    assert calls == ["a"]


def test_accumulators_do_not_share():
    one, two = accumulator(), accumulator()
    one(5)
    assert one(2) == 7
    assert two(1) == 1


def test_functions_are_callable_and_have_names():
    assert callable(accumulator)
    assert accumulator.__name__ == "accumulator"
    assert accumulator.__doc__ == "A running total."
