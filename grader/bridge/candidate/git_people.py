"""Names and addresses in a repository, replaced by pseudonyms before they leave the sandbox."""

from __future__ import annotations

import re

_IDENTITY = re.compile(r"(.*?)\s*<([^<>]*)>")
_ADDRESS = re.compile(r"[\w.+-]{1,100}@[\w.-]{1,100}")


class People:
    """`known` are invented people of the exercise, by address: they keep their names.

    Everybody else becomes "person-1", "person-2", … in the order in which they are met.
    """

    def __init__(self, known: list[str]) -> None:
        self._known = {address.casefold() for address in known}
        self._met: dict[str, str] = {}
        self._names: dict[str, str] = {}

    def told(self, identity: bytes) -> str:
        """Who it is: "Ros Fenwick <ros@…>" as it stands, or a pseudonym."""
        text = identity.decode("utf-8", "replace")
        found = _IDENTITY.match(text)
        name, address = (found[1], found[2].strip()) if found else (text, text)
        if address.casefold() in self._known:
            return f"{name} <{address}>"
        pseudonym = self._met.setdefault(address.casefold(), f"person-{len(self._met) + 1}")
        for word in (name.strip(), address):
            if len(word) > 2:
                self._names[word] = pseudonym
        return pseudonym

    def without(self, text: str) -> str:
        """A message without the names met so far, and without any address."""
        for name in sorted(self._names, key=len, reverse=True)[:200]:
            text = text.replace(name, self._names[name])
        return _ADDRESS.sub(self._address, text)

    def _address(self, found: re.Match[str]) -> str:
        kept = found[0].casefold() in self._known
        return found[0] if kept else self._met.get(found[0].casefold(), "someone")
