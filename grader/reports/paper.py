"""Lines of text on a console: wrapped with a hanging indent, safe, and in what it can encode."""

from __future__ import annotations

from rich.console import Console
from rich.text import Text

from grader.escaping import visible
from grader.results import Outcome, Status

Piece = tuple[str, str]  # text and its style

LIMIT = 600
_PLAIN = str.maketrans(
    {"“": '"', "”": '"', "‘": "'", "’": "'", "–": "-", "—": "-", "…": "...", "·": "-", "→": "->"}
    | {"×": "x", "½": "1/2", "\u00a0": " ", "−": "-", "≤": "<=", "≥": ">="}
)
_STATUS = {
    Status.MET: ("✓", "[+]", "green"),
    Status.PARTLY: ("◐", "[~]", "yellow"),
    Status.NOT_YET: ("○", "[ ]", "yellow"),
    Status.MUST_FAILED: ("✗", "[x]", "red"),
    Status.NOT_STARTED: ("–", "[-]", "cyan"),
    Status.PENDING: ("?", "[?]", "magenta"),
    Status.BROKEN: ("!", "[!]", "red"),
}
_OUTCOME = {
    Outcome.PASSED: ("✓", "[+]", "green"),
    Outcome.FAILED: ("○", "[ ]", "yellow"),
    Outcome.SKIPPED: ("–", "[-]", "cyan"),
    Outcome.PENDING: ("?", "[?]", "magenta"),
    Outcome.BROKEN: ("!", "[!]", "red"),
}


class Paper:
    """Writes to one console. All text is made visible first; markup is never interpreted.

    A console that isn't for Unicode gets plain symbols, and escapes for what it can't encode.
    """

    def __init__(self, console: Console) -> None:
        self.console = console
        self.width = max(console.width, 20)
        self.encoding = console.encoding
        self.unicode = self.encoding.lower().replace("-", "").startswith("utf")

    @property
    def bullet(self) -> str:
        """What stands before a line of a list."""
        return "• " if self.unicode else "* "

    def safe(self, text: str, limit: int = LIMIT) -> str:
        """Return text of unknown origin as one line that this console can show."""
        shown = visible(text, limit)
        if self.unicode:
            return shown
        plain = shown.translate(_PLAIN)
        try:
            return plain.encode(self.encoding, "backslashreplace").decode(self.encoding)
        except LookupError:
            return plain.encode("ascii", "backslashreplace").decode("ascii")

    def sign(self, of: Status | Outcome) -> Piece:
        """Return the symbol of a status or an outcome, with its colour."""
        sign, plain, style = _STATUS[of] if isinstance(of, Status) else _OUTCOME[of]
        return (sign if self.unicode else plain), style

    def put(
        self, *pieces: Piece | str, indent: int = 0, label: str = "", style: str = "bold"
    ) -> None:
        """Write one paragraph, its lines indented; a label stands before the first line.

        `style` is the label's. A label that leaves too little room gets a line of its own.
        """
        text = Text()
        for piece in pieces:
            words, look = (piece, "") if isinstance(piece, str) else piece
            text.append(self.safe(words), style=look)
        head = Text(" " * indent)
        head.append(self.safe(label) if label.strip() else label, style=style)
        if label and self.width - head.cell_len < 24 and len(label.strip()) > 3:
            self.put((label.strip(), style), indent=indent)
            head = Text(" " * min(indent + 2, self.width - 12))
        room = max(self.width - head.cell_len, 12)
        for number, line in enumerate(text.wrap(self.console, room, overflow="fold") or [Text()]):
            line.rstrip()
            self._line(Text.assemble(head if number == 0 else " " * head.cell_len, line))

    def block(self, text: str, *, indent: int, style: str = "", lines: int = 400) -> None:
        """Write text of several lines as it stands, behind a bar; at most `lines` of them."""
        bar = "│ " if self.unicode else "| "
        found = text.split("\n")
        for line in found[:lines]:
            self.put((line.expandtabs(4).rstrip(), style), indent=indent, label=bar, style="dim")
        if len(found) > lines:
            self.put(f"{len(found) - lines} more lines", indent=indent, label=bar, style="dim")

    def row(self, text: str, style: str = "") -> None:
        """Write one line as it stands, its spaces kept; for columns, made by the caller to fit."""
        self._line(Text(text, style=style))

    def gap(self) -> None:
        """Write an empty line."""
        self._line(Text())

    def _line(self, text: Text) -> None:
        text.rstrip()
        self.console.print(text, soft_wrap=True)
