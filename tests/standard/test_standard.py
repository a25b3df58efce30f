"""The standard's data says, word for word, what the published text says."""

from __future__ import annotations

from pathlib import Path

import pytest

from grader.standard import code_order, standard

SOURCE = Path(__file__).with_name("st0128.txt")
END = " Back to Duty"


def read_source() -> tuple[dict[str, str], dict[str, tuple[str, list[str]]]]:
    """Walk the published text line by line: KSB texts, and duties with their lists."""
    ksbs: dict[str, str] = {}
    duties: dict[str, tuple[str, list[str]]] = {}
    current = ""
    for line in SOURCE.read_text(encoding="utf-8").splitlines():
        words = line.split(" ")
        if line.endswith(END):
            code, _, text = line.removesuffix(END).partition(": ")
            assert code not in ksbs
            ksbs[code] = text
        elif words[0] == "Duty" and len(words) > 2 and words[1].isdigit():
            current = "D" + words[1]
            assert current not in duties
            duties[current] = (line.removeprefix(f"Duty {words[1]} "), [])
        elif line in ("KSBs", "Knowledge"):
            current = ""
        elif current and line.strip():
            duties[current][1].extend(words)
    return ksbs, duties


def test_every_ksb_is_the_published_text() -> None:
    published, _ = read_source()
    assert {code: ksb.text for code, ksb in standard().ksbs.items()} == published
    assert list(standard().ksbs) == list(published)
    assert all(code == ksb.code for code, ksb in standard().ksbs.items())


def test_every_duty_is_the_published_text_and_list() -> None:
    _, published = read_source()
    ours = {code: (duty.text, list(duty.ksbs)) for code, duty in standard().duties.items()}
    assert ours == published
    assert list(ours) == list(published)
    assert all(code == duty.code for code, duty in standard().duties.items())


@pytest.mark.parametrize(
    ("kind", "letter", "count"),
    [("knowledge", "K", 25), ("skill", "S", 32), ("behaviour", "B", 5)],
)
def test_counts_and_kinds(kind: str, letter: str, count: int) -> None:
    codes = [code for code, ksb in standard().ksbs.items() if ksb.kind == kind]
    assert codes == [f"{letter}{number}" for number in range(1, count + 1)]


def test_fifteen_duties_that_name_all_ksbs_and_no_others() -> None:
    facts = standard()
    assert list(facts.duties) == [f"D{number}" for number in range(1, 16)]
    assert {code for duty in facts.duties.values() for code in duty.ksbs} == set(facts.ksbs)
    assert all(len(set(duty.ksbs)) == len(duty.ksbs) for duty in facts.duties.values())


def test_duties_of() -> None:
    facts = standard()
    assert [duty.code for duty in facts.duties_of("S22")] == ["D3", "D14"]
    alone = {code for code in facts.ksbs if len(facts.duties_of(code)) == 1}
    assert len(alone) == 19
    with pytest.raises(KeyError):
        facts.duties_of("S33")
    with pytest.raises(KeyError):
        facts.duties_of("D1")


def test_what_is_said_about_the_standard() -> None:
    facts = standard()
    lines = SOURCE.read_text(encoding="utf-8").splitlines()
    assert f"Reference: {facts.reference}" in lines
    assert f"Level: {facts.level}" in lines
    assert f"Version: {facts.version}" in lines
    titles = lines[lines.index("Typical job titles include:") + 2]
    assert titles.endswith(facts.title.capitalize())


def test_oddities_are_about_codes_that_exist_and_words_that_stand_there() -> None:
    facts = standard()
    texts = {code: ksb.text for code, ksb in facts.ksbs.items()}
    texts |= {code: duty.text for code, duty in facts.duties.items()}
    assert facts.oddities
    for odd in facts.oddities:
        assert odd.codes
        assert odd.note.endswith(".")
        assert odd.quote or odd.names or odd.lacks, odd
        assert all(odd.quote in texts[code] for code in odd.codes), odd


def test_oddities_of_duty_lists_are_true() -> None:
    facts = standard()
    for odd in facts.oddities:
        for code in odd.codes if odd.names or odd.lacks else ():
            listed = set(facts.duties[code].ksbs)
            assert set(odd.names) <= listed, odd
            assert not set(odd.lacks) & listed, odd
            assert set(odd.lacks) <= set(facts.ksbs), odd


def test_notes_stand_beside_the_text_and_never_in_it() -> None:
    facts = standard()
    assert "characteristicsnamed" in facts.ksbs["K16"].text
    assert any("run together" in note for note in facts.ksbs["K16"].notes)
    assert any("S11" in note for note in facts.duties["D7"].notes)
    assert facts.ksbs["K5"].notes == ()


def test_the_standard_is_read_once_and_cannot_be_changed() -> None:
    assert standard() is standard()
    with pytest.raises(TypeError):
        standard().ksbs["K1"] = standard().ksbs["K2"]  # type: ignore[index]
    with pytest.raises(AttributeError):
        standard().ksbs["K1"].text = "corrected"  # type: ignore[misc]


def test_codes_sort_naturally() -> None:
    mixed = ["D2", "B1", "S10", "K25", "S2", "K3"]
    assert sorted(mixed, key=code_order) == ["K3", "K25", "S2", "S10", "B1", "D2"]
    for bad in ("", "X1", "S", "Sx"):
        with pytest.raises(ValueError):
            code_order(bad)


def test_the_data_file_names_its_licence() -> None:
    import grader.standard as package

    head = Path(package.__file__).with_name("standard.toml").read_text(encoding="utf-8")[:700]
    assert "Crown copyright" in head
    assert "Open Government Licence v3.0" in head
