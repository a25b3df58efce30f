"""A cohort with two hidden suites that are broken: the tutor reads what to mend, once."""

from __future__ import annotations

import json
import shutil

import pytest

from tests.copying import ROOT, make_course


@pytest.mark.slow
def test_the_test_the_cause_and_the_cure_are_named_and_other_work_is_graded(tmp_path, grade_cohort):
    ids = ("price-a-journey", "print-trace", "first-unit")
    make_course(tmp_path, *ids, solutions=True)
    for id_ in ids:
        for who in ("heron-1", "heron-2") if id_ == ids[0] else ("heron-1",):
            shutil.copytree(
                ROOT / "solutions" / id_,
                tmp_path / "submissions" / who / id_,
                ignore=shutil.ignore_patterns("hidden", "sound", "*.toml", "*.md", "__pycache__"),
            )
    suite = tmp_path / "solutions" / ids[0] / "hidden" / "test_fares_hidden.py"
    suite.write_text(suite.read_text() + '\n\ndef test_y(zz):\n    """It does y."""\n')
    suite = tmp_path / "solutions" / ids[2] / "hidden" / "test_zones_hidden.py"
    suite.write_text(suite.read_text() + "\n\ndef (\n")
    run = grade_cohort(tmp_path, "book.db", "--json", "out.json", "--html", "pages")
    text, code = run.finish()
    told = " ".join(text.split())
    missing = "test_fares_hidden.py::test_y broke: fixture 'zz' not found."
    again = f"Mend solutions/{ids[0]}/hidden and run the same command again."
    assert code == 2
    assert told.count(missing) == 1
    assert f"{again} Not graded until then: heron-1 and heron-2." in told
    assert "broke: SyntaxError: " in told
    assert f"Mend solutions/{ids[2]} and run the same command again." in told
    index = (tmp_path / "pages" / "index.html").read_text().replace("&#x27;", "'")
    assert missing in index
    assert again in index
    first = json.loads((tmp_path / "out.json").read_text())["apprentices"][0]
    found = {one["id"]: one for one in first["exercises"]}
    assert found[ids[1]]["status"] not in ("broken", "not-started")
    notes = [note for check in found[ids[0]]["checks"] for note in check["tutor_notes"]]
    assert [missing[:-1], f"The reference does not pass there either. {again}"] == notes[:2]
    page = (tmp_path / "pages" / "apprentice" / "apprentice-heron-2.html").read_text()
    assert "not your fault" in page
    assert "What happens next" in page
    assert "test_y" not in page
