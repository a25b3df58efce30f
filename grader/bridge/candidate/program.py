"""Runs the learner's program as a command: its own process, nothing imported before."""

from __future__ import annotations

import atexit
import gc
import io
import os
import runpy
import sys
import threading
import traceback
from typing import Any

from . import site_names


def main(arguments: Any, fds: list[int]) -> None:
    """Entry point in the sandbox.

    `fds`: stdin, stdout, stderr. `arguments`: `argv` (the first is a `.py` file in the folder, or
    `-m` and a module), `folder`, `environ`, `measured` files of an author's program.
    """
    for target, fd in enumerate(fds):
        os.dup2(fd, target)
    for fd in fds:
        if fd > 2:
            os.close(fd)
    _open_streams()
    sys.dont_write_bytecode = True
    site_names.add()
    folder = arguments["folder"]
    os.chdir(folder)
    os.environ.update(arguments["environ"])
    sys.path.insert(0, folder)
    reach = _measuring(folder, arguments.get("measured", []))
    code = _run(list(arguments["argv"]))
    _finish()
    if reach is not None:
        reach.leave()
    os._exit(_flush() or code)


def _measuring(folder: str, names: list[str]) -> Any:
    if not names:
        return None
    from .reach import Reach

    reach = Reach(folder, names)
    reach.begin()
    return reach


def _open_streams() -> None:
    """Text streams on descriptors 0 to 2, as a Python started in a UTF-8 terminal has them."""
    sys.stdin = io.TextIOWrapper(io.FileIO(0, closefd=False), "utf-8", "surrogateescape")
    out = io.BufferedWriter(io.FileIO(1, "w", closefd=False))
    sys.stdout = io.TextIOWrapper(out, "utf-8", "backslashreplace")
    err = io.BufferedWriter(io.FileIO(2, "w", closefd=False))
    sys.stderr = io.TextIOWrapper(err, "utf-8", "backslashreplace", line_buffering=True)
    streams = (("__stdin__", sys.stdin), ("__stdout__", sys.stdout), ("__stderr__", sys.stderr))
    for name, stream in streams:
        setattr(sys, name, stream)


def _run(argv: list[str]) -> int:
    try:
        if argv and argv[0] == "-m":
            sys.argv[:] = argv[1:]
            runpy.run_module(argv[1], run_name="__main__", alter_sys=True)
        else:
            sys.argv[:] = argv
            runpy.run_path(argv[0], run_name="__main__")
        code = 0
    except SystemExit as leaving:
        code = _exit_code(leaving.code)
    except BaseException:  # noqa: BLE001 - shown as Python itself would show it
        _print_traceback()
        code = 1
    return _flush() or code


def _finish() -> None:
    """What Python does at its end: wait for threads, call exit handlers, close lost files."""
    for thread in threading.enumerate():
        if thread is not threading.current_thread() and not thread.daemon:
            thread.join()
    atexit._run_exitfuncs()
    gc.collect()


def _exit_code(code: object) -> int:
    if code is None:
        return 0
    if isinstance(code, int):
        return code & 0xFF
    print(code, file=sys.stderr)
    return 1


def _print_traceback() -> None:
    kind, error, tb = sys.exc_info()
    while tb is not None and tb.tb_frame.f_code.co_filename in (__file__, runpy.__file__):
        tb = tb.tb_next
    while tb is not None and "<frozen runpy>" in tb.tb_frame.f_code.co_filename:
        tb = tb.tb_next
    traceback.print_exception(kind, error, tb)


def _flush() -> int:
    try:
        sys.stdout.flush()
        sys.stderr.flush()
    except (OSError, ValueError):
        return 120  # what Python itself exits with when it can't flush
    return 0
