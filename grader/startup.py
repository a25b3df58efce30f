"""Puts a process of ours in order before it imports anything.

Theory of operation. The folder in which `grade` is called may be a learner's, and the shell that
calls it may have odd settings. So the first thing that runs takes the current folder off the
path of imports. Until then nothing is imported but `sys` and `os`, which Python itself has loaded
by then; so this module, `grader`, `grader.cli` and `grader.__main__` import nothing else at the
top, not even `__future__`. Then: no `-O`, by which assertions of hidden suites would not count;
descriptors 0 to 2 open, so that no pipe or file of ours becomes one of them; signals as a fresh
process has them, so that ends of processes are heard of; a width of the terminal that makes sense.
Processes that we start get what they need to be safe in the same way: see `safe_workers`.
"""

# ruff: noqa: PTH100, PTH109, PTH117, PTH120, PTH121 - pathlib is not loaded yet

import os
import sys

_WIDTHS = range(20, 1001)  # columns that a report can be laid out in


def put_in_order() -> None:
    """Do all of it; may start this process again, by the same number."""
    try:
        os.getcwd()
    except OSError:
        sys.stderr.write("The current folder is gone. Change to another, then run this again.\n")
        sys.exit(2)
    if not os.access(".", os.X_OK):  # no path in it can be used, and no worker could start there
        os.chdir("/")
    safe_path()
    _start_again_if_needed()
    _open_descriptors()
    _reset_signals()
    _mend_terminal()


def safe_path() -> None:
    """Take the current folder off the path of imports, here and for what is started from here."""
    home = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
    kept = [entry for entry in sys.path if _is_safe(entry)]
    if home in sys.path and home not in kept:
        kept.append(home)  # started in the folder that holds the grader: whatever else is first
    sys.path[:] = kept
    parts = os.environ.get("PYTHONPATH")
    if parts is not None:
        left = [part for part in parts.split(os.pathsep) if _is_safe(part) or part == home]
        os.environ["PYTHONPATH"] = os.pathsep.join(left)
        if not left:
            del os.environ["PYTHONPATH"]


def safe_workers() -> None:
    """Let no Python that is started from here have its current folder on the path of imports."""
    safe_path()
    os.environ["PYTHONSAFEPATH"] = "1"


def _is_safe(entry: str) -> bool:
    """Whether an entry of the path is a place of its own, and not wherever we happen to be."""
    if not os.path.isabs(entry):
        return False
    try:
        return not os.path.samefile(entry, ".")
    except OSError:
        return True


def _start_again_if_needed() -> None:
    """Start again where Python was started in a way that can't be mended from inside."""
    flags = sys.flags
    # Workers get options and not variables from a Python that was told to ignore variables.
    deaf = flags.ignore_environment and not flags.safe_path
    if not flags.optimize and not deaf:
        return
    if not sys.executable:
        sys.stderr.write("Python runs with -O, by which tests are left out. Start it without.\n")
        sys.exit(2)
    os.environ.pop("PYTHONOPTIMIZE", None)
    options = ["-P"]
    options += ["-E"] if flags.ignore_environment else []
    options += ["-s"] if flags.no_user_site else []
    os.execv(sys.executable, [sys.executable, *options, "-m", "grader", *sys.argv[1:]])


def _open_descriptors() -> None:
    """Open those of 0 to 2 that are closed on /dev/null."""
    for number, name, mode in ((0, "stdin", "r"), (1, "stdout", "w"), (2, "stderr", "w")):
        try:
            os.fstat(number)
        except OSError:
            opened = os.open(os.devnull, os.O_RDWR)  # the lowest number that is free
            os.set_inheritable(opened, True)
        if getattr(sys, name) is None:
            stream = open(number, mode, encoding="utf-8", closefd=False)  # noqa: SIM115
            setattr(sys, name, stream)
            setattr(sys, f"__{name}__", stream)


def _reset_signals() -> None:
    """Forget what our parent ignored or blocked, except what it means for jobs in background."""
    import signal

    if os.name != "posix":
        return
    signal.pthread_sigmask(signal.SIG_SETMASK, ())
    background = {signal.SIGHUP, signal.SIGINT, signal.SIGQUIT}
    terminal = {signal.SIGTSTP, signal.SIGTTIN, signal.SIGTTOU}
    python = {
        signal.SIGPIPE,
        getattr(signal, "SIGXFSZ", signal.SIGPIPE),
    }  # ignored by Python itself
    for one in signal.valid_signals() - background - terminal - python:
        if signal.getsignal(one) == signal.SIG_IGN:
            signal.signal(one, signal.SIG_DFL)

    def end(number: int, _frame: object) -> None:
        signal.signal(number, signal.SIG_IGN)  # putting things back is not broken off
        raise SystemExit(128 + number)

    # Asked to end, or the window is closed: what has to be put back is put back.
    for one in (signal.SIGTERM, signal.SIGHUP):
        if signal.getsignal(one) == signal.SIG_DFL:
            signal.signal(one, end)


def _mend_terminal() -> None:
    """Let no width stand that nothing can be laid out in; ask a plain terminal for its own."""
    for name in ("COLUMNS", "LINES"):
        text = os.environ.get(name)
        least = _WIDTHS if name == "COLUMNS" else range(1, 10_000)
        if text is not None and not (text.isascii() and text.isdigit() and int(text[:9]) in least):
            del os.environ[name]
    if os.environ.get("TERM", "").lower() in ("dumb", "unknown"):
        try:
            size = os.get_terminal_size(1)
        except OSError:
            return
        if size.columns in _WIDTHS:
            # What lays out reports takes a plain terminal to have 80 columns unless told.
            os.environ.setdefault("COLUMNS", str(size.columns))
            os.environ.setdefault("LINES", str(size.lines or 24))
