"""The occupational standard ST0128 as data: its KSBs, its duties and what is odd in its text."""

from __future__ import annotations

import functools
from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

import msgspec

__all__ = ["Duty", "Ksb", "Oddity", "Standard", "code_order", "standard"]

KINDS = {"K": "knowledge", "S": "skill", "B": "behaviour"}
ORDER = "KSBD"


class Ksb(msgspec.Struct, frozen=True, kw_only=True):
    """One statement of the standard; `kind` is "knowledge", "skill" or "behaviour".

    `text` is verbatim, slips included; `notes` say what is odd about it.
    """

    code: str
    text: str
    kind: str
    notes: tuple[str, ...] = ()


class Duty(msgspec.Struct, frozen=True, kw_only=True):
    """One duty, verbatim, with the codes of the KSBs that the standard lists for it."""

    code: str
    text: str
    ksbs: tuple[str, ...]
    notes: tuple[str, ...] = ()


class Oddity(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Something odd in the standard's text; the head of oddities.toml explains the fields."""

    codes: tuple[str, ...]
    note: str
    quote: str = ""
    names: tuple[str, ...] = ()
    lacks: tuple[str, ...] = ()


class Standard(msgspec.Struct, frozen=True, kw_only=True):
    """The whole standard. `ksbs` and `duties` are read-only and in the standard's own order."""

    reference: str
    title: str
    level: int
    version: str
    ksbs: Mapping[str, Ksb]
    duties: Mapping[str, Duty]
    oddities: tuple[Oddity, ...]

    def duties_of(self, code: str) -> tuple[Duty, ...]:
        """List the duties that name this KSB, in order; KeyError for a code that is no KSB."""
        ksb = self.ksbs[code]
        return tuple(duty for duty in self.duties.values() if ksb.code in duty.ksbs)


def code_order(code: str) -> tuple[int, int]:
    """Sort key of a code: K before S before B before D, S2 before S10. ValueError if malformed."""
    return ORDER.index(code[:1] or "?"), int(code[1:])


@functools.cache
def standard() -> Standard:
    """Read the standard, once."""
    facts = _table("standard.toml")
    oddities = tuple(
        msgspec.convert(row, Oddity) for row in _table("oddities.toml").get("oddity", [])
    )
    ksbs = {
        row["code"]: Ksb(**row, kind=KINDS[row["code"][0]], notes=_notes(row["code"], oddities))
        for row in facts["ksb"]
    }
    duties = {
        row["code"]: Duty(
            code=row["code"],
            text=row["text"],
            ksbs=tuple(row["ksbs"]),
            notes=_notes(row["code"], oddities),
        )
        for row in facts["duty"]
    }
    return Standard(
        reference=facts["reference"],
        title=facts["title"],
        level=facts["level"],
        version=facts["version"],
        ksbs=MappingProxyType(ksbs),
        duties=MappingProxyType(duties),
        oddities=oddities,
    )


def _table(name: str) -> dict[str, Any]:
    # Imported here because every command imports this package and few read the standard.
    import tomllib
    from importlib import resources

    return tomllib.loads(resources.files(__package__).joinpath(name).read_text(encoding="utf-8"))


def _notes(code: str, oddities: tuple[Oddity, ...]) -> tuple[str, ...]:
    return tuple(
        f"“{odd.quote}”: {odd.note}" if odd.quote else odd.note
        for odd in oddities
        if code in odd.codes
    )
