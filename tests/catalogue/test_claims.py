"""What a hidden suite's markers claim, read without running it."""

from __future__ import annotations

from grader.catalogue import Claims, claims_of


def test_facets_and_musts_are_read(tmp_path):
    (tmp_path / "test_a.py").write_text(
        "import pytest\n"
        'pytestmark = pytest.mark.ksb("S26", facet="print")\n'
        '@pytest.mark.ksb("S4", "K11", facet="csv")\n'
        '@pytest.mark.must("no-row-lost")\n'
        "def test_rows(): raise SystemExit('never run')\n"
    )
    (tmp_path / "test_b.py").write_text(
        'import pytest\n@pytest.mark.ksb("S4", facet="sqlite")\ndef test_table(): ...\n'
    )
    assert claims_of(tmp_path) == Claims(
        {"S26": ("print",), "S4": ("csv", "sqlite"), "K11": ("csv",)}, ("no-row-lost",)
    )


def test_a_broken_suite_claims_nothing(tmp_path):
    (tmp_path / "test_a.py").write_text("def (:\n")
    assert claims_of(tmp_path) == Claims()
    assert claims_of(tmp_path / "nowhere") == Claims()
