"""Reading test files without running them."""

from __future__ import annotations

import textwrap

import pytest

from grader.bridge.reading_tests import Reading, read_tests

pytestmark = pytest.mark.interpreter


def read(text: str, **more: str) -> Reading:
    files = {"test_it.py": text, **{f"{name}.py": other for name, other in more.items()}}
    data = {name: textwrap.dedent(source).encode() for name, source in files.items()}
    return read_tests(data, ("test_it.py",), ("fares.py",))


def strength(body: str, before: str = "", **more: str) -> str:
    text = textwrap.dedent(before) + "def test_it(x):\n" + textwrap.indent(body, "    ")
    return read(text, **more).tests[-1].strength


def test_tests_are_found_as_pytest_finds_them() -> None:
    text = """\
        import pytest, unittest
        def test_one(): pass
        async def test_two(): pass
        def helper(): pass
        @pytest.fixture
        def test_data(): pass
        class TestA:
            def test_in(self): pass
            def other(self): pass
            class TestB:
                def test_deeper(self): pass
        class TestC(TestA):
            def test_more(self): pass
        class TestNot:
            def __init__(self): pass
            def test_no(self): pass
        class TestOff:
            __test__ = False
            def test_no(self): pass
        class Base(unittest.TestCase):
            def test_base(self): pass
        class Doors(Base):
            def testOpen(self): pass
        if True:
            def test_maybe(): pass
        TestMachine = make().TestCase
        TEST_VALUE = 3
    """
    found = {test.id.removeprefix("test_it.py::"): test.certain for test in read(text).tests}
    assert found == {
        "test_one": True,
        "test_two": True,
        "TestA::test_in": True,
        "TestA::TestB::test_deeper": True,
        "TestC::test_more": True,
        "TestC::test_in": True,
        "Base::test_base": True,
        "Doors::testOpen": True,
        "Doors::test_base": True,
        "test_maybe": False,
        "TestMachine": False,
    }


def test_a_class_that_is_its_own_base_ends() -> None:
    text = "class TestA(TestB):\n def test_a(self): pass\nclass TestB(TestA): pass\n"
    ids = [test.id for test in read(text).tests]
    assert ids == ["test_it.py::TestA::test_a", "test_it.py::TestB::test_a"]


def test_a_test_written_twice_is_told() -> None:
    reading = read("def test_a(): pass\ndef test_a():\n    assert x\n")
    assert [(one.what, one.line) for one in reading.twice] == [("test_a", 2)]
    assert [(test.line, test.strength) for test in reading.tests] == [(2, "checks")]


@pytest.mark.parametrize(
    "body",
    [
        "assert x == 1",
        "assert x",
        "assert f(1) == f(1)",
        "assert not x",
        "assert x and True",
        "assert (x)",
        "assert f'{x}' == 'a'",
        "assert False, 'never here'",
        "with pytest.raises(ValueError):\n    f(x)",
        "with raises(ValueError):\n    f(x)",
        "with pytest.warns(UserWarning):\n    f(x)",
        "pytest.fail('no')",
        "self.assertEqual(x, 1)",
        "mock.assert_called_once()",
        "if x != 1:\n    raise AssertionError",
        "try:\n    f(x)\nexcept ValueError:\n    pass\nelse:\n    assert x",
        "try:\n    assert x\nexcept ValueError:\n    pass",
        "try:\n    assert x\nexcept AssertionError:\n    raise",
        "try:\n    assert x\nfinally:\n    pass",
        "for one in x:\n    assert one",
    ],
)
def test_what_checks_something(body: str) -> None:
    assert strength(body) == "checks"


@pytest.mark.parametrize(
    "body",
    [
        "assert True",
        "assert (x == 1, 'message')",
        "assert [x == 1]",
        "assert {'a': x}",
        "assert x == 1 or True",
        "assert 1 == 1",
        "assert 1 < 2 <= 3",
        "assert x == x",
        "assert x.a is x.a",
        "assert not False",
        "assert 'text'",
        "assert lambda: x",
        "assert True and 1",
        "try:\n    assert x\nexcept:\n    pass",
        "try:\n    assert x\nexcept (ValueError, AssertionError):\n    print(x)",
        "try:\n    for one in x:\n        assert one\nexcept Exception:\n    pass",
        "with contextlib.suppress(BaseException):\n    assert x",
    ],
)
def test_what_only_looks_like_a_check(body: str) -> None:
    assert strength(body) == "always-true"


@pytest.mark.parametrize("body", ["pass", "f(x)", "print(x == 1)", "x == 1", "return x == 1"])
def test_what_checks_nothing(body: str) -> None:
    assert strength(body) == "nothing"


def test_helpers_that_assert_count_wherever_they_are() -> None:
    inner = "def inner(x):\n    assert x\ndef outer(x):\n    inner(x)\n"
    assert strength("outer(x)", inner) == "checks"
    assert strength("checking.outer(x)", checking=inner) == "checks"
    fixture = "import pytest\n@pytest.fixture\ndef x():\n    yield\n    assert done\n"
    assert strength("pass", fixture) == "checks"
    assert strength("outer(x)", "def outer(x):\n    outer(x)\n") == "nothing"


def test_calling_a_program_that_can_raise_is_no_check() -> None:
    assert strength("price(x)", fares="def price(x):\n    raise ValueError\n") == "nothing"


def test_what_reaches_into_the_runner_is_remarked() -> None:
    text = """\
        import _pytest.runner, gc
        from coverage import Coverage
        pytest_plugins = ["x"]
        def pytest_runtest_call(): pass
        def test_a(request):
            request.config.pluginmanager.register(3)
            exec(compile("", "fares.py", "exec"))
            __import__("_pytest")
    """
    found = {
        (one.line, one.what) for one in read(text, fares="import sys\nsys.settrace(1)").remarks
    }
    assert found == {
        (1, "_pytest"),
        (1, "gc"),
        (2, "coverage"),
        (2, "settrace"),
        (3, "pytest_plugins"),
        (4, "pytest_runtest_call"),
        (6, "pluginmanager"),
        (7, "compile()"),
        (7, "exec()"),
        (8, "_pytest"),
    }


def test_plain_tests_give_no_remark() -> None:
    text = "import re\nfrom fares import price\ndef test_a():\n    assert re.compile('a')\n"
    assert read(text).remarks == ()


def test_a_file_that_is_no_python_is_told_by_its_line() -> None:
    reading = read("x = 1\ndef test_a(:\n", other="def (")
    assert reading.unreadable == {"test_it.py": 2}
    assert reading.tests == ()


def test_clauses_are_those_that_the_docstring_names() -> None:
    text = '''\
        def test_one():
            """Clauses 2.1, 2.2 and 3.4: half of 1.10 is .55."""
        def test_two():
            """Costs 2.50."""
        def test_three():
            """See clause 1.1."""
    '''
    found = read(text)
    assert [one.clauses for one in found.tests] == [("2.1", "2.2", "3.4"), (), ("1.1",)]
    assert found.lines == {"test_it.py": 6}
