import pytest


@pytest.mark.parametrize("x", ["<script>alert(1)</script>" * 40, "\x1b[2J", "\u202e", "a\nb", "[bold]", "\ud800"])
def test_x(x):
    assert x == 1


globals()["test_" + "y" * 5000] = lambda: None
globals()["test_\n<b>"] = lambda: None
globals()["test_\u202etem"] = lambda: None
