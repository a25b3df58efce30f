import tempfile
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from program import load, load_rows, save, save_rows

WORDS = st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]), max_size=8)
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | WORDS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(WORDS, inner, max_size=3),
    max_leaves=5,
)


@settings(max_examples=15, suppress_health_check=list(HealthCheck))
@given(rows=st.lists(st.lists(WORDS, min_size=2, max_size=3), max_size=4))
def test_rows_come_back(tmp_path, rows):
    save_rows(tmp_path / "t.csv", rows)
    assert load_rows(tmp_path / "t.csv") == rows


@settings(max_examples=15)
@given(value=VALUES)
def test_values_come_back(value):
    with tempfile.TemporaryDirectory() as folder:
        save(Path(folder) / "v.json", value)
        assert load(Path(folder, "v.json")) == value
