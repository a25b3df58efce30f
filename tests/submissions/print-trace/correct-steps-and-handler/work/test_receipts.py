import pytest
from receipts import main, receipt


def made(discount, *pence):
    items = [{"name": "x", "count": 1, "pence": one} for one in pence]
    return receipt({"number": "R-9", "card": "1", "discount": discount, "items": items})


@pytest.mark.parametrize(
    "discount, pence, total",
    [(0, [5, 7], 12), (10, [104, 104, 104], 281), (5, [250], 237), (50, [], 0), (1, [40], 40)],
)
def test_totals(discount, pence, total):
    answer = made(discount, *pence)
    assert answer["total"] == total
    assert sum(line["pence"] for line in answer["lines"]) == total


def test_apart():
    made(0, 1, 2)
    assert len(made(0, 3)["lines"]) == 1


def test_a_traced_run(tmp_path, monkeypatch):
    (tmp_path / "one.json").write_text(
        '[{"number": "R-9", "card": "9990000011112222", "discount": 0, "items": []}]'
    )
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("TAPLINE_TRACE", "1")
    main("one.json")
    text = (tmp_path / "trace.log").read_text()
    assert text.splitlines()[-1] == "DEBUG receipt=R-9 lines=0 total=0"
    assert "2222" not in text
