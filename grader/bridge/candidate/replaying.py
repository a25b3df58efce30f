"""Replays a list of `pdb` commands on a given program, as `python -m pdb` would, and notes it all.

The commands were checked before they came here: they set breakpoints, step and look at values.
What is noted is the same under each version of Python: newer ones run commands of their own
beside those of the script, which are run and not noted.
"""

from __future__ import annotations

import builtins
import importlib
import io
import os
import pdb
import sys
from pathlib import Path
from types import CodeType, FrameType
from typing import IO, Any, cast

from .answering import Refused, answer

MOST_STOPS = 60
MOST_OUTPUT = 4_000  # characters of one command's
MOST_COMMANDS = 400


def main(arguments: Any, fds: list[int]) -> None:
    """Entry point. `arguments`: `program`, `argv`, `commands` (line number and text), `seal`."""
    nothing = os.open(os.devnull, os.O_RDWR)
    for target in (0, 1, 2):
        os.dup2(nothing, target)
    seal = arguments.get("seal")
    if seal:
        module, _, name = seal.partition(":")
        getattr(importlib.import_module(module), name)()
    sys.dont_write_bytecode = True
    answer(lambda: _replay(arguments), fds[0])


def _replay(arguments: Any) -> dict[str, Any]:
    folder = str(Path.cwd())
    program = str(Path(folder, arguments["program"]))
    sys.path.insert(0, str(Path(program).parent))
    sys.argv[:] = [program, *arguments["argv"]]
    try:
        code = compile(Path(program).read_bytes(), program, "exec")
    except (OSError, SyntaxError, ValueError) as error:
        raise Refused("could not be replayed: the given program can't be run") from error
    replay = _Replay(arguments["commands"], folder)
    return {"ended": replay.go(program, code), "stops": replay.stops, "commands": replay.done}


class _Commands:
    """The script as the debugger's input; remembers the line that was read and not yet run."""

    def __init__(self, commands: list[Any]) -> None:
        self._left = list(commands)
        self._read: tuple[int, str] | None = None

    def readline(self) -> str:
        """The next command, "" at the end."""
        if not self._left:
            return ""
        number, text = self._left.pop(0)
        self._read = (number, text)
        return f"{text}\n"

    def line_of(self, text: str) -> int | None:
        """The line that this command was read from; None for one of the debugger's own."""
        if self._read is None or self._read[1] != text:
            return None
        line, self._read = self._read[0], None
        return line


class _TooManyError(BaseException):
    """The program stopped too often; not an Exception, so that it doesn't catch it."""


class _Replay(pdb.Pdb):
    def __init__(self, commands: list[Any], folder: str) -> None:
        self._input = _Commands(commands)
        self._output = io.StringIO()
        super().__init__(
            stdin=cast("IO[str]", self._input), stdout=self._output, nosigint=True, readrc=False
        )
        self.use_rawinput = False
        self._folder = f"{folder}/"
        self._quit = False
        self.stops: list[dict[str, Any]] = []
        self.done: list[dict[str, Any]] = []

    def go(self, program: str, code: CodeType) -> str:
        """Run the program under the debugger; how that ended."""
        import __main__

        space = __main__.__dict__
        space.clear()
        space.update(__name__="__main__", __file__=program, __builtins__=builtins)
        try:
            self.run(code, space, space)
        except _TooManyError:
            return "too-many"
        except SystemExit:
            return "exit"
        except Exception:  # noqa: BLE001 - the given program's own
            return "error"
        return "quit" if self._quit else "finished"

    def do_quit(self, arg: str) -> bool | None:
        """The script's end."""
        self._quit = True
        return super().do_quit(arg)

    do_q = do_exit = do_quit

    def dispatch_line(self, frame: FrameType) -> Any:
        """Forget the last breakpoint first: a step that ends on another line met none."""
        self.currentbp = 0
        return super().dispatch_line(frame)

    def interaction(self, frame: FrameType | None, *rest: Any) -> None:
        """A stop: note where and why, then go on with the commands."""
        if len(self.stops) == MOST_STOPS:
            raise _TooManyError
        met = self.currentbp if frame is not None else 0
        kind = "breakpoint" if met else ("start" if not self.stops else "step")
        where = self._place(frame) if frame is not None else ["", 0, ""]
        self.stops.append({"place": where, "kind": kind, "breakpoint": int(met or 0)})
        super().interaction(frame, *rest)

    def onecmd(self, line: str) -> bool:
        """One command: note in which frame it was given and what the debugger said."""
        number = self._input.line_of(line.strip())
        if number is None:
            return bool(super().onecmd(line))
        if len(self.done) == MOST_COMMANDS:
            raise _TooManyError
        place = self._place(self.curframe) if self.curframe is not None else ["", 0, ""]
        note = {"line": number, "text": line.strip(), "stop": len(self.stops) - 1}
        self._output.seek(0)
        self._output.truncate()
        depth = len(self.stack) - 1 - self.curindex if self.stack else 0
        self.done.append({**note, "place": place, "depth": depth, "output": ""})
        mine = self.done[-1]
        try:
            return bool(super().onecmd(line))
        finally:
            said = self._output.getvalue().replace(self._folder, "")
            mine["output"] = said[:MOST_OUTPUT]

    def _place(self, frame: FrameType) -> list[Any]:
        file = frame.f_code.co_filename.removeprefix(self._folder)
        return [file, frame.f_lineno, frame.f_code.co_name]
